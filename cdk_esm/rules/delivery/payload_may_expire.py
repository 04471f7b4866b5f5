"""A queue or a topic as destination gets only a pointer to what failed, and the stream forgets the rest.

Lambda sends the positions of the records there, not the records. Somebody must fetch them before they expire. This rule
wants a day for that, our choice, since failures also come at night: what the stream's retention leaves after the record
age. Without an age a record may be sent there in its last moment. A bucket gets the records themselves.

Bad:
    >>> ids(with_failure(mapping("kinesis"), kind="queue"))
    ['ESM320']

Good:
    >>> ids(with_source(with_failure(mapping("kinesis"), kind="queue"), retention_hours=48))
    []

Template:
      Resources:
        OrdersStream:
          Type: AWS::Kinesis::Stream
          Properties:
    -       RetentionPeriodHours: 24
    +       RetentionPeriodHours: 72
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersStream.Arn
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            MaximumRecordAgeInSeconds: 43200
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:sqs:eu-west-1:111122223333:orders-failed

Python:
      esm.KinesisToLambda(
          self,
          "Orders",
          function=function,
          on_failure=esm.OnFailure.queue(),
    -     stream=esm.NewStream(retention=Duration.days(1)),
    +     stream=esm.NewStream(retention=Duration.days(3)),
      )
"""

from collections.abc import Iterator
from typing import Final

from cdk_esm.durations import SECONDS_A_DAY
from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.streams import stream_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.destinations import DESTINATIONS
from cdk_esm.sources.stream_settings import FOREVER, ON_FAILURE, RECORD_AGE

RULE = Rule(
    id="ESM320",
    name="payload-may-expire",
    severity=Severity.ADVICE,
    facts=("STR-DEST-4",),
    page=pages.KINESIS_FAILURES,
    topic="failures",
)

_TIME_TO_FETCH_SECONDS: Final = SECONDS_A_DAY
"""Our choice: a day, so that somebody who is told in the evening can look in the morning."""


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare what is left of the retention with the time that people need."""
    kind = known(plan.failure).kind
    stream = stream_of(plan)
    if kind not in DESTINATIONS or DESTINATIONS[kind].keeps_records:
        return
    retention = known(stream.effective_retention_seconds)
    age = known(plan.setting(RECORD_AGE.name))
    left = 0 if age == FOREVER else max(retention - age, 0)
    if left >= _TIME_TO_FETCH_SECONDS:
        return
    yield RULE.finding(
        plan,
        setting=ON_FAILURE.name,
        got=kind,
        allowed=f"a bucket, or at least {_TIME_TO_FETCH_SECONDS} seconds to fetch a record",
        message=f"the {kind} gets only a pointer to the records that failed, and they may expire {left} seconds later: "
        f"the stream keeps them for {retention} seconds, "
        + (f"and {plan.say(RECORD_AGE)} has no end" if age == FOREVER else f"and {plan.say(RECORD_AGE, age)}"),
        fix="use a bucket, which gets the records themselves, or leave more of the retention: "
        f"lower {plan.say(RECORD_AGE)}, or let the stream keep records for longer, where it can",
    )
