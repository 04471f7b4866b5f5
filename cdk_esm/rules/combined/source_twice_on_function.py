"""The same source is mapped to the same function twice.

Lambda takes one mapping per source and function and answers the second one with a conflict. A version or an alias is
another target; two of them on one queue share its messages between them, which is seldom what was meant. A consumer
of a stream is another source, too.

Bad:
    >>> ids(mapping(), replace(mapping(), path="Shop/Again"), select=["ESM208"])
    ['ESM208']

Good:
    >>> ids(mapping(), with_function(replace(mapping(), path="Shop/Bill"), identity="bill"), select=["ESM208"])
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
    -   Again:
    -     Type: AWS::Lambda::EventSourceMapping
    -     Properties:
    -       FunctionName: orders
    -       EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
    -       FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      queue = sqs.Queue.from_queue_arn(self, "Queue", "arn:aws:sqs:eu-west-1:111122223333:orders")
      mine = lambda_.Function.from_function_arn(
          self, "Mine", "arn:aws:lambda:eu-west-1:111122223333:function:orders"
      )
      mine.add_event_source_mapping("Orders", event_source_arn=queue.queue_arn, report_batch_item_failures=True)
    - mine.add_event_source_mapping("Again", event_source_arn=queue.queue_arn, report_batch_item_failures=True)
"""

from collections.abc import Iterator, Sequence

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.conflicts import function_named, source_named
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM208",
    name="source-twice-on-function",
    severity=Severity.ERROR,
    facts=("ID-1",),
    page=pages.MAPPING_API,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Remember the first mapping of each pair, and report every further one."""
    first: dict[tuple[str, str], MappingPlan] = {}
    for plan in plans:
        if not plan.facts.once_per_function:
            continue
        pair = (source_named(plan), function_named(plan))
        earlier = first.setdefault(pair, plan)
        if earlier is plan:
            continue
        yield RULE.finding(
            plan,
            setting="EventSourceArn",
            got=source_named(plan),
            allowed="one mapping per source and function",
            message=f"{earlier.path} already maps this source to this function",
            fix=f"remove this mapping or {earlier.path}",
        )
