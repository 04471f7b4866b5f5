"""A pattern must not repeat a key in one object.

JSON does not say what a second key of the same name means. Most readers forget the first one, and so half of a
condition may be gone without a word. AWS's own guide shows such a pattern for DynamoDB: both images belong into one
"dynamodb".

Bad:
    >>> twice = '{"dynamodb": {"Keys": {"id": {"S": ["1"]}}}, "dynamodb": {"NewImage": {"state": {"S": ["paid"]}}}}'
    >>> ids(replace(mapping("dynamodb"), filters=(twice,)))
    ['ESM513']

Good:
    >>> once = '{"dynamodb": {"Keys": {"id": {"S": ["1"]}}, "NewImage": {"state": {"S": ["paid"]}}}}'
    >>> ids(replace(mapping("dynamodb"), filters=(once,)))
    []
"""

from collections.abc import Iterator

from cdk_esm.filters.shape import repeated_keys
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.patterns import known_patterns
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM513",
    name="duplicate-key",
    severity=Severity.DANGER,
    facts=("DDB-6",),
    page=pages.DYNAMODB_FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for keys that an object has twice."""
    for place, text in known_patterns(plan):
        for key in repeated_keys(text):
            yield RULE.finding(
                plan,
                setting="FilterCriteria",
                got=key,
                allowed="each key once in an object",
                message=f'{place} has the key "{key}" twice in one object: only one of the two counts, '
                "and nobody says which",
                fix=f'join what stands under "{key}" in one object, or write two filters if either may match',
            )
