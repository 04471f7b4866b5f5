"""A bare number in a filter is compared by the way it is written.

To a bare number 300, 300.0 and 3.0e2 are three different things, so a producer that writes numbers another way is
filtered out. A numeric comparison looks at the value.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [300.0]}}',)), select=["ESM527"])
    ['ESM527']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [{"numeric": ["=", 300.0]}]}}',)), select=["ESM527"])
    []
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import NUMBER_BY_ITS_TEXT
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(NUMBER_BY_ITS_TEXT)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for bare numbers that can be written in other ways."""
    yield from findings(plan, RULE)
