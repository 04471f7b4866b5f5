"""Records that Lambda gives up must go somewhere, or somebody must have said that they need not.

Once the retries or the age of a failing batch are used up, Lambda goes on behind it. Without an on-failure destination
the batch is lost at that moment, and only a metric that is off by default counts it.

Bad:
    >>> ids(replace(mapping("kinesis", DestinationConfig=None), failure=FailurePath(kind=FailureKind.NONE)))
    ['ESM319']

Good:
    >>> given_up = FailurePath(kind=FailureKind.DISCARD, reason="readings are worthless after a minute")
    >>> ids(replace(mapping("kinesis", DestinationConfig=None), failure=given_up))
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
    +       DestinationConfig:
    +         OnFailure:
    +           Destination: arn:aws:s3:::orders-failed

Python:
      stream = kinesis.Stream(self, "Stream")
    - failed = None
    + failed = event_sources.S3OnFailureDestination(s3.Bucket(self, "Failed"))
      mine = lambda_.Function(
          self,
          "Function",
          code=lambda_.Code.from_inline("handler = print"),
          handler="index.handler",
          runtime=lambda_.Runtime.PYTHON_3_14,
      )
      mine.add_event_source(
          event_sources.KinesisEventSource(
              stream,
              starting_position=lambda_.StartingPosition.TRIM_HORIZON,
              report_batch_item_failures=True,
              retry_attempts=10,
              on_failure=failed,
          )
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import Unknowable, known
from cdk_esm.plan import Door, FailureKind, MappingPlan
from cdk_esm.plan.cdk_words import MadeBy
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.stream_settings import FOREVER, ON_FAILURE, RECORD_AGE, RETRIES

RULE = Rule(
    id="ESM319",
    name="discarded-without-destination",
    severity=Severity.DANGER,
    facts=("STR-RETRY-2",),
    page=pages.KINESIS_FAILURES,
    topic="failures",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for an end to the retries or to the age, and for nothing behind it."""
    if not plan.facts.destinations:
        return
    failure = known(plan.failure)
    if not failure.kind.nowhere or (failure.kind == FailureKind.DISCARD and (failure.reason or "").strip()):
        return
    limits = [(setting, plan.setting(setting.name)) for setting in (RETRIES, RECORD_AGE)]
    ends = [plan.say(setting, limit) for setting, limit in limits if not _may_be_endless(limit)]
    if not ends:
        return
    ours = plan.door == Door.CONSTRUCT and plan.made_by is None
    consent = "pass OnFailure.discard(reason=...)" if ours else "acknowledge this with a reason"
    yield RULE.finding(
        plan,
        setting=ON_FAILURE.name,
        got=None,
        allowed=plan.facts.failure_path,
        message=f"with {' and '.join(ends)} Lambda gives up records that keep failing, and without a destination "
        "they are lost",
        fix=f"set {_a_destination(plan)}, or {consent}",
    )


def _a_destination(plan: MappingPlan) -> str:
    """A destination, as it is given; event sources of CDK, and its mapping, take one as an object."""
    name = plan.say(ON_FAILURE)
    if plan.door == Door.CONSTRUCT and plan.made_by in (MadeBy.EVENT_SOURCE, MadeBy.MAPPING):
        return f'{name}=event_sources.S3OnFailureDestination(s3.Bucket(self, "Failed"))'
    return f"{name} to {plan.facts.failure_path.removeprefix('an on-failure destination: ')}"


def _may_be_endless(limit: object) -> bool:
    return limit == FOREVER or isinstance(limit, Unknowable)
