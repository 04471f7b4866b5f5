"""The dead-letter queue has to admit its source by its redrive allow policy.

A dead-letter queue can say which queues may send their failed messages to it, or that none may. SQS refuses the redrive
policy of a queue that is not among them, and the deployment rolls back.

Bad:
    >>> ids(with_failure(mapping(), admitted=False))
    ['ESM252']

Good:
    >>> ids(with_failure(mapping(), admitted=True))
    []

Template:
      Resources:
        OrdersDeadLetters:
          Type: AWS::SQS::Queue
          Properties:
            MessageRetentionPeriod: 1209600
            RedriveAllowPolicy:
              redrivePermission: byQueue
    -         sourceQueueArns: [arn:aws:sqs:eu-west-1:111122223333:refunds]
    +         sourceQueueArns: [arn:aws:sqs:eu-west-1:111122223333:orders]
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            QueueName: orders
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
      refunds = sqs.Queue.from_queue_arn(self, "Refunds", "arn:aws:sqs:eu-west-1:111122223333:refunds")
      orders = sqs.Queue.from_queue_arn(self, "Known", "arn:aws:sqs:eu-west-1:111122223333:orders")
      failed = sqs.Queue(
          self,
          "Failed",
          retention_period=Duration.days(14),
          redrive_allow_policy=sqs.RedriveAllowPolicy(
    -         source_queues=[refunds],
    +         source_queues=[orders],
          ),
      )
      queue = sqs.Queue(
          self,
          "Queue",
          queue_name="orders",
          visibility_timeout=Duration.minutes(3),
          dead_letter_queue=sqs.DeadLetterQueue(queue=failed, max_receive_count=5),
      )
      esm.SqsToLambda(self, "Orders", function=function, queue=queue)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Door, FailureKind, MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

FACTS = (
    Fact(
        "SQS-DLQ-10",
        "doc",
        "The redrive allow policy of a dead-letter queue says which source queues may name it: all, none, or those "
        "that it lists.",
        page=pages.SQS_ATTRIBUTES,
    ),
)
RULE = Rule(
    id="ESM252",
    name="dead-letter-queue-closed-to-source",
    severity=Severity.ERROR,
    facts=("SQS-DLQ-10",),
    page=pages.SQS_ATTRIBUTES,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask whether the dead-letter queue surely shuts its source out."""
    failure = known(plan.failure)
    if failure.kind != FailureKind.DEAD_LETTER_QUEUE or failure.queue is None or failure.admitted is not False:
        return
    source, target = plan.event_source.identity, failure.queue.identity
    new = plan.door == Door.CONSTRUCT and plan.made_by is None and not failure.queue.existing
    there = "write the ARN of the source queue into sourceQueueArns of RedriveAllowPolicy there, or remove that policy"
    yield RULE.finding(
        plan,
        setting="RedriveAllowPolicy",
        got=target,
        allowed=f"a policy that admits {source}",
        message=f"the dead-letter queue {target} does not admit {source} by its redrive allow policy",
        fix="leave redrive_allow_policy out of the NewQueue" if new else there,
    )
