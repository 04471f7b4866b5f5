"""A starting timestamp and the position AT_TIMESTAMP belong together.

Without the position the timestamp says nothing, and without the timestamp the position does: Lambda refuses either of
them alone. Whoever changes his mind about where to start easily forgets one half.

Bad:
    >>> ids(mapping("kinesis", StartingPosition="TRIM_HORIZON", StartingPositionTimestamp=1_700_000_000))
    ['ESM217']

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
    -       StartingPosition: TRIM_HORIZON
    +       StartingPosition: AT_TIMESTAMP
            StartingPositionTimestamp: 1790000000

Python:
      esm.KinesisToLambda(
          self,
          "Orders",
          function=function,
    -     starting_position=lambda_.StartingPosition.TRIM_HORIZON,
    +     starting_position=lambda_.StartingPosition.AT_TIMESTAMP,
          starting_position_timestamp=1790000000,
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.stream_settings import TIMESTAMP

RULE = Rule(
    id="ESM217",
    name="timestamp-and-position",
    severity=Severity.ERROR,
    facts=("STR-POS-3",),
    page=pages.KINESIS_PARAMETERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for one without the other, on a source that offers them."""
    if TIMESTAMP.name not in plan.facts.by_name:
        return
    position, timestamp = known(plan.given("StartingPosition")), known(plan.given(TIMESTAMP.name))
    if (position == "AT_TIMESTAMP") is (timestamp is not None):
        return
    name, at_timestamp = plan.say(TIMESTAMP), plan.say("StartingPosition", "AT_TIMESTAMP")
    yield RULE.finding(
        plan,
        setting=TIMESTAMP.name if timestamp is None else "StartingPosition",
        got=timestamp if timestamp is None else position,
        allowed="both of them or neither",
        message=f"{at_timestamp} needs a {name}, got none"
        if timestamp is None
        else f"{name} needs {at_timestamp}, got {position or 'none'}",
        fix=f"add {name}, in seconds since 1970, or start at another position"
        if timestamp is None
        else f"set {at_timestamp}, or remove {name}",
    )
