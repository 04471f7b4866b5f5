"""A batch above ten messages needs a batching window.

A poller takes at most ten messages from a queue at once. To fill a larger batch it has to wait, and Lambda wants to be
told how long: without a window it refuses the mapping, on creation and on every update.

Bad:
    >>> ids(mapping("sqs", BatchSize=100))
    ['ESM201']

Good:
    >>> ids(mapping("sqs", BatchSize=100, MaximumBatchingWindowInSeconds=1))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
            BatchSize: 100
    +       MaximumBatchingWindowInSeconds: 1

Python:
      esm.SqsToLambda(
          self,
          "Orders",
          function=function,
    -     batch_size=100,
    +     batch_size=100,
    +     max_batching_window=Duration.seconds(1),
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM201",
    name="batch-needs-window",
    severity=Severity.ERROR,
    facts=("SQS-BATCH-1",),
    page=pages.SQS_CONFIGURE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the batch with the greatest one that needs no window."""
    greatest = plan.facts.window_needed_above
    if greatest is None:
        return
    batch = known(plan.setting("BatchSize"))
    window = known(plan.setting("MaximumBatchingWindowInSeconds"))
    if batch <= greatest or window >= 1:
        return
    window_given = plan.given("MaximumBatchingWindowInSeconds")
    yield RULE.finding(
        plan,
        setting="MaximumBatchingWindowInSeconds",
        got=window_given,
        allowed="at least 1 second",
        message=f"{plan.say('BatchSize', batch)} needs a {plan.say('MaximumBatchingWindowInSeconds')} "
        f"of at least 1 second, got {'none' if window_given is None else f'{window_given} seconds'}",
        fix=f"add {plan.say('MaximumBatchingWindowInSeconds', 1)}, or lower {plan.say('BatchSize')} to {greatest}",
    )
