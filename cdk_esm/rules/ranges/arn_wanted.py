"""What is written where an ARN belongs is no ARN, or it is the ARN of something that is not taken there.

``Ref`` of a queue is its URL, that of a bucket, a stream or a role is its name, and an attribute may be a name as well.
CloudFormation hands the value over as it is, and the service refuses the queue, the function or the mapping during the
deployment.

Bad:
    >>> url = Misplaced(
    ...     place="Queue.RedrivePolicy.deadLetterTargetArn",
    ...     written="!Ref Dead",
    ...     fault="gives a URL and no ARN",
    ...     wanted="the ARN of an Amazon SQS queue",
    ...     fix="give !GetAtt Dead.Arn",
    ... )
    >>> ids(replace(mapping(), misplaced=(url,)))
    ['ESM116']

Good:
    >>> ids(replace(mapping(), misplaced=()))
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
    -         deadLetterTargetArn: !Ref OrdersDeadLetters
    +         deadLetterTargetArn: !GetAtt OrdersDeadLetters.Arn
              maxReceiveCount: 5
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      dead_letters = sqs.Queue(self, "DeadLetters", retention_period=Duration.days(14))
    - target = dead_letters.queue_url
    + target = dead_letters.queue_arn
      redrive = {"deadLetterTargetArn": target, "maxReceiveCount": 5}
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
from typing import Final

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.stream_settings import ON_FAILURE_ARN

FACTS = (
    Fact(
        "ARN-1",
        "doc",
        "A dead-letter queue, a role, a stream of a consumer, a key for filters, a secret and a schema registry of AWS "
        "Glue are named by their ARNs.",
        page=pages.MAPPING_RESOURCE,
    ),
)
RULE = Rule(
    id="ESM116",
    name="arn-wanted",
    severity=Severity.ERROR,
    facts=("ARN-1",),
    page=pages.MAPPING_RESOURCE,
    of_no_source=True,
)

_LEFT_TO_OTHERS: Final = ("EventSourceArn", ON_FAILURE_ARN.name)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Report what the reader of a template found; of the source ESM108 speaks, of a destination ESM221."""
    for one in plan.misplaced:
        if one.place in _LEFT_TO_OTHERS:
            continue
        yield RULE.finding(
            plan,
            setting=one.place,
            got=one.written,
            allowed=one.wanted,
            message=f"{one.place}: {one.written} {one.fault}, and {one.wanted} belongs there",
            fix=one.fix,
        )
