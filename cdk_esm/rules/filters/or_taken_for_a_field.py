"""A `$or` that is no list of objects is taken for the name of a field.

AWS joins branches only where `$or` holds a list of two objects or more. In any other form it asks the record for a
field of that name, which no record has, and so nothing matches.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"$or": ["a"]}}',)), select=["ESM523"])
    ['ESM523']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"$or": [{"a": ["1"]}, {"b": ["2"]}]}}',)), select=["ESM523"])
    []
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM523",
    name="or-taken-for-a-field",
    severity=Severity.DANGER,
    facts=("FIL-5",),
    page=pages.FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for `$or` that joins nothing."""
    yield from findings(plan, RULE, "or-is-a-field")
