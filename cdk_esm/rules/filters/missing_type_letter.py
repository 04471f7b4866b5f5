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

from cdk_esm.filters.images import TYPES, attributes, images
from cdk_esm.filters.shape import Entry, fields
from cdk_esm.plan import MappingPlan, TableStream
from cdk_esm.rules.patterns import known_patterns
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
    """Look at every attribute that a pattern names, also inside maps."""
    plan.source_as(TableStream)
    for place, text in known_patterns(plan):
        for attribute in (attribute for image in images(text) for attribute in attributes(image)):
            if not _lacks_type(attribute):
                continue
            always = attribute.value == [{"exists": False}]
            yield RULE.finding(
                plan,
                setting="FilterCriteria",
                got=attribute.key,
                allowed=", ".join(TYPES),
                message=f"{place}{attribute.json_path} {'always' if always else 'never'} matches: in a DynamoDB record "
                "the value of an attribute stands under its type",
                fix=f'name the type: {{"{attribute.key}": {{"S": [...]}}}}, with one of {", ".join(TYPES)}',
            )


def _lacks_type(attribute: Entry) -> bool:
    """Whether a value stands where the type should; what is empty or bare is no pattern, and ESM501 says so."""
    value = attribute.value
    if isinstance(value, dict):
        return bool(value) and not any(field.key in TYPES for field in fields(attribute))
    return isinstance(value, list) and bool(value)
