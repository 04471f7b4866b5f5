"""A list of conditions takes every value, so it filters nothing.

The members of a list are alternatives. One that is there and one that is absent, or one that is a value and one that is
anything but that value, let every record through: whoever wrote them meant both at once.

Bad:
    >>> everything = '{"body": {"state": ["paid", {"anything-but": ["paid"]}]}}'
    >>> ids(replace(mapping(), filters=(everything,)), select=["ESM522"])
    ['ESM522']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"state": [{"anything-but": ["paid"]}]}}',)), select=["ESM522"])
    []
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM522",
    name="filter-takes-everything",
    severity=Severity.DANGER,
    facts=("FIL-5",),
    page=pages.FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for alternatives that leave nothing out."""
    yield from findings(plan, RULE, "always-true")
