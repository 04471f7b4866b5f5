"""A throughput limit per message group goes only with deduplication per message group.

That pair is what AWS calls high throughput for FIFO queues. SQS refuses the limit without the scope, whose default is
the whole queue, so that the deployment rolls back before the mapping is made.

Bad:
    >>> ids(with_queue(mapping("sqs-fifo"), fifo_attributes={"FifoThroughputLimit": "perMessageGroupId"}))
    ['ESM250']

Good:
    >>> both = {"FifoThroughputLimit": "perMessageGroupId", "DeduplicationScope": "messageGroup"}
    >>> ids(with_queue(mapping("sqs-fifo"), fifo_attributes=both))
    []

Template:
      Resources:
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            FifoQueue: true
            FifoThroughputLimit: perMessageGroupId
    +       DeduplicationScope: messageGroup
            RedrivePolicy:
              deadLetterTargetArn: arn:aws:sqs:eu-west-1:111122223333:orders-dead-letters.fifo
              maxReceiveCount: 5
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      queue = sqs.CfnQueue(
          self,
          "Queue",
          fifo_queue=True,
          redrive_policy={"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111122223333:lost.fifo", "maxReceiveCount": 5},
          fifo_throughput_limit="perMessageGroupId",
    +     deduplication_scope="messageGroup",
      )
      lambda_.CfnEventSourceMapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn=queue.attr_arn,
          function_response_types=["ReportBatchItemFailures"],
          batch_size=1,
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import Unknowable
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.queues import queues_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.sqs_queue import LIMIT_PER_GROUP, SCOPE_OF_GROUPS

FACTS = (
    Fact(
        "SQS-FIFO-2",
        "doc",
        f"FifoThroughputLimit can be {LIMIT_PER_GROUP} only if DeduplicationScope is {SCOPE_OF_GROUPS}.",
        page=pages.SQS_CREATE,
    ),
)
RULE = Rule(
    id="ESM250",
    name="throughput-limit-without-scope",
    severity=Severity.ERROR,
    facts=("SQS-FIFO-2",),
    page=pages.SQS_CREATE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the limit with the scope; on a standard queue ESM119 speaks of both."""
    for role, queue in queues_of(plan):
        scope = queue.fifo_attributes.get("DeduplicationScope")
        limit = queue.fifo_attributes.get("FifoThroughputLimit")
        if queue.fifo is not True or limit != LIMIT_PER_GROUP or scope == SCOPE_OF_GROUPS:
            continue
        if isinstance(scope, Unknowable):
            continue
        ours = plan.door == Door.CONSTRUCT and plan.made_by is None
        yield RULE.finding(
            plan,
            setting="DeduplicationScope",
            got=scope,
            allowed=SCOPE_OF_GROUPS,
            message=f"FifoThroughputLimit: {limit} of the {role} needs DeduplicationScope: {SCOPE_OF_GROUPS}, "
            f"got {scope or 'none, which is the whole queue'}",
            fix='write fifo_throughput="high" in the place of fifo_throughput_limit and deduplication_scope'
            if ours
            else f"set DeduplicationScope: {SCOPE_OF_GROUPS} on the {role}, or remove FifoThroughputLimit",
        )
