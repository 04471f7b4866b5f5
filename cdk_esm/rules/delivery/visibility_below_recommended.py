"""The queue's visibility timeout should span several tries of the function, and the batching window.

When an invocation is throttled, Lambda tries again until the visibility timeout ends. If that comes too early, the
message becomes visible while it is still being worked on: it is delivered twice, and moved to the dead-letter queue
before its time. A factor that the user chose for a new queue is compared like any other timeout, because the
recommendation is that of AWS.

Bad:
    >>> ids(with_queue(mapping(), visibility_timeout_seconds=60))
    ['ESM305']

Good:
    >>> ids(with_queue(mapping(), visibility_timeout_seconds=180))
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            Timeout: 30
        OrdersDeadLetters:
          Type: AWS::SQS::Queue
          Properties:
            MessageRetentionPeriod: 1209600
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            RedrivePolicy:
              deadLetterTargetArn: !GetAtt OrdersDeadLetters.Arn
              maxReceiveCount: 5
    -       VisibilityTimeout: 60
    +       VisibilityTimeout: 180
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      function = esm.NewFunction(code="handlers/orders", handler="app.handler", timeout=Duration.seconds(30))
      dead_letters = sqs.Queue(self, "DeadLetters", retention_period=Duration.days(14))
      queue = sqs.Queue(
          self,
          "Queue",
    -     visibility_timeout=Duration.minutes(1),
    +     visibility_timeout=Duration.minutes(3),
          dead_letter_queue=sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=5),
      )
      esm.SqsToLambda(self, "Orders", function=function, queue=queue)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.printed import counted
from cdk_esm.rules.queues import longer_visibility
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.sqs_queue import VISIBILITY_FACTOR

RULE = Rule(
    id="ESM305",
    name="visibility-below-recommended",
    severity=Severity.ADVICE,
    facts=("SQS-VIS-2", "FN-6"),
    page=pages.SQS_CONFIGURE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the visibility timeout with the recommended span; below the timeout itself another rule speaks."""
    visibility = known(plan.source_as(Queue).effective_visibility_seconds)
    timeout = known(plan.function.effective_timeout_seconds)
    window = known(plan.setting("MaximumBatchingWindowInSeconds")) or 0
    factor = VISIBILITY_FACTOR.value
    needed = factor * timeout + window
    if visibility < timeout or visibility >= needed:
        return
    by_default = " (the service's default)" if plan.source_as(Queue).visibility_timeout_seconds is None else ""
    hidden = counted(visibility, "second", "")
    span = f"{factor} times the function's timeout of {counted(timeout, 'second', '')}"
    yield RULE.finding(
        plan,
        setting="VisibilityTimeout",
        got=visibility,
        allowed=f"at least {needed} seconds",
        message=f"the queue hides a message for {hidden}{by_default}, less than {needed}: {span}"
        + (f" plus the batching window of {counted(window, 'second', '')}" if window else ""),
        fix=longer_visibility(plan, needed, f"set visibility_timeout_factor={factor} or more")
        + ", or lower the function's timeout",
    )
