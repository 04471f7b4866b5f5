"""A batching window was set on a source that takes none.

The messages of a FIFO queue are handed over in order, at most ten at once, and the poller does not wait for more.
Lambda refuses a window there rather than ignoring it.

Bad:
    >>> ids(mapping("sqs-fifo", MaximumBatchingWindowInSeconds=5), select=["ESM202"])
    ['ESM202']

Good:
    >>> ids(mapping("sqs-fifo", MaximumBatchingWindowInSeconds=0))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders.fifo
            FunctionResponseTypes: [ReportBatchItemFailures]
    -       MaximumBatchingWindowInSeconds: 5
            BatchSize: 1

Python:
      lambda_.CfnEventSourceMapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:sqs:eu-west-1:111122223333:orders.fifo",
          function_response_types=["ReportBatchItemFailures"],
          batch_size=1,
    -     maximum_batching_window_in_seconds=5,
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM202",
    name="window-not-taken",
    severity=Severity.ERROR,
    facts=("SQS-BATCH-3",),
    page=pages.SQS_PARAMETERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask the fact sheet whether the source takes a window at all."""
    window = known(plan.given("MaximumBatchingWindowInSeconds"))
    if plan.facts.takes_window or window is None or window < 1:
        return
    yield RULE.finding(
        plan,
        setting="MaximumBatchingWindowInSeconds",
        got=window,
        allowed="none, or 0",
        message=f"{plan.say('MaximumBatchingWindowInSeconds', window)} is refused: "
        f"{plan.facts.label} takes no batching window",
        fix=f"remove {plan.say('MaximumBatchingWindowInSeconds')}",
    )
