"""A mapping reads another mapping's dead-letter queue with nothing that holds it back.

What lies in a dead-letter queue has failed before and will most likely fail again. A consumer without a limit takes it
all at once: a storm of retries that uses up the concurrency which the healthy traffic needs. Messages there are better
moved back by hand once their cause is mended, or read by a mapping that is disabled until then, or limited.

Bad:
    >>> retry = with_queue(mapping(), identity="arn:aws:sqs:eu-west-1:111122223333:orders-dead")
    >>> ids(mapping(), replace(retry, path="Shop/Retry"), select=["ESM325"])
    ['ESM325']

Good:
    >>> limited = mapping("sqs", ScalingConfig={"MaximumConcurrency": 2})
    >>> retry = with_queue(limited, identity="arn:aws:sqs:eu-west-1:111122223333:orders-dead")
    >>> ids(mapping(), replace(retry, path="Shop/Retry"), select=["ESM325"])
    []

Template:
      Resources:
        OrdersDeadLetters:
          Type: AWS::SQS::Queue
          Properties:
            MessageRetentionPeriod: 1209600
            RedrivePolicy:
              deadLetterTargetArn: arn:aws:sqs:eu-west-1:111122223333:orders-lost
              maxReceiveCount: 5
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            RedrivePolicy:
              deadLetterTargetArn: !GetAtt OrdersDeadLetters.Arn
              maxReceiveCount: 5
            VisibilityTimeout: 180
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]
        Retry:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: retry
            EventSourceArn: !GetAtt OrdersDeadLetters.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]
    +       ScalingConfig:
    +         MaximumConcurrency: 2

Python:
      retry = esm.NewFunction(code="handlers/orders", handler="app.handler")
      orders = esm.SqsToLambda(self, "Orders", function=function)
      nothing = esm.NoDeadLetterQueue("what fails here stays until somebody looks at it")
    - esm.SqsToLambda(self, "Retry", function=retry, queue=orders.dead_letter_queue, dead_letter_queue=nothing)
    + esm.SqsToLambda(
    +     self,
    +     "Retry",
    +     function=retry,
    +     queue=orders.dead_letter_queue,
    +     dead_letter_queue=nothing,
    +     max_concurrency=2,
    + )
"""

from collections.abc import Iterator, Sequence

from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.sqs_settings import MAXIMUM_CONCURRENCY

RULE = Rule(
    id="ESM325",
    name="dead-letter-queue-consumed-freely",
    severity=Severity.ADVICE,
    facts=(),
    page=pages.SQS_SCALING,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Look for mappings whose source is the dead-letter queue of another."""
    feeders: dict[str, list[str]] = {}
    for plan in plans:
        if isinstance(plan.failure, FailurePath) and plan.failure.queue is not None:
            feeders.setdefault(plan.failure.queue.identity, []).append(plan.path)
    for plan in plans:
        source = plan.event_source.identity
        feeder = next((path for path in feeders.get(source, ()) if path != plan.path), None)
        limited = plan.given(MAXIMUM_CONCURRENCY.name) is not None or plan.setting("Enabled") is not True
        if feeder is None or limited:
            continue
        yield RULE.finding(
            plan,
            setting=MAXIMUM_CONCURRENCY.name,
            got=None,
            allowed="a limit, or a mapping that is disabled",
            message=f"the source is the dead-letter queue of {feeder}, and nothing limits how fast it is tried again",
            fix=f"add {plan.say(MAXIMUM_CONCURRENCY, MAXIMUM_CONCURRENCY.minimum)}, or disable the mapping until the "
            "cause is mended",
        )
