"""The queue's visibility timeout must not be below the function's timeout.

A message that becomes visible again while its invocation still runs is delivered a second time. Lambda refuses such a
mapping when it is created or updated, but it does not look again when only the function's timeout is raised later. The
defaults count: a queue hides a message for 30 seconds, a function may run for 3.

Bad:
    >>> ids(with_queue(mapping("sqs"), visibility_timeout_seconds=20), select=["ESM301"])
    ['ESM301']

Good:
    >>> ids(with_queue(mapping("sqs"), visibility_timeout_seconds=180))
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            Timeout: 60
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
    -       VisibilityTimeout: 30
    +       VisibilityTimeout: 360
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      function = esm.NewFunction(code="handlers/orders", handler="app.handler", timeout=Duration.minutes(1))
      dead_letters = sqs.Queue(self, "DeadLetters", retention_period=Duration.days(14))
      queue = sqs.Queue(
          self,
          "Queue",
    -     visibility_timeout=Duration.seconds(30),
    +     visibility_timeout=Duration.minutes(6),
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

RULE = Rule(
    id="ESM301",
    name="visibility-below-timeout",
    severity=Severity.ERROR,
    facts=("SQS-VIS-1", "FN-6"),
    page=pages.SQS_CONFIGURE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the two timeouts as AWS will see them."""
    visibility = known(plan.source_as(Queue).effective_visibility_seconds)
    timeout = known(plan.function.effective_timeout_seconds)
    if visibility >= timeout:
        return
    by_default = " (the service's default)" if plan.source_as(Queue).visibility_timeout_seconds is None else ""
    by_factor = "set visibility_timeout_factor to 1 or more: the queue's visibility timeout comes from it"
    longer = longer_visibility(plan, timeout, by_factor)
    yield RULE.finding(
        plan,
        setting="VisibilityTimeout",
        got=visibility,
        allowed=f"at least {counted(timeout, 'second', '')}",
        message=f"the queue hides a message for {counted(visibility, 'second', '')}{by_default}, "
        f"less than the function's timeout of {counted(timeout, 'second', '')}",
        fix=longer if longer == by_factor else f"{longer}, or lower the function's timeout",
    )
