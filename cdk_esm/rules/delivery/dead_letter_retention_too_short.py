"""The dead-letter queue of a standard queue must not give a message up before the queue itself would.

A message keeps the date on which it first entered the source. If the dead-letter queue keeps messages for less time, or
if the receives use up nearly all of it, what fails expires there at once, or before anybody has looked. A FIFO queue
dates it anew.

Bad:
    >>> ids(with_dead_letter_queue(mapping(), retention_seconds=259_200))
    ['ESM309']

Good:
    >>> ids(with_dead_letter_queue(mapping(), retention_seconds=1_209_600))
    []

Template:
      Resources:
        OrdersDeadLetters:
          Type: AWS::SQS::Queue
          Properties:
    -       MessageRetentionPeriod: 259200
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
    - failed = sqs.Queue(self, "Failed", retention_period=Duration.days(3))
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

from cdk_esm.durations import SECONDS_A_DAY
from cdk_esm.plan import MappingPlan
from cdk_esm.printed import counted
from cdk_esm.rules.dead_letters import Kept, kept_by
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM309",
    name="dead-letter-retention-too-short",
    severity=Severity.DANGER,
    facts=("SQS-DLQ-4",),
    page=pages.SQS_DEAD_LETTER,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the two retentions as AWS will see them, and what is left when the receives are over."""
    kept = kept_by(plan)
    if kept is None or not (kept.is_shorter or kept.leaves_little):
        return
    yield RULE.finding(
        plan,
        setting=kept.setting.name,
        got=kept.seconds,
        allowed=f"more than {kept.source_seconds} seconds, and {SECONDS_A_DAY} more than the receives take",
        message=f"the dead-letter queue keeps a message for {kept.seconds} seconds from its arrival in the source, "
        + _why(kept),
        fix=_fix(kept),
    )


def _why(kept: Kept) -> str:
    if kept.is_shorter:
        return f"which itself keeps it for {kept.source_seconds} seconds: what fails late expires unseen"
    tried, left = counted(kept.tried_seconds or 0, "second", ""), max(kept.left_seconds or 0, 0)
    return f"and after {tried} of receives {left} {'is' if left == 1 else 'are'} left to look at it"


def _fix(kept: Kept) -> str:
    """What to change at the dead-letter queue, or at the receives: the source keeps what it keeps."""
    if kept.is_shorter and kept.source_seconds < kept.longest:
        return (
            f"set the dead-letter queue's retention to more than {kept.source_seconds} seconds, at most {kept.longest}"
        )
    if kept.seconds < kept.longest:
        return f"set the dead-letter queue's retention to {kept.longest} seconds, which is the longest"
    return "lower maxReceiveCount, or the visibility timeout of the source queue, so that messages come there sooner"
