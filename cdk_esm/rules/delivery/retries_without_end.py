"""One bad record blocks its shard until it expires, unless the retries or the record's age have an end.

By default Lambda tries a failing batch again and again and holds back everything behind it, for a day on a table's
stream and for as long as a Kinesis stream keeps its records. When the bad one expires, some of those behind it do too.
A destination does not help: nothing is ever given up, so hardly anything is ever sent there.

Bad:
    >>> ids(mapping("kinesis", MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=-1))
    ['ESM318']

Good:
    >>> ids(mapping("kinesis", MaximumRetryAttempts=10, MaximumRecordAgeInSeconds=-1))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
            StartingPosition: TRIM_HORIZON
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
    -       MaximumRetryAttempts: -1
    +       MaximumRetryAttempts: 10

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:kinesis:eu-west-1:111122223333:stream/orders",
          starting_position="TRIM_HORIZON",
          function_response_types=["ReportBatchItemFailures"],
          destination_config=Mapping.DestinationConfigProperty(
              on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
          ),
    -     maximum_retry_attempts=-1,
    +     maximum_retry_attempts=10,
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.plan.streams import stream_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.stream_settings import FOREVER, RECORD_AGE, RETRIES

RULE = Rule(
    id="ESM318",
    name="retries-without-end",
    severity=Severity.DANGER,
    facts=("STR-RETRY-1", "STR-RETRY-3"),
    page=pages.KINESIS_FAILURES,
    topic="failures",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a mapping in which neither of the two has an end."""
    stream_of(plan)
    if known(plan.setting(RETRIES.name)) != FOREVER or known(plan.setting(RECORD_AGE.name)) != FOREVER:
        return
    has_destination = isinstance(plan.failure, FailurePath) and plan.failure.destination is not None
    yield RULE.finding(
        plan,
        setting=RETRIES.name,
        got=plan.given(RETRIES.name),
        allowed=f"an end to {RETRIES.name} or to {RECORD_AGE.name}",
        message=f"neither {plan.say(RETRIES)} nor {plan.say(RECORD_AGE)} has an end: a record that keeps failing "
        "blocks its shard until it expires"
        + (", and the on-failure destination is as good as never used" if has_destination else ""),
        fix=f"set {plan.say(RETRIES)} to a number that is not {FOREVER}, and {plan.say(RECORD_AGE)} below the time "
        "for which the stream keeps a record",
    )
