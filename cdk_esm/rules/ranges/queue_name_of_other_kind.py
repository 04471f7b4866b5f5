"""The name of a FIFO queue ends with `.fifo`, and the name of a standard queue has no dot.

SQS takes letters, digits, hyphens and underscores in a name, and the ending of a FIFO queue besides. A queue whose name
and `FifoQueue` do not fit each other is refused, and the deployment rolls back before the mapping is made. Of a name
that begins with what only the deployment knows, the end is looked at.

Bad:
    >>> ids(with_queue(mapping("sqs-fifo"), name="orders"))
    ['ESM118']

Good:
    >>> ids(with_queue(mapping("sqs-fifo"), name="orders.fifo"))
    []

Template:
      Resources:
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            FifoQueue: true
    -       QueueName: orders
    +       QueueName: orders.fifo
            RedrivePolicy:
              deadLetterTargetArn: arn:aws:sqs:eu-west-1:111122223333:orders-dead-letters.fifo
              maxReceiveCount: 5
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      redrive = {"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111122223333:failed.fifo", "maxReceiveCount": 5}
    - queue = sqs.CfnQueue(self, "Queue", fifo_queue=True, queue_name="orders", redrive_policy=redrive)
    + queue = sqs.CfnQueue(self, "Queue", fifo_queue=True, queue_name="orders.fifo", redrive_policy=redrive)
      lambda_.CfnEventSourceMapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn=queue.attr_arn,
          function_response_types=["ReportBatchItemFailures"],
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.queues import queues_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.sqs_queue import FIFO_SUFFIX

FACTS = (
    Fact(
        "SQS-NAME-1",
        "doc",
        "The name of a FIFO queue ends with a dot and its kind, and a standard queue takes no dot in its name.",
        page=pages.SQS_CREATE,
    ),
)
RULE = Rule(
    id="ESM118",
    name="queue-name-of-other-kind",
    severity=Severity.ERROR,
    facts=("SQS-NAME-1",),
    page=pages.SQS_CREATE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the name of each queue with its kind."""
    ours = plan.door == Door.CONSTRUCT and plan.made_by is None
    written = 'write queue_name="{}"' if ours else "set QueueName: {}"
    otherwise = "use SqsFifoToLambda" if ours else "FifoQueue: true"
    for role, queue in queues_of(plan):
        whole = isinstance(queue.name, str)
        known = queue.name if isinstance(queue.name, str) else queue.name_ends
        if known is None:
            continue
        name = known if whole else f"…{known}"
        if queue.fifo is True and not _may_end_in_suffix(known, whole=whole):
            allowed = f"a name that ends with {FIFO_SUFFIX}"
            message = f"the {role} is a FIFO queue, and its name {name} does not end with {FIFO_SUFFIX}"
            fix = written.format(known + FIFO_SUFFIX) if whole else f"let the name end with {known}{FIFO_SUFFIX}"
        elif queue.fifo is False and "." in known:
            allowed = "a name without a dot"
            called = f"it is called {known}" if whole else f"its name ends with {known}"
            message = f"the {role} is a standard queue, whose name takes no dot, and {called}"
            plain = known.removesuffix(FIFO_SUFFIX).replace(".", "-")
            fix = written.format(plain) if whole else "take the dot out of the name"
            if known.endswith(FIFO_SUFFIX):
                fix += f", or {otherwise} if it has to be a FIFO queue"
        else:
            continue
        yield RULE.finding(plan, setting="QueueName", got=known, allowed=allowed, message=message, fix=fix)


def _may_end_in_suffix(known: str, *, whole: bool) -> bool:
    """Whether a name ends as that of a FIFO queue does, or may do so where only its end is known."""
    return known.endswith(FIFO_SUFFIX) or (not whole and FIFO_SUFFIX.endswith(known))
