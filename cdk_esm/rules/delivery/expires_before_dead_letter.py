"""All receives of a message must fit into the time for which the queue keeps it.

A failing message comes back once per visibility timeout. If that, times the receives it may have, is longer than the
queue's retention, it expires first: it never reaches the dead-letter queue, and no alarm on that queue will tell.

Bad:
    >>> ids(with_queue(mapping(), retention_seconds=600), select=["ESM310"])
    ['ESM310']

Good:
    >>> ids(with_queue(mapping(), retention_seconds=3600), select=["ESM310"])
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
    -       MessageRetentionPeriod: 600
    +       MessageRetentionPeriod: 3600
            VisibilityTimeout: 180
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
      esm.SqsToLambda(
          self,
          "Orders",
          function=function,
    -     queue=esm.NewQueue(retention=Duration.minutes(10)),
    +     queue=esm.NewQueue(retention=Duration.hours(1)),
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import FailureKind, MappingPlan, Queue
from cdk_esm.printed import counted
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.sqs_queue import QUEUE

RULE = Rule(
    id="ESM310",
    name="expires-before-dead-letter",
    severity=Severity.DANGER,
    facts=("SQS-DLQ-8",),
    page=pages.SQS_DEAD_LETTER,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the time that all receives take with the retention."""
    failure = known(plan.failure)
    if failure.kind != FailureKind.DEAD_LETTER_QUEUE:
        return
    receives = known(failure.effective_max_receive_count)
    visibility = known(plan.source_as(Queue).effective_visibility_seconds)
    retention = known(plan.source_as(Queue).effective_retention_seconds)
    needed = receives * visibility
    if needed < retention:
        return
    setting = QUEUE.by_name["MessageRetentionPeriod"]
    longest = setting.maximum or 0
    count = plan.say(QUEUE.by_name["RedrivePolicy.maxReceiveCount"])
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=retention,
        allowed=f"more than {needed} seconds",
        message=f"{_receives(receives, visibility)} {needed} seconds, but the queue keeps a "
        f"message for {retention}: it expires before it reaches the dead-letter queue",
        fix=(f"raise the queue's retention above {needed} seconds, or " if needed < longest else "")
        + f"lower {count} or the visibility timeout",
    )


def _receives(receives: int, visibility: int) -> str:
    hidden = counted(visibility, "second", "")
    return f"1 receive of {hidden} takes" if receives == 1 else f"{receives} receives of {hidden} each take"
