"""A property of the source queue, or of its dead-letter queue, lies outside the range that SQS takes.

A visibility timeout that follows the function's timeout can outgrow what SQS allows without anybody typing the number.
SQS then refuses the queue, and the deployment rolls back before the mapping is even made.

Bad:
    >>> ids(with_queue(mapping("sqs"), visibility_timeout_seconds=50_000), select=["ESM104"])
    ['ESM104']

Good:
    >>> ids(with_queue(mapping("sqs"), visibility_timeout_seconds=43_200), select=["ESM104"])
    []

Template:
      Resources:
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
    -       VisibilityTimeout: 50000
    +       VisibilityTimeout: 43200
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
      esm.SqsToLambda(
          self,
          "Orders",
          function=function,
    -     queue=esm.NewQueue(visibility_timeout=Duration.hours(13)),
    +     queue=esm.NewQueue(visibility_timeout=Duration.hours(12)),
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.python_fixes import within
from cdk_esm.rules.queues import OWN_VISIBILITY, queues_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.sqs_queue import QUEUE

RULE = Rule(
    id="ESM104",
    name="queue-out-of-range",
    severity=Severity.ERROR,
    facts=("SQS-VIS-3",),
    page=pages.SQS_QUEUE_RESOURCE,
    negotiable=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the numbers of both queues with the fact sheet."""
    for role, queue in queues_of(plan):
        for name, value in (
            ("VisibilityTimeout", queue.visibility_timeout_seconds),
            ("MessageRetentionPeriod", queue.retention_seconds),
            ("DelaySeconds", queue.delay_seconds),
            *queue.other_numbers.items(),
        ):
            setting = QUEUE.by_name[name]
            if not isinstance(value, int) or setting.admits(value):
                continue
            derived = (
                name == "VisibilityTimeout" and queue is plan.event_source and not plan.chosen_by_user(OWN_VISIBILITY)
            )
            derived = derived and plan.door == Door.CONSTRUCT and not queue.existing
            yield RULE.finding(
                plan,
                setting=name,
                got=value,
                allowed=setting.range_text,
                message=f"{plan.say(setting, value)} of the {role} is out of range: "
                f"{QUEUE.label} takes {setting.range_text}",
                fix="change visibility_timeout_factor or the function's timeout: their product is what it comes from"
                if derived
                else f"{within(plan, setting, value)} of the {role}",
            )
