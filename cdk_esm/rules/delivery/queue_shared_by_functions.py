"""Two functions on one queue share its messages out between them.

A queue hands each message to one reader, whichever asks first. Two mappings do not give each function every message:
each gets some of them, at random. To tell several functions of the same thing takes a topic and a queue for each.

Bad:
    >>> ids(mapping(), with_function(replace(mapping(), path="Shop/Audit"), identity="audit"), select=["ESM315"])
    ['ESM315']

Good:
    >>> audit = with_function(replace(mapping(), path="Shop/Audit"), identity="audit")
    >>> ids(mapping(), with_queue(audit, identity="arn:aws:sqs:eu-west-1:111122223333:audit"), select=["ESM315"])
    []
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
    """Look for queues with unfiltered mappings to several functions; of filtered ones another rule speaks."""
    unfiltered = [plan for plan in plans if plan.facts.arn_service == "sqs" and plan.filters == ()]
    for group in sharing(unfiltered, lambda plan: plan.event_source.identity):
        of_pool: Counter[str] = Counter()
        first: list[MappingPlan] = []  # of each function as many as a message names
        for place, plan in enumerate(group):
            pool = plan.function.concurrency_pool
            count = place - of_pool[pool]
            rivals = paths((other for other in first if other.function.concurrency_pool != pool), count)
            first += [plan] if of_pool[pool] < MOST_NAMED else []
            of_pool[pool] += 1
            if not count:
                continue
            yield RULE.finding(
                plan,
                setting="EventSourceArn",
                got=plan.event_source.identity,
                allowed="one function for each queue",
                message=f"the queue is also read by {rivals} for another function: "
                "each message reaches only one of them",
                fix="give each function its own queue, and send to both through a topic",
            )
