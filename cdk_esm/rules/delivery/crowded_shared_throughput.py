"""Many mappings on the shared throughput of one stream slow each other down.

All of them, and every other reader of the stream, share what a shard gives in a second. Their reads are throttled in
turn, and each lags further behind the more there are. A consumer with enhanced fan-out has its own throughput.

Bad:
    >>> ids(*[replace(mapping("kinesis"), path=path) for path in "ABC"], select=["ESM322"])
    ['ESM322']

Good:
    >>> ids(*[replace(mapping("kinesis"), path=path) for path in "AB"], select=["ESM322"])
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
        Audit:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: audit
            EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
    -   Fraud:
    -     Type: AWS::Lambda::EventSourceMapping
    -     Properties:
    -       FunctionName: fraud
    -       EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
    -       StartingPosition: TRIM_HORIZON
    -       MaximumRetryAttempts: 10
    -       FunctionResponseTypes: [ReportBatchItemFailures]
    -       DestinationConfig:
    -         OnFailure:
    -           Destination: arn:aws:s3:::orders-failed

Python:
      audit = esm.NewFunction(code="handlers/orders", handler="app.handler")
      fraud = esm.NewFunction(code="handlers/orders", handler="app.handler")
      orders = esm.KinesisToLambda(self, "Orders", function=function)
      start = lambda_.StartingPosition.TRIM_HORIZON
      esm.KinesisToLambda(self, "Audit", function=audit, stream=orders.stream, starting_position=start)
    - esm.KinesisToLambda(self, "Fraud", function=fraud, stream=orders.stream, starting_position=start)
"""

from collections.abc import Iterator, Sequence

from cdk_esm.plan import MappingPlan, Stream
from cdk_esm.rules.groups import paths, sharing
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kinesis_stream import SHARED_READERS

RULE = Rule(
    id="ESM322",
    name="crowded-shared-throughput",
    severity=Severity.ADVICE,
    facts=("KIN-1",),
    page=pages.KINESIS,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Count the mappings on each stream that have no consumer."""
    readers = [plan for plan in plans if isinstance(plan.event_source, Stream) and plan.event_source.consumer is None]
    for group in sharing(readers, lambda plan: plan.event_source.identity):
        if len(group) <= SHARED_READERS.value:
            continue
        *others, last = group
        yield RULE.finding(
            last,
            setting="EventSourceArn",
            got=len(group),
            allowed=f"at most {SHARED_READERS.value} on the shared throughput",
            message=f"together with {paths(others)} {len(group)} mappings read on the shared throughput of one stream",
            fix="let some of them read through an enhanced fan-out consumer",
        )
