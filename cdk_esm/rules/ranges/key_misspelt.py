"""A key in a nested record is spelt in another way than the service spells it.

``RedrivePolicy`` is handed to Amazon SQS as it is written, and there its keys begin with a small letter; the records of
CloudFormation begin with a capital one. A key that nobody knows is refused, or what it says does not hold.

Bad:
    >>> capital = Misspelt(place="Queue.RedrivePolicy", key="MaxReceiveCount", right="maxReceiveCount")
    >>> ids(replace(mapping(), misspelt=(capital,)))
    ['ESM117']

Good:
    >>> ids(replace(mapping(), misspelt=()))
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
    -         MaxReceiveCount: 5
    +         maxReceiveCount: 5
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      dead_letters = sqs.Queue(self, "DeadLetters", retention_period=Duration.days(14))
    - redrive = {"deadLetterTargetArn": dead_letters.queue_arn, "MaxReceiveCount": 5}
    + redrive = {"deadLetterTargetArn": dead_letters.queue_arn, "maxReceiveCount": 5}
      queue = sqs.CfnQueue(self, "Queue", visibility_timeout=180, redrive_policy=redrive)
      lambda_.CfnEventSourceMapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn=queue.attr_arn,
          function_response_types=["ReportBatchItemFailures"],
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

FACTS = (
    Fact(
        "KEY-1",
        "schema",
        "The keys of a redrive policy are deadLetterTargetArn and maxReceiveCount; capitals count in every key.",
        page=pages.SQS_QUEUE_RESOURCE,
    ),
)
RULE = Rule(
    id="ESM117",
    name="key-misspelt",
    severity=Severity.ERROR,
    facts=("KEY-1",),
    page=pages.SQS_QUEUE_RESOURCE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Report what the reader of a template found; ESM102 speaks of the mapping's own keys."""
    for one in plan.misspelt:
        yield RULE.finding(
            plan,
            setting=f"{one.place}.{one.key}",
            got=one.key,
            allowed=one.right,
            message=f"{one.place} has no key {one.key}",
            fix=f"did you mean {one.right}?",
        )
