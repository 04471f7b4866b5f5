"""Only a few consumers of one stream can be made at the same time.

CloudFormation makes what does not depend on each other at once. Kinesis refuses a consumer while too many others of
the same stream are still being made, and the deployment fails. Consumers that wait for each other pass: then
acknowledge this.

Bad:
    >>> consumer = lambda n: f"arn:aws:kinesis:eu-west-1:111122223333:stream/orders/consumer/{n}:1700000000"
    >>> new = [with_source(mapping("kinesis-efo"), consumer=consumer(n), consumer_is_new=True) for n in range(6)]
    >>> ids(*new, select=["ESM223"])
    ['ESM223']

Good:
    >>> consumer = lambda n: f"arn:aws:kinesis:eu-west-1:111122223333:stream/orders/consumer/{n}:1700000000"
    >>> new = [with_source(mapping("kinesis-efo"), consumer=consumer(n), consumer_is_new=True) for n in range(5)]
    >>> ids(*new, select=["ESM223"])
    []

Template:
      Resources:
        AuditReader:
          Type: AWS::Kinesis::StreamConsumer
          Properties:
            ConsumerName: audit
            StreamARN: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
        Audit:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: audit
            EventSourceArn: !Ref AuditReader
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
        BillingReader:
          Type: AWS::Kinesis::StreamConsumer
          Properties:
            ConsumerName: billing
            StreamARN: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
        Billing:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: billing
            EventSourceArn: !Ref BillingReader
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
        FraudReader:
          Type: AWS::Kinesis::StreamConsumer
          Properties:
            ConsumerName: fraud
            StreamARN: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
        Fraud:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: fraud
            EventSourceArn: !Ref FraudReader
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
        MailReader:
          Type: AWS::Kinesis::StreamConsumer
          Properties:
            ConsumerName: mail
            StreamARN: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
        Mail:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: mail
            EventSourceArn: !Ref MailReader
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
        SearchReader:
          Type: AWS::Kinesis::StreamConsumer
          Properties:
            ConsumerName: search
            StreamARN: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
        Search:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: search
            EventSourceArn: !Ref SearchReader
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
    -   StockReader:
    -     Type: AWS::Kinesis::StreamConsumer
    -     Properties:
    -       ConsumerName: stock
    -       StreamARN: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
    -   Stock:
    -     Type: AWS::Lambda::EventSourceMapping
    -     Properties:
    -       FunctionName: stock
    -       EventSourceArn: !Ref StockReader
    -       StartingPosition: TRIM_HORIZON
    -       MaximumRetryAttempts: 10
    -       DestinationConfig:
    -         OnFailure:
    -           Destination: arn:aws:s3:::orders-failed

Python:
      Mapping = lambda_.CfnEventSourceMapping
      stream_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
    - names = [f"reader{number}" for number in range(6)]
    + names = [f"reader{number}" for number in range(5)]
      for name in names:
          consumer = kinesis.CfnStreamConsumer(self, name, consumer_name=name, stream_arn=stream_arn)
          Mapping(
              self,
              f"{name}Mapping",
              function_name=name,
              event_source_arn=consumer.ref,
              starting_position="TRIM_HORIZON",
              maximum_retry_attempts=10,
              destination_config=Mapping.DestinationConfigProperty(
                  on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
              ),
          )
"""

from collections.abc import Iterator, Sequence

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.streams import one_mapping_per_consumer
from cdk_esm.rules.groups import paths
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kinesis_stream import CONSUMERS_AT_ONCE

RULE = Rule(
    id="ESM223",
    name="consumers-at-once",
    severity=Severity.ERROR,
    facts=("KIN-2",),
    page=pages.KINESIS_CONSUMERS,
    negotiable=True,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Count the consumers of each stream that are made together."""
    most = CONSUMERS_AT_ONCE.value
    for group in one_mapping_per_consumer(plans, only_new=True):
        if len(group) <= most:
            continue
        *others, last = group
        yield RULE.finding(
            last,
            setting="EventSourceArn",
            got=len(group),
            allowed=f"at most {most} at once",
            message=f"together with {paths(others)} this makes {len(group)} consumers of one stream at once: "
            f"Kinesis takes {most}",
            fix=f"make at most {most} of them in one deployment, or let one wait for the other with a dependency "
            "and acknowledge this",
        )
