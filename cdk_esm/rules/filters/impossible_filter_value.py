"""A filter asks a field for a value that the field never has.

Some fields have few values: a change of a table is an INSERT, a MODIFY or a REMOVE, in capitals. Any other word is
taken, and then no record matches for ever.

Bad:
    >>> ids(replace(mapping("dynamodb"), filters=('{"eventName": ["insert"]}',)), select=["ESM521"])
    ['ESM521']

Good:
    >>> ids(replace(mapping("dynamodb"), filters=('{"eventName": ["INSERT"]}',)), select=["ESM521"])
    []
"""

from collections.abc import Iterator

from cdk_esm.filters.table_faults import IMPOSSIBLE_VALUE
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(IMPOSSIBLE_VALUE)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare values with those that the field can have."""
    yield from findings(plan, RULE)
