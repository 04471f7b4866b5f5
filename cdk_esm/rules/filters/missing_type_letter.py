"""A filter on an attribute of a DynamoDB record must name the type under which its value stands.

The value of an attribute is not beside its name but one step below, under S, N, BOOL and so on. A filter without that
step never matches, or with "exists": false always does. AWS takes it either way.

Bad:
    >>> paid = '{"dynamodb": {"NewImage": {"state": ["paid"]}}}'
    >>> ids(replace(mapping("dynamodb"), filters=(paid,)))
    ['ESM512']

Good:
    >>> paid = '{"dynamodb": {"NewImage": {"state": {"S": ["paid"]}}}}'
    >>> ids(replace(mapping("dynamodb"), filters=(paid,)))
    []
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM512",
    name="missing-type-letter",
    severity=Severity.DANGER,
    facts=("DDB-5",),
    page=pages.DYNAMODB_FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for attributes without the letter of their type."""
    yield from findings(plan, RULE, "missing-type-letter")
