"""The dead-letter queue must be of the source queue's kind: FIFO with FIFO, standard with standard.

A message of a FIFO queue belongs to a group and has its place in an order, one of a standard queue has neither. SQS
refuses a redrive policy from one kind to the other, so neither the source queue nor the mapping is made.

Bad:
    >>> ids(with_dead_letter_queue(mapping("sqs-fifo"), fifo=False), select=["ESM213"])
    ['ESM213']

Good:
    >>> ids(with_dead_letter_queue(mapping("sqs-fifo"), fifo=True))
    []

Template:
      Resources:
        OrdersDeadLetters:
          Type: AWS::SQS::Queue
          Properties:
            MessageRetentionPeriod: 1209600
    +       FifoQueue: true
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            FifoQueue: true
            RedrivePolicy:
              deadLetterTargetArn: !GetAtt OrdersDeadLetters.Arn
              maxReceiveCount: 5
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
    - failed = sqs.Queue(self, "Failed", retention_period=Duration.days(14))
    + failed = sqs.Queue(self, "Failed", retention_period=Duration.days(14), fifo=True)
      esm.SqsFifoToLambda(self, "Orders", function=function, dead_letter_queue=failed)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM213",
    name="dead-letter-queue-of-other-kind",
    severity=Severity.ERROR,
    facts=("SQS-DLQ-1",),
    page=pages.SQS_DEAD_LETTER,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the two queues."""
    dead_letter_queue = known(plan.failure).queue
    if dead_letter_queue is None:
        return
    fifo = known(plan.source_as(Queue).fifo)
    if known(dead_letter_queue.fifo) == fifo:
        return
    wanted, got = ("a FIFO queue", "a standard queue") if fifo else ("a standard queue", "a FIFO queue")
    yield RULE.finding(
        plan,
        setting="RedrivePolicy.deadLetterTargetArn",
        got=got,
        allowed=wanted,
        message=f"the source is {wanted}, its dead-letter queue is {got}",
        fix=f"make the dead-letter queue {wanted}",
    )
