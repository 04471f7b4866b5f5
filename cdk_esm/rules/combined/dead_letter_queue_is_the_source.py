"""The dead-letter queue is the source queue itself.

A message that cannot be processed would be moved to where it came from, and be received again, until it expires there.
Nothing is set aside, nobody is told, and in the end the message is gone.

Bad:
    >>> ids(with_dead_letter_queue(mapping(), identity=mapping().event_source.identity), select=["ESM216"])
    ['ESM216']

Good:
    >>> ids(with_dead_letter_queue(mapping(), identity="arn:aws:sqs:eu-west-1:111122223333:orders-dead"))
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
    -         deadLetterTargetArn: !Sub arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders
    +         deadLetterTargetArn: !GetAtt OrdersDeadLetters.Arn
              maxReceiveCount: 5
            QueueName: orders
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      queue = sqs.CfnQueue(self, "Queue", queue_name="orders", visibility_timeout=180)
    - failed = "arn:aws:sqs:eu-west-1:111122223333:orders"
    + failed = "arn:aws:sqs:eu-west-1:111122223333:orders-failed"
      queue.redrive_policy = {"deadLetterTargetArn": failed, "maxReceiveCount": 5}
      lambda_.CfnEventSourceMapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn=queue.attr_arn,
          function_response_types=["ReportBatchItemFailures"],
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM216",
    name="dead-letter-queue-is-the-source",
    severity=Severity.DANGER,
    facts=("SQS-DLQ-7",),
    page=pages.SQS_DEAD_LETTER,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the identities of the two queues."""
    dead_letter_queue = known(plan.failure).queue
    if dead_letter_queue is None or dead_letter_queue.identity != plan.event_source.identity:
        return
    yield RULE.finding(
        plan,
        setting="RedrivePolicy.deadLetterTargetArn",
        got=dead_letter_queue.identity,
        allowed="another queue than the source",
        message="the source queue is its own dead-letter queue",
        fix="make another queue for the messages that cannot be processed",
    )
