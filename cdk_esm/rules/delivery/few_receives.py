"""A message should get several receives before it is moved to the dead-letter queue.

Throttled invocations and visibility timeouts that ran out count as receives, so a short spell of trouble uses a small
number up. Good messages then wait in the dead-letter queue until somebody puts them back.

Bad:
    >>> ids(with_failure(mapping(), max_receive_count=3))
    ['ESM307']

Good:
    >>> ids(with_failure(mapping(), max_receive_count=5))
    []

Template:
      Resources:
        OrdersDeadLetters:
          Type: AWS::SQS::Queue
          Properties:
            MessageRetentionPeriod: 1209600
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            RedrivePolicy:
              deadLetterTargetArn: !GetAtt OrdersDeadLetters.Arn
    -         maxReceiveCount: 3
    +         maxReceiveCount: 5
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
    - esm.SqsToLambda(self, "Orders", function=function, max_receive_count=3)
    + esm.SqsToLambda(self, "Orders", function=function, max_receive_count=5)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import FailureKind, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.sqs_queue import LEAST_RECEIVES, QUEUE

RULE = Rule(
    id="ESM307",
    name="few-receives",
    severity=Severity.ADVICE,
    facts=("SQS-DLQ-3",),
    page=pages.SQS_CONFIGURE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the receives with the recommended number; of a single one another rule speaks."""
    failure = known(plan.failure)
    if failure.kind != FailureKind.DEAD_LETTER_QUEUE:
        return
    receives = known(failure.effective_max_receive_count)
    if not 1 < receives < LEAST_RECEIVES.value:
        return
    setting = QUEUE.by_name["RedrivePolicy.maxReceiveCount"]
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=receives,
        allowed=f"at least {LEAST_RECEIVES.value}",
        message=f"{plan.say(setting, receives)} gives a message fewer than the {LEAST_RECEIVES.value} receives "
        "that survive a spell of throttling",
        fix=f"raise {plan.say(setting)} to {LEAST_RECEIVES.value} or more",
    )
