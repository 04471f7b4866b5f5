"""The execution role should be allowed everything that AWS lists for its source.

There are mappings that seem to do without these actions, and nobody has seen what AWS does the day it asks for them. A
stream that is split into more shards, or read through a consumer later, is such a day.

Bad:
    >>> ids(with_permission(mapping("kinesis"), "kinesis:ListShards", lack=Lack.UNSEEN, held=False))
    ['ESM424']

Good:
    >>> ids(with_permission(mapping("kinesis"), "kinesis:ListShards", lack=Lack.UNSEEN, held=True))
    []

Template:
      Resources:
        OrdersStream:
          Type: AWS::Kinesis::Stream
          Properties:
            ShardCount: 1
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
    +                   - kinesis:SubscribeToShard
                      Resource: !GetAtt OrdersStream.Arn
                    - Effect: Allow
                      Action: s3:ListBucket
                      Resource: arn:aws:s3:::orders-failed
                      Condition: {StringEquals: {s3:ResourceAccount: !Ref AWS::AccountId}}
                    - Effect: Allow
                      Action: s3:PutObject
                      Resource: arn:aws:s3:::orders-failed/*
                      Condition: {StringEquals: {s3:ResourceAccount: !Ref AWS::AccountId}}
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            Role: !GetAtt OrdersRole.Arn
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: !GetAtt OrdersStream.Arn
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed

Python:
      stream = kinesis.Stream(self, "Stream", encryption=kinesis.StreamEncryption.UNENCRYPTED)
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
    +                 iam.PolicyStatement(
    +                     actions=["kinesis:SubscribeToShard"],
    +                     resources=[stream.stream_arn],
    +                 ),
                      iam.PolicyStatement(
                          actions=["s3:ListBucket"],
                          resources=[failed.bucket_arn],
                          conditions={"StringEquals": {"s3:ResourceAccount": self.account}},
                      ),
                      iam.PolicyStatement(
                          actions=["s3:PutObject"],
                          resources=[failed.arn_for_objects("*")],
                          conditions={"StringEquals": {"s3:ResourceAccount": self.account}},
                      ),
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
from cdk_esm.rules.permissions import missing, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM424",
    name="action-probably-needed",
    severity=Severity.ADVICE,
    facts=(
        "iam.kinesis_shared",
        "iam.dynamodb_streams",
        "iam.msk_provisioned",
    ),
    page=pages.KINESIS_CREATE,
    topic="permissions",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for actions that are listed and not allowed."""
    for one in missing(plan, Lack.UNSEEN):
        yield RULE.finding(
            plan,
            setting="Role",
            got=one.elsewhere or None,
            allowed=f"a role that is allowed {one.actions}",
            message=f"{role_name(plan)} is not allowed {one.actions} on {one.place}{one.why}, "
            "which AWS lists as needed",
            fix=one.fix(f"allow {one.actions} on {one.place} in a policy of the role"),
        )
