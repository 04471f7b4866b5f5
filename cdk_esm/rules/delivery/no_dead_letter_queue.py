"""A queue without a dead-letter queue retries a bad message until it expires, and then it is gone.

Every try costs an invocation, and on a FIFO queue the rest of the message group waits behind it. At the end nobody is
told and nothing is left to look at. Whoever wants this says why.

Bad:
    >>> ids(replace(mapping(), failure=FailurePath(kind=FailureKind.NONE)))
    ['ESM308']

Good:
    >>> given_up = FailurePath(kind=FailureKind.NONE, reason="readings are worthless after a minute")
    >>> ids(replace(mapping(), failure=given_up))
    []

Template:
      Resources:
    +   OrdersDeadLetters:
    +     Type: AWS::SQS::Queue
    +     Properties:
    +       MessageRetentionPeriod: 1209600
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            VisibilityTimeout: 180
    +       RedrivePolicy:
    +         deadLetterTargetArn: !GetAtt OrdersDeadLetters.Arn
    +         maxReceiveCount: 5
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
    - queue = sqs.Queue(self, "Queue", visibility_timeout=Duration.minutes(3))
    + dead_letters = sqs.Queue(self, "DeadLetters", retention_period=Duration.days(14))
    + queue = sqs.Queue(
    +     self,
    +     "Queue",
    +     visibility_timeout=Duration.minutes(3),
    +     dead_letter_queue=sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=5),
    + )
      esm.SqsToLambda(self, "Orders", function=function, queue=queue)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Door, FailureKind, MappingPlan, Queue
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM308",
    name="no-dead-letter-queue",
    severity=Severity.DANGER,
    facts=("SQS-DLQ-7",),
    page=pages.SQS_ERRORS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a failure path that ends nowhere, without a reason."""
    plan.source_as(Queue)
    failure = known(plan.failure)
    if failure.kind != FailureKind.NONE or (failure.reason or "").strip():
        return
    consent = "pass NoDeadLetterQueue(reason)" if plan.door == Door.CONSTRUCT else "acknowledge it with a reason"
    yield RULE.finding(
        plan,
        setting="RedrivePolicy",
        got=None,
        allowed=plan.facts.failure_path,
        message="the queue has no dead-letter queue: a message that keeps failing is retried until it expires, "
        "and is then lost",
        fix=f"give the queue a redrive policy with a dead-letter queue, or {consent}",
    )
