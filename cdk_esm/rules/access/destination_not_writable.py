"""The execution role must be allowed to write to the on-failure destination.

Lambda delivers what failed with that role. If it may not, the delivery fails, only the metric
DestinationDeliveryFailures shows it, and the records that failed are lost just where they should have been kept. In a
bucket Lambda writes below aws/lambda/, and it lists the bucket first.

Bad:
    >>> ids(with_permission(mapping("kinesis"), "s3:PutObject", on="destination-objects", held=False))
    ['ESM420']

Good:
    >>> owner = frozenset({"s3:resourceaccount"})
    >>> ids(with_permission(mapping("kinesis"), "s3:PutObject", on="destination-objects", held=True, conditions=owner))
    []

Template:
      Resources:
        FailedOrders:
          Type: AWS::S3::Bucket
        OrdersRole:
          Type: AWS::IAM::Role
          Properties:
            Policies:
              - PolicyName: orders
                PolicyDocument:
                  Statement:
                    - Effect: Allow
                      Action:
                        - kinesis:DescribeStream
                        - kinesis:DescribeStreamSummary
                        - kinesis:GetRecords
                        - kinesis:GetShardIterator
                        - kinesis:ListShards
                      Resource: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
                    - Effect: Allow
                      Action: s3:ListBucket
                      Resource: !GetAtt FailedOrders.Arn
                      Condition: {StringEquals: {s3:ResourceAccount: !Ref AWS::AccountId}}
    +               - Effect: Allow
    +                 Action: s3:PutObject
    +                 Resource: !Sub ${FailedOrders.Arn}/*
    +                 Condition: {StringEquals: {s3:ResourceAccount: !Ref AWS::AccountId}}
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            Role: !GetAtt OrdersRole.Arn
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: !GetAtt FailedOrders.Arn

Python:
      stream = kinesis.Stream.from_stream_arn(self, "Stream", "arn:aws:kinesis:eu-west-1:111122223333:stream/orders")
      failed = s3.Bucket(self, "Failed")
      role = iam.Role(
          self,
          "Role",
          assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
          inline_policies={
              "Reads": iam.PolicyDocument(
                  statements=[
                      iam.PolicyStatement(
                          actions=[
                              "kinesis:DescribeStream",
                              "kinesis:DescribeStreamSummary",
                              "kinesis:GetRecords",
                              "kinesis:GetShardIterator",
                              "kinesis:ListShards",
                          ],
                          resources=[stream.stream_arn],
                      ),
                      iam.PolicyStatement(
                          actions=["s3:ListBucket"],
                          resources=[failed.bucket_arn],
                          conditions={"StringEquals": {"s3:ResourceAccount": self.account}},
                      ),
    +                 iam.PolicyStatement(
    +                     actions=["s3:PutObject"],
    +                     resources=[failed.arn_for_objects("*")],
    +                     conditions={"StringEquals": {"s3:ResourceAccount": self.account}},
    +                 ),
                  ]
              )
          },
      )
      mine = lambda_.Function(
          self,
          "Function",
          code=lambda_.Code.from_inline("handler = print"),
          handler="index.handler",
          runtime=lambda_.Runtime.PYTHON_3_14,
          role=role,
      )
      esm.KinesisToLambda(
          self,
          "Orders",
          function=mine,
          stream=stream,
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
          on_failure=esm.OnFailure.bucket(failed),
          grants=False,
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import DESTINATION, missing, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM420",
    name="destination-not-writable",
    severity=Severity.DANGER,
    facts=("iam.destinations",),
    page=pages.KINESIS_FAILURES,
    topic="failures",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for what the role may not do with the destination."""
    for one in missing(plan, Lack.STUCK, on=DESTINATION):
        yield RULE.finding(
            plan,
            setting="DestinationConfig",
            got=one.elsewhere or None,
            allowed=f"a role that is allowed {one.actions}",
            message=f"{role_name(plan)} is not allowed {one.actions} on {one.place}{one.why}: "
            "failed records do not get there",
            fix=one.fix(f"allow {one.actions} on {one.place} in a policy of the role"),
        )
