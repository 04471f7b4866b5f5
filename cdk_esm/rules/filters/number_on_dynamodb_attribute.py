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

from cdk_esm.filters.table_faults import NUMBER_IN_DYNAMODB
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(NUMBER_IN_DYNAMODB)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for numbers where the record holds texts."""
    yield from findings(plan, RULE)
