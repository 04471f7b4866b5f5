"""A tumbling window wants the batches of a shard one after the other.

The state of a window is handed from one invocation to the next, so several batches of a shard at once have no state to
share. That AWS refuses the two together is reported, but not on a page of AWS, so this is no more than an advice.

Bad:
    >>> ids(mapping("kinesis", TumblingWindowInSeconds=60, ParallelizationFactor=2))
    ['ESM219']

Good:
    >>> ids(mapping("kinesis", TumblingWindowInSeconds=60, ParallelizationFactor=1))
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
            TumblingWindowInSeconds: 60
    -       ParallelizationFactor: 2
    +       ParallelizationFactor: 1

Python:
      esm.KinesisToLambda(
          self,
          "Orders",
          function=function,
          tumbling_window=Duration.minutes(1),
    -     parallelization_factor=2,
    +     parallelization_factor=1,
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.streams import stream_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.stream_settings import PARALLELIZATION, TUMBLING_WINDOW

RULE = Rule(
    id="ESM219",
    name="tumbling-window-in-parallel",
    severity=Severity.ADVICE,
    facts=("STR-TW-1",),
    page=pages.KINESIS_WINDOWS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a window together with parallel batches."""
    stream_of(plan)
    window, factor = known(plan.setting(TUMBLING_WINDOW.name)), known(plan.setting(PARALLELIZATION.name))
    if window <= 0 or factor <= 1:
        return
    yield RULE.finding(
        plan,
        setting=PARALLELIZATION.name,
        got=factor,
        allowed="1, with a tumbling window",
        message=f"{plan.say(TUMBLING_WINDOW, window)} hands a state from batch to batch, "
        f"but {plan.say(PARALLELIZATION, factor)} processes several batches of a shard at once: "
        "AWS is reported to refuse the two together",
        fix=f"set {plan.say(PARALLELIZATION, 1)}, or remove {plan.say(TUMBLING_WINDOW)}",
    )
