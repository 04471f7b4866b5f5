"""Deduplication and the limit of throughput are attributes of a FIFO queue, which a standard queue does not take.

Without `FifoQueue: true` SQS answers that the attribute is unknown for this queue, and the deployment rolls back. Who
wrote it wanted a FIFO queue, or believes that a standard queue drops what is sent twice, which it does not.

Bad:
    >>> ids(with_queue(mapping("sqs"), fifo_attributes={"ContentBasedDeduplication": True}))
    ['ESM119']

Good:
    >>> ids(with_queue(mapping("sqs-fifo"), fifo_attributes={"ContentBasedDeduplication": True}))
    []

Template:
      Resources:
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
    -       ContentBasedDeduplication: true
            MessageRetentionPeriod: 345600
            RedrivePolicy:
              deadLetterTargetArn: arn:aws:sqs:eu-west-1:111122223333:orders-dead-letters
              maxReceiveCount: 5
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      redrive = {"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111122223333:failed", "maxReceiveCount": 5}
    - queue = sqs.CfnQueue(self, "Queue", redrive_policy=redrive, content_based_deduplication=True)
    + queue = sqs.CfnQueue(self, "Queue", redrive_policy=redrive)
      lambda_.CfnEventSourceMapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn=queue.attr_arn,
          function_response_types=["ReportBatchItemFailures"],
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.queues import queues_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.sqs_queue import FIFO_ATTRIBUTES

FACTS = (
    Fact(
        "SQS-FIFO-1",
        "doc",
        f"{', '.join(FIFO_ATTRIBUTES)} apply to FIFO queues only, and SQS refuses them on a standard queue.",
        page=pages.SQS_ATTRIBUTES,
    ),
)
RULE = Rule(
    id="ESM119",
    name="fifo-attribute-on-standard-queue",
    severity=Severity.ERROR,
    facts=("SQS-FIFO-1",),
    page=pages.SQS_ATTRIBUTES,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for such attributes on a queue that is surely a standard one."""
    for role, queue in queues_of(plan):
        if queue.fifo is not False:
            continue
        for name, value in queue.fifo_attributes.items():
            if isinstance(value, Unknowable):
                continue
            yield RULE.finding(
                plan,
                setting=name,
                got=value,
                allowed="nothing on a standard queue",
                message=f"the {role} is a standard queue, and {name} is an attribute of FIFO queues",
                fix=f"remove {name} from the {role}, or set FifoQueue: true there, which makes another queue",
            )
