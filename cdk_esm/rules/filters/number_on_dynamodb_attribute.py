"""A numeric comparison never matches an attribute of a DynamoDB record.

The record carries numbers as texts, {"N": "100"}, and a numeric operator looks only at numbers. AWS takes the pattern
and passes every record by. CDK's FilterRule.is_equal(100) writes just this.

Bad:
    >>> big = '{"dynamodb": {"NewImage": {"total": {"N": [{"numeric": [">", 100]}]}}}}'
    >>> ids(replace(mapping("dynamodb"), filters=(big,)))
    ['ESM511']

Good:
    >>> exact = '{"dynamodb": {"NewImage": {"total": {"N": ["100"]}}}}'
    >>> ids(replace(mapping("dynamodb"), filters=(exact,)))
    []
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM511",
    name="number-on-dynamodb-attribute",
    severity=Severity.DANGER,
    facts=("DDB-4",),
    page=pages.DYNAMODB_FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for numbers where the record holds texts."""
    yield from findings(plan, RULE, "number-in-dynamodb")
