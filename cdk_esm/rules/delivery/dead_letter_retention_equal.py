"""The dead-letter queue of a standard queue should keep messages longer than the queue itself.

A message keeps the date on which it first entered the source. If both queues keep messages for the same time, one that
waited long in the source has little time left in the dead-letter queue. AWS recommends that it keeps them longer; where
both keep them for the longest time that there is, somebody has to look in time.

Bad:
    >>> ids(with_dead_letter_queue(mapping(), retention_seconds=345_600))
    ['ESM352']

Good:
    >>> ids(with_dead_letter_queue(mapping(), retention_seconds=1_209_600))
    []

Template:
      Resources:
        OrdersDeadLetters:
          Type: AWS::SQS::Queue
          Properties:
    -       MessageRetentionPeriod: 345600
    +       MessageRetentionPeriod: 1209600
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            MessageRetentionPeriod: 345600
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
    - failed = sqs.Queue(self, "Failed", retention_period=Duration.days(4))
    + failed = sqs.Queue(self, "Failed", retention_period=Duration.days(14))
      esm.SqsToLambda(
          self,
          "Orders",
          function=function,
          queue=esm.NewQueue(retention=Duration.days(4)),
          dead_letter_queue=failed,
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.dead_letters import kept_by
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM352",
    name="dead-letter-retention-equal",
    severity=Severity.ADVICE,
    facts=("SQS-DLQ-4",),
    page=pages.SQS_DEAD_LETTER,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for two retentions that are the same; of a shorter one, and of receives that take long, ESM309 speaks."""
    kept = kept_by(plan)
    if kept is None or kept.seconds != kept.source_seconds or kept.leaves_little:
        return
    longer = f"set the dead-letter queue's retention to more than {kept.source_seconds} seconds, at most {kept.longest}"
    look = (
        "no queue keeps messages longer: let somebody look as soon as the alarm on the dead-letter queue tells, and "
        "acknowledge this"
    )
    yield RULE.finding(
        plan,
        setting=kept.setting.name,
        got=kept.seconds,
        allowed=f"more than {kept.source_seconds} seconds",
        message=f"both queues keep a message for {kept.seconds} seconds from its arrival in the source: what fails "
        "late has little time left in the dead-letter queue",
        fix=longer if kept.seconds < kept.longest else look,
    )
