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

from cdk_esm.filters.faults import DUPLICATE_KEY
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(DUPLICATE_KEY)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for keys that an object has twice."""
    yield from findings(plan, RULE)
