"""A filter on a field that the source does not have never matches.

AWS takes it without a word. Then nothing passes the filter, and what does not pass is gone: a queue's messages are
deleted, every one of them, without reaching the function or a dead-letter queue.

Bad:
    >>> ids(replace(mapping(), filters=('{"data": {"type": ["created"]}}',)), select=["ESM502"])
    ['ESM502']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"type": ["created"]}}',)), select=["ESM502"])
    []
"""

from collections.abc import Iterator

from cdk_esm.filters.shape import top_level
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.patterns import known_patterns
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM502",
    name="filter-misses-payload",
    severity=Severity.DANGER,
    facts=("SQS-FILTER-1", "FIL-6"),
    page=pages.SQS_FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the fields that a pattern names with those that the source has."""
    payload = plan.facts.filter_key
    if payload is None:
        return
    allowed = (payload, *plan.facts.filter_metadata)
    for place, text in known_patterns(plan):
        for entry in top_level(text):
            if entry.key in allowed:
                continue
            meant = next((key for key in allowed if key.lower() == entry.key.lower()), None)
            yield RULE.finding(
                plan,
                setting="FilterCriteria",
                got=entry.key,
                allowed=", ".join(allowed),
                message=f"{place}{entry.json_path} never matches: {plan.facts.label} offers filters only "
                f"{', '.join(allowed)}, and when a record matches none of them, Lambda {plan.facts.unmatched}",
                fix=f'did you mean "{meant}"?' if meant else f'put the pattern under "{payload}"',
            )
