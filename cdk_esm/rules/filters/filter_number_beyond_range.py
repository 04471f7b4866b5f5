"""A filter compares numbers that the service does not tell apart.

EventBridge compares numbers between minus and plus five thousand million, with six digits after the point. Beyond that,
two different numbers may be the same to it.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [{"numeric": [">", 6000000000]}]}}',)), select=["ESM526"])
    ['ESM526']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [{"numeric": [">", 6000]}]}}',)), select=["ESM526"])
    []
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import NUMBER_BEYOND_RANGE
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(NUMBER_BEYOND_RANGE)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for numbers out of the comparable range."""
    yield from findings(plan, RULE)
