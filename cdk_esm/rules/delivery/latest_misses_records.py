"""A mapping that starts at LATEST misses what is written to an existing source while it is being made.

It takes minutes until a new or an updated mapping polls, and LATEST begins where the stream ends at that moment. What
was written in between, and what was there already, never reaches the function, and nothing counts it.

Bad:
    >>> ids(with_source(mapping("kinesis", StartingPosition="LATEST"), existing=True))
    ['ESM316']

Good:
    >>> ids(with_source(mapping("kinesis", StartingPosition="TRIM_HORIZON"), existing=True))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
    -       StartingPosition: LATEST
    +       StartingPosition: TRIM_HORIZON

Python:
      stream = kinesis.Stream.from_stream_arn(self, "Stream", "arn:aws:kinesis:eu-west-1:111122223333:stream/orders")
      esm.KinesisToLambda(
          self,
          "Orders",
          function=function,
          stream=stream,
    -     starting_position=lambda_.StartingPosition.LATEST,
    +     starting_position=lambda_.StartingPosition.TRIM_HORIZON,
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.latest import begins_at_latest, finding
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM316",
    name="latest-misses-records",
    severity=Severity.DANGER,
    facts=("STR-POS-4",),
    page=pages.KINESIS_CREATE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look at the position of a mapping on a source that is there already."""
    if begins_at_latest(plan) and plan.event_source.existing:
        yield finding(RULE, plan, "misses the records that are written while the mapping is made or updated")
