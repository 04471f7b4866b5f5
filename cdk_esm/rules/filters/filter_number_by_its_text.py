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

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM527",
    name="filter-number-by-its-text",
    severity=Severity.ADVICE,
    facts=(),
    page=pages.FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for bare numbers that can be written in other ways."""
    yield from findings(plan, RULE, "number-by-its-text")
