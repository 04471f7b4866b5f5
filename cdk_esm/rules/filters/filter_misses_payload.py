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

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM502",
    name="filter-misses-payload",
    severity=Severity.DANGER,
    facts=("SQS-FILTER-1", "FIL-6"),
    page=pages.FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the fields that a pattern names with those that the source has."""
    yield from findings(plan, RULE, "unknown-key")
