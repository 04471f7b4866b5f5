"""Where only its age ends a record's retries, that age must be below the time for which the stream keeps a record.

A record that keeps failing otherwise expires in the stream first. What expires there is neither counted as dropped nor
sent to the on-failure destination: it is gone, and nobody is told. If the number of retries is limited, they end
earlier, and the age decides nothing.

Bad:
    >>> ids(mapping("kinesis", MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=86_400))
    ['ESM317']

Good:
    >>> ids(mapping("kinesis", MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=43_200))
    []

Template:
      Resources:
        OrdersStream:
          Type: AWS::Kinesis::Stream
          Properties:
            RetentionPeriodHours: 24
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersStream.Arn
            StartingPosition: TRIM_HORIZON
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            MaximumRetryAttempts: -1
    -       MaximumRecordAgeInSeconds: 86400
    +       MaximumRecordAgeInSeconds: 43200

Python:
      esm.KinesisToLambda(
          self,
          "Orders",
          function=function,
          stream=esm.NewStream(retention=Duration.days(1)),
          retry_attempts=-1,
    -     max_record_age=Duration.days(1),
    +     max_record_age=Duration.hours(12),
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.streams import stream_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.stream_settings import FOREVER, RECORD_AGE, RETRIES

RULE = Rule(
    id="ESM317",
    name="record-age-above-retention",
    severity=Severity.DANGER,
    facts=("STR-AGE-2",),
    page=pages.METRICS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the age with the retention, where retries have no other end; of an age without an end ESM318 speaks."""
    if known(plan.setting(RETRIES.name)) != FOREVER:
        return
    age = known(plan.setting(RECORD_AGE.name))
    retention = known(stream_of(plan).effective_retention_seconds)
    if age < retention:
        return
    yield RULE.finding(
        plan,
        setting=RECORD_AGE.name,
        got=age,
        allowed=f"less than {retention} seconds",
        message=f"{plan.say(RECORD_AGE, age)} has no effect, and retries have no other end: the stream keeps a "
        f"record for {retention} seconds, and one that expires there never reaches the destination",
        fix=f"lower {plan.say(RECORD_AGE)} well below {retention} seconds, or limit {plan.say(RETRIES)}",
    )
