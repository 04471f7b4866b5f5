"""A mapping should start a new source from its beginning: LATEST misses what comes first.

A source that the same deployment makes is empty, so TRIM_HORIZON costs nothing. With LATEST, what is written before the
mapping polls, which can take minutes, never reaches the function, and nothing counts it.

Bad:
    >>> ids(mapping("kinesis", StartingPosition="LATEST"))
    ['ESM351']

Good:
    >>> ids(mapping("kinesis", StartingPosition="TRIM_HORIZON"))
    []

Template:
      Resources:
        OrdersStream:
          Type: AWS::Kinesis::Stream
          Properties:
            ShardCount: 1
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersStream.Arn
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
    -       StartingPosition: LATEST
    +       StartingPosition: TRIM_HORIZON

Python:
      esm.KinesisToLambda(
          self,
          "Orders",
          function=function,
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
    id="ESM351",
    name="latest-on-new-source",
    severity=Severity.ADVICE,
    facts=("STR-POS-4",),
    page=pages.KINESIS_CREATE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look at the position of a mapping on a source that is made with it; of one that is there, ESM316 speaks."""
    if begins_at_latest(plan) and not plan.event_source.existing:
        yield finding(RULE, plan, "misses the records that are written to the new source before the mapping polls")
