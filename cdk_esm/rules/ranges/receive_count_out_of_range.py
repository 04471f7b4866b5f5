"""The receives before the dead-letter queue lie outside the range that SQS takes.

SQS refuses the redrive policy, and the queue with it, and the deployment rolls back. No page has the range: SQS itself
names it in the answer to whoever leaves it.

Bad:
    >>> ids(with_failure(mapping("sqs"), max_receive_count=1_001), select=["ESM105"])
    ['ESM105']

Good:
    >>> ids(with_failure(mapping("sqs"), max_receive_count=1_000), select=["ESM105"])
    []

Template:
      Resources:
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            RedrivePolicy:
              deadLetterTargetArn: arn:aws:sqs:eu-west-1:111122223333:orders-dead-letters
    -         maxReceiveCount: 1001
    +         maxReceiveCount: 1000
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
    - esm.SqsToLambda(self, "Orders", function=function, max_receive_count=1001)
    + esm.SqsToLambda(self, "Orders", function=function, max_receive_count=1000)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.sqs_queue import QUEUE

_COUNT = QUEUE.by_name["RedrivePolicy.maxReceiveCount"]

RULE = Rule(
    id="ESM105",
    name="receive-count-out-of-range",
    severity=Severity.ERROR,
    facts=("SQS-DLQ-9",),
    page=pages.SQS_ATTRIBUTES,
    negotiable=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the count with the fact sheet."""
    count = known(known(plan.failure).max_receive_count)
    if count is None or _COUNT.admits(count):
        return
    yield RULE.finding(
        plan,
        setting=_COUNT.name,
        got=count,
        allowed=_COUNT.range_text,
        message=f"{plan.say(_COUNT, count)} is out of range: {QUEUE.label} takes {_COUNT.range_text}",
        fix=f"set {plan.say(_COUNT)} to {_COUNT.range_text}",
    )
