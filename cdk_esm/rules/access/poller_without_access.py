"""The execution role must be allowed what the poller does once the mapping is there.

A poller describes the broker or the cluster, signs in to Kafka, subscribes to the consumer, and reads, all with that
role. What it may not do does not happen: the mapping shows an error in its last processing result, reads nothing, and
the records grow old until they expire.

Bad:
    >>> ids(with_permission(mapping("msk-serverless"), "kafka-cluster:ReadData", on="kafka-topic", held=False))
    ['ESM417']

Good:
    >>> ids(with_permission(mapping("msk-serverless"), "kafka-cluster:ReadData", on="kafka-topic", held=True))
    []

Template:
      Resources:
        Fulfil:
          Type: AWS::Kinesis::StreamConsumer
          Properties:
            ConsumerName: fulfil
            StreamARN: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
        OrdersRole:
          Type: AWS::IAM::Role
          Properties:
            Policies:
              - PolicyName: orders
                PolicyDocument:
                  Statement:
                    - Effect: Allow
    -                 Action: kinesis:DescribeStreamConsumer
    +                 Action: [kinesis:DescribeStreamConsumer, kinesis:SubscribeToShard]
                      Resource: !Ref Fulfil
                    - Effect: Allow
                      Action:
                        - kinesis:DescribeStream
                        - kinesis:DescribeStreamSummary
                        - kinesis:GetShardIterator
                        - kinesis:ListShards
                      Resource: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
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
            EventSourceArn: !Ref Fulfil
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed

Python:
      stream_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
      consumer = kinesis.CfnStreamConsumer(self, "Fulfil", consumer_name="fulfil", stream_arn=stream_arn)
      role = iam.Role(
          self,
          "Role",
          assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
          inline_policies={
              "Reads": iam.PolicyDocument(
                  statements=[
                      iam.PolicyStatement(
    -                     actions=["kinesis:DescribeStreamConsumer"],
    +                     actions=["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"],
                          resources=[consumer.ref],
                      ),
                      iam.PolicyStatement(
                          actions=[
                              "kinesis:DescribeStream",
                              "kinesis:DescribeStreamSummary",
                              "kinesis:GetShardIterator",
                              "kinesis:ListShards",
                          ],
                          resources=[stream_arn],
                      ),
                      iam.PolicyStatement(
                          actions=["s3:ListBucket"],
                          resources=["arn:aws:s3:::orders-failed"],
                          conditions={"StringEquals": {"s3:ResourceAccount": self.account}},
                      ),
                      iam.PolicyStatement(
                          actions=["s3:PutObject"],
                          resources=["arn:aws:s3:::orders-failed/*"],
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
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name=mine.function_name,
          event_source_arn=consumer.ref,
          starting_position="TRIM_HORIZON",
          maximum_retry_attempts=10,
          function_response_types=["ReportBatchItemFailures"],
          destination_config=Mapping.DestinationConfigProperty(
              on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
          ),
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack, Neighbour
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import DESTINATION, KEYS, missing, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM417",
    name="poller-without-access",
    severity=Severity.DANGER,
    facts=(
        "KAF-AUTH-2",
        "KAF-XACCT",
        "iam.kinesis_efo",
        "iam.msk_provisioned",
        "iam.mq_activemq",
        "iam.documentdb",
    ),
    page=pages.MSK_PERMISSIONS,
    topic="permissions",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for actions on the source, and on what belongs to it; of keys, networks and destinations others speak."""
    found = list(missing(plan, Lack.STUCK, but=(*KEYS, *DESTINATION, Neighbour.NETWORK)))
    if not found:
        return
    what = "; ".join(f"{one.actions} on {one.place}{one.why}" for one in found)
    yield RULE.finding(
        plan,
        setting="Role",
        got=", ".join(one.elsewhere for one in found if one.elsewhere) or None,
        allowed="a role that is allowed " + ", ".join(one.actions for one in found),
        message=f"{role_name(plan)} is not allowed {what}: the poller reads nothing",
        fix="; ".join(
            dict.fromkeys(one.fix(f"allow {one.actions} on {one.place}, in a policy of the role") for one in found)
        ),
    )
