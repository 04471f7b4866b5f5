"""The name of a FIFO queue ends with `.fifo`, and the name of a standard queue has no dot.

SQS takes letters, digits, hyphens and underscores in a name, and the ending of a FIFO queue besides. A queue whose name
and `FifoQueue` do not fit each other is refused, and the deployment rolls back before the mapping is made.

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
        name = queue.name
        if not isinstance(name, str):
            continue
        if queue.fifo is True and not name.endswith(FIFO_SUFFIX):
            allowed = f"a name that ends with {FIFO_SUFFIX}"
            message = f"the {role} is a FIFO queue, and its name {name} does not end with {FIFO_SUFFIX}"
            fix = written.format(name + FIFO_SUFFIX)
        elif queue.fifo is False and "." in name:
            allowed = "a name without a dot"
            message = f"the {role} is a standard queue, whose name takes no dot, and it is called {name}"
            plain = name.removesuffix(FIFO_SUFFIX).replace(".", "-")
            fix = written.format(plain)
            if name.endswith(FIFO_SUFFIX):
                fix += f", or {otherwise} if it has to be a FIFO queue"
        else:
            continue
        yield RULE.finding(plan, setting="QueueName", got=name, allowed=allowed, message=message, fix=fix)
