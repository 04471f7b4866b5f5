"""What lets Lambda write failed records into a bucket should name the account that owns it.

The name of a bucket that is deleted can be taken by anybody. Lambda goes on writing there, with whole records, and the
role's policy still fits. AWS advises to allow it only on a bucket of your own account, by the condition key
s3:ResourceAccount.

Bad:
    >>> ids(with_permission(mapping("kinesis"), "s3:PutObject", on="destination-objects"))
    ['ESM423']

Good:
    >>> owner = frozenset({"s3:resourceaccount"})
    >>> ids(with_permission(mapping("kinesis"), "s3:PutObject", on="destination-objects", conditions=owner))
    []

Template:
      Resources:
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
                      Resource: arn:aws:s3:::orders-failed
    +                 Condition: {StringEquals: {s3:ResourceAccount: !Ref AWS::AccountId}}
                    - Effect: Allow
                      Action: s3:PutObject
                      Resource: arn:aws:s3:::orders-failed/*
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
                Destination: arn:aws:s3:::orders-failed

Python:
      stream = kinesis.Stream.from_stream_arn(self, "Stream", "arn:aws:kinesis:eu-west-1:111122223333:stream/orders")
      failed = s3.Bucket.from_bucket_name(self, "Failed", "orders-failed")
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
                          resources=["arn:aws:s3:::orders-failed"],
    +                     conditions={"StringEquals": {"s3:ResourceAccount": self.account}},
                      ),
                      iam.PolicyStatement(
                          actions=["s3:PutObject"],
                          resources=["arn:aws:s3:::orders-failed/*"],
    +                     conditions={"StringEquals": {"s3:ResourceAccount": self.account}},
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

from cdk_esm.facts import Neighbour, known
from cdk_esm.grants import OWNER_KEYS
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import access_of, place_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM423",
    name="bucket-owner-not-checked",
    severity=Severity.ADVICE,
    facts=("STR-DEST-5",),
    page=pages.KINESIS_FAILURES,
    topic="failures",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for the condition on what lets Lambda write."""
    for one in access_of(plan).permissions:
        if one.on is not Neighbour.DESTINATION_OBJECTS or one.held is not True or OWNER_KEYS & known(one.conditions):
            continue
        yield RULE.finding(
            plan,
            setting="DestinationConfig",
            got=None,
            allowed="the condition key s3:ResourceAccount",
            message=f"{one.action} on {place_of(one)} is allowed whoever owns the bucket",
            fix="add the condition StringEquals s3:ResourceAccount with the account of the bucket to that statement",
        )
