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

from cdk_esm.facts import known
from cdk_esm.filters.images import images
from cdk_esm.filters.shape import Entry, leaves
from cdk_esm.plan import MappingPlan, TableStream
from cdk_esm.rules.patterns import known_patterns
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.dynamodb_table import IMAGES_OF_VIEW, TABLE

RULE = Rule(
    id="ESM510",
    name="image-not-in-view",
    severity=Severity.DANGER,
    facts=("DDB-3",),
    page=pages.DYNAMODB_STREAM_VIEW,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the images that a pattern names with those of the view."""
    view = known(plan.source_as(TableStream).view_type)
    if view is None or view not in IMAGES_OF_VIEW:
        return
    setting = TABLE.by_name["StreamSpecification.StreamViewType"]
    for place, text in known_patterns(plan):
        for image in images(text):
            if image.key == "Keys" or image.key in IMAGES_OF_VIEW[view] or _wants_absence(image):
                continue
            carrying = [name for name, carried in IMAGES_OF_VIEW.items() if image.key in carried]
            yield RULE.finding(
                plan,
                setting="FilterCriteria",
                got=image.key,
                allowed=", ".join(("Keys", *IMAGES_OF_VIEW[view])),
                message=f"{place}{image.json_path} never matches: with {plan.say(setting, view)} a record has no "
                f"{image.key}, and when it matches no filter, Lambda {plan.facts.unmatched}",
                fix=f"set {plan.say(setting)} to {' or '.join(carrying)}, or filter on what the record has",
            )


def _wants_absence(image: Entry) -> bool:
    return all(leaf.value == [{"exists": False}] for leaf in leaves(image))
