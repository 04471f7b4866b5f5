"""Two functions on one queue share its messages out between them.

A queue hands each message to one reader, whichever asks first. Two mappings do not give each function every message:
each gets some of them, at random. To tell several functions of the same thing takes a topic and a queue for each. A
version or an alias counts as another target, so a function and its alias share a queue in the same way.

Bad:
    >>> ids(mapping(), with_function(replace(mapping(), path="Shop/Audit"), identity="audit"), select=["ESM315"])
    ['ESM315']

Good:
    >>> audit = with_function(replace(mapping(), path="Shop/Audit"), identity="audit")
    >>> ids(mapping(), with_queue(audit, identity="arn:aws:sqs:eu-west-1:111122223333:audit"), select=["ESM315"])
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
        Audit:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: audit
    -       EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
    +       EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:audit
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      audit = esm.NewFunction(code="handlers/orders", handler="app.handler")
      orders = esm.SqsToLambda(self, "Orders", function=function)
    - esm.SqsToLambda(self, "Audit", function=audit, queue=orders.queue)
    + esm.SqsToLambda(self, "Audit", function=audit)
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.groups import MOST_NAMED, paths, sharing
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM315",
    name="queue-shared-by-functions",
    severity=Severity.ADVICE,
    facts=(),
    page=pages.SQS,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Look for queues with unfiltered mappings to several targets; of filtered ones another rule speaks."""
    unfiltered = [plan for plan in plans if plan.facts.arn_service == "sqs" and plan.filters == ()]
    for group in sharing(unfiltered, lambda plan: plan.event_source.identity):
        of_target: Counter[str] = Counter()
        first: list[MappingPlan] = []  # of each target as many as a message names
        for place, plan in enumerate(group):
            target = plan.function.identity
            count = place - of_target[target]
            rivals = paths((other for other in first if other.function.identity != target), count)
            first += [plan] if of_target[target] < MOST_NAMED else []
            of_target[target] += 1
            if not count:
                continue
            yield RULE.finding(
                plan,
                setting="EventSourceArn",
                got=plan.event_source.identity,
                allowed="one target for each queue",
                message=f"the queue is also read by {rivals} for another function, version or alias: "
                "each message reaches only one of them",
                fix="map the queue to one of them, or give each its own queue and send to both through a topic",
            )
