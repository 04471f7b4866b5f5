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

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings
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
    yield from findings(plan, RULE, "duplicate-key")
