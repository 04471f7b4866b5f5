"""A starting timestamp must not lie in the future.

Lambda refuses it. Most often nobody meant the future: the number is in milliseconds, as many languages count, where
CloudFormation wants seconds, and so names a year far beyond any of ours.

Bad:
    >>> ids(mapping("kinesis", StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=1_700_000_000_000))
    ['ESM218']

Good:
    >>> ids(mapping("kinesis", StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=1_700_000_000))
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
            StartingPosition: AT_TIMESTAMP
    -       StartingPositionTimestamp: 1790000000000
    +       StartingPositionTimestamp: 1790000000

Python:
      esm.KinesisToLambda(
          self,
          "Orders",
          function=function,
          starting_position=lambda_.StartingPosition.AT_TIMESTAMP,
    -     starting_position_timestamp=1790000000000,
    +     starting_position_timestamp=1790000000,
      )
"""

import time
from collections.abc import Iterator
from typing import Final

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.stream_settings import TIMESTAMP

RULE = Rule(
    id="ESM218",
    name="timestamp-in-the-future",
    severity=Severity.ERROR,
    facts=("STR-POS-3",),
    page=pages.KINESIS_PARAMETERS,
)

_SURELY_MILLISECONDS: Final = 10**11
"""Our choice: as seconds this is past the year 5000, as milliseconds it is in 1973, before there was any record."""


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the timestamp with the clock."""
    timestamp = known(plan.given(TIMESTAMP.name))
    if TIMESTAMP.name not in plan.facts.by_name or not isinstance(timestamp, int | float) or timestamp <= time.time():
        return
    name = plan.say(TIMESTAMP)
    milliseconds = timestamp > _SURELY_MILLISECONDS
    yield RULE.finding(
        plan,
        setting=TIMESTAMP.name,
        got=timestamp,
        allowed="a time in the past, in seconds since 1970",
        message=f"{name} of {timestamp} lies in the future"
        + (": it counts seconds, not milliseconds" if milliseconds else ""),
        fix=f"divide {name} by 1000: give seconds, not milliseconds"
        if milliseconds
        else f"set {name} to a time in the past, or start at another position",
    )
