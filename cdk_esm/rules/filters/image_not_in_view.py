"""A filter on an image that the table's stream does not carry never matches.

Which images a record has is a choice made on the table. A filter may name one that is not there all the same, AWS takes
it, and every record passes by without having reached the function.

Bad:
    >>> paid = replace(mapping("dynamodb"), filters=('{"dynamodb": {"OldImage": {"state": {"S": ["paid"]}}}}',))
    >>> ids(with_source(paid, view_type="NEW_IMAGE"))
    ['ESM510']

Good:
    >>> paid = replace(mapping("dynamodb"), filters=('{"dynamodb": {"OldImage": {"state": {"S": ["paid"]}}}}',))
    >>> ids(with_source(paid, view_type="NEW_AND_OLD_IMAGES"))
    []
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM510",
    name="image-not-in-view",
    severity=Severity.DANGER,
    facts=("DDB-3",),
    page=pages.DYNAMODB_STREAM_VIEW,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the images that a pattern names with those that the stream carries."""
    yield from findings(plan, RULE, "image-not-in-stream")
