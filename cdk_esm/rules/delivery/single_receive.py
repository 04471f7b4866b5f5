"""A message that may be received only once goes to the dead-letter queue at the first mishap.

Not only failures count as a receive: a throttled invocation and a visibility timeout that ran out do, too. With one
receive a burst of traffic is enough to move good messages that no code has seen.

Bad:
    >>> ids(with_failure(mapping(), max_receive_count=1))
    ['ESM306']

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
    -         maxReceiveCount: 1
    +         maxReceiveCount: 5
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
    - esm.SqsToLambda(self, "Orders", function=function, max_receive_count=1)
    + esm.SqsToLambda(self, "Orders", function=function, max_receive_count=5)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import FailureKind, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.sqs_queue import LEAST_RECEIVES, QUEUE

RULE = Rule(
    id="ESM306",
    name="single-receive",
    severity=Severity.DANGER,
    facts=("SQS-DLQ-3",),
    page=pages.SQS_CONFIGURE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a single receive, whoever chose it: the recommendation is that of AWS."""
    failure = known(plan.failure)
    if failure.kind != FailureKind.DEAD_LETTER_QUEUE:
        return
    receives = known(failure.effective_max_receive_count)
    if receives != 1:
        return
    setting = QUEUE.by_name["RedrivePolicy.maxReceiveCount"]
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=receives,
        allowed=f"at least {LEAST_RECEIVES.value}",
        message=f"{plan.say(setting, receives)} moves a message to the dead-letter queue after its first receive, "
        "even if it was only throttled",
        fix=f"raise {plan.say(setting)} to {LEAST_RECEIVES.value} or more",
    )
