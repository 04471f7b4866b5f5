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

from cdk_esm.filters.faults import OR_IS_A_FIELD
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(OR_IS_A_FIELD)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for `$or` that joins nothing."""
    yield from findings(plan, RULE)
