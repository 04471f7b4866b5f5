"""Two mappings with filters on one queue delete each other's messages.

A queue hands each message to one of its readers, whichever asks first. A reader whose filter does not want the message
deletes it, so it never comes to the other one, which does want it. A topic with a queue for each function filters
without loss.

Bad:
    >>> paid = replace(mapping(), filters=('{"body": {"type": ["paid"]}}',))
    >>> ids(paid, replace(mapping(), path="Shop/Returns"), select=["ESM509"])
    ['ESM509']

Good:
    >>> ids(mapping(), replace(mapping(), path="Shop/Returns"), select=["ESM509"])
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria:
              Filters:
                - Pattern: '{"body": {"type": ["paid"]}}'
            MetricsConfig:
              Metrics: [EventCount]
        Refunds:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: refunds
    -       EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
    +       EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:refunds
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria:
              Filters:
                - Pattern: '{"body": {"type": ["lost"]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
      refunds = esm.NewFunction(code="handlers/orders", handler="app.handler")
      paid, lost = {"body": {"type": ["paid"]}}, {"body": {"type": ["lost"]}}
      orders = esm.SqsToLambda(self, "Orders", function=function, filters=[paid])
    - esm.SqsToLambda(self, "Refunds", function=refunds, filters=[lost], queue=orders.queue)
    + esm.SqsToLambda(self, "Refunds", function=refunds, filters=[lost])
"""

from collections.abc import Iterator, Sequence

from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.groups import paths, sharing
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM509",
    name="two-filtered-mappings",
    severity=Severity.DANGER,
    facts=("SQS-FILTER-3",),
    page=pages.FILTERS,
)


def _has_filters(plan: MappingPlan) -> bool:
    return not isinstance(plan.filters, Unknowable) and any(isinstance(text, str) for text in plan.filters)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Look for queues that several mappings read, at least one of them with filters."""
    queues = [plan for plan in plans if plan.facts.arn_service == "sqs"]
    for group in sharing(queues, lambda plan: plan.event_source.identity):
        before: list[MappingPlan] = []
        filtered: list[MappingPlan] = []
        for plan in group:
            rivals = before if _has_filters(plan) else filtered
            found = paths(rivals)  # before the plan itself is among them
            before.append(plan)
            filtered += [plan] if _has_filters(plan) else []
            if not found:
                continue
            yield RULE.finding(
                plan,
                setting="FilterCriteria",
                got=plan.event_source.identity,
                allowed="one mapping for each queue, where filters are used",
                message=f"the queue is also read by {found}, and not all take every message: what one filters "
                "out is deleted before the other sees it",
                fix="give each mapping a queue of its own, and let a topic filter what goes to which",
            )
