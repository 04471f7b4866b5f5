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

from cdk_esm.filters.images import images
from cdk_esm.filters.shape import leaves
from cdk_esm.plan import MappingPlan, TableStream
from cdk_esm.rules.patterns import known_patterns
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
    """Look for numeric operators below the images; the time of a change is a number and stands beside them."""
    plan.source_as(TableStream)
    for place, text in known_patterns(plan):
        for leaf in (leaf for image in images(text) for leaf in leaves(image)):
            if not isinstance(leaf.value, list):
                continue
            if not any(isinstance(item, dict) and "numeric" in item for item in leaf.value):
                continue
            yield RULE.finding(
                plan,
                setting="FilterCriteria",
                got="numeric",
                allowed='texts, such as ["100"]',
                message=f"{place}{leaf.json_path} never matches: DynamoDB writes numbers as texts into its records, "
                f"and when a record matches no filter, Lambda {plan.facts.unmatched}",
                fix='compare with texts, such as ["100"], or let the function compare the numbers',
            )
