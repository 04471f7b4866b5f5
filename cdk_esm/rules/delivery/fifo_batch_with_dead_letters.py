"""In a batch of several messages of a FIFO queue, good messages use up receives with a bad one of their group.

While the first message of a group is in flight, SQS hands out nothing else of the group; what came in the same batch is
received with it each time. A handler that stops at a failure returns all that follow, also those of other groups, and
after the last receive they end in the dead-letter queue untried. With one message in a batch only the bad one goes.

Bad:
    >>> ids(mapping("sqs-fifo", BatchSize=10))
    ['ESM362']

Good:
    >>> ids(mapping("sqs-fifo", BatchSize=1))
    []

Template:
      Resources:
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            FifoQueue: true
            RedrivePolicy:
              deadLetterTargetArn: arn:aws:sqs:eu-west-1:111122223333:orders-dead-letters.fifo
              maxReceiveCount: 5
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]
    -       BatchSize: 10
    +       BatchSize: 1

Python:
    - esm.SqsFifoToLambda(self, "Orders", function=function, batch_size=10)
    + esm.SqsFifoToLambda(self, "Orders", function=function, batch_size=1)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import FailureKind, MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

FACTS = (
    Fact(
        "SQS-FIFO-3",
        "doc",
        "A handler that reports partial failures of a FIFO queue should stop at the first failure and return all "
        "messages that were not processed, and each of them is received again.",
        page=pages.SQS_ERRORS,
    ),
)
RULE = Rule(
    id="ESM362",
    name="fifo-batch-with-dead-letters",
    severity=Severity.ADVICE,
    facts=("SQS-FIFO-3",),
    page=pages.SQS_ERRORS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a batch of several messages before a dead-letter queue."""
    if not plan.facts.keeps_order or "FunctionResponseTypes" not in plan.facts.by_name:
        return
    failure = known(plan.failure)
    batch = known(plan.setting("BatchSize"))
    if failure.kind != FailureKind.DEAD_LETTER_QUEUE or batch <= 1:
        return
    yield RULE.finding(
        plan,
        setting="BatchSize",
        got=batch,
        allowed="1 before a dead-letter queue",
        message=f"of up to {batch} messages in a batch, good ones use up their receives behind a bad one and end in "
        "the dead-letter queue untried",
        fix=f"set {plan.say('BatchSize', 1)}; or let the handler go on with the other groups, such as by Powertools' "
        "SqsFifoPartialProcessor(skip_group_on_error=True), and acknowledge this",
    )
