"""A tag of the mapping has a key or a value that AWS does not take.

Tags are written for whole apps at once, by a pipeline or by an aspect, so a value that is too long sits far from the
mapping that fails because of it. Keys under ``aws:`` belong to AWS.

Bad:
    >>> ids(mapping("sqs", Tags=[{"Key": "aws:team", "Value": "orders"}]), select=["ESM107"])
    ['ESM107']

Good:
    >>> ids(mapping("sqs", Tags=[{"Key": "team", "Value": "orders"}]))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
            Tags:
    -         - Key: aws:team
    +         - Key: team
                Value: shop

Python:
    - esm.SqsToLambda(self, "Orders", function=function, tags={"aws:team": "shop"})
    + esm.SqsToLambda(self, "Orders", function=function, tags={"team": "shop"})
"""

from collections.abc import Iterator, Mapping

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.common import TAG_KEY_CHARACTERS, TAG_VALUE_CHARACTERS

RULE = Rule(
    id="ESM107",
    name="tags-out-of-range",
    severity=Severity.ERROR,
    facts=("sqs_standard.Tags",),
    page=pages.MAPPING_RESOURCE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Measure every tag."""
    key_range = f"at most {TAG_KEY_CHARACTERS.value} characters, at least one, not beginning with aws:"
    value_range = f"at most {TAG_VALUE_CHARACTERS.value} characters"
    for tag in known(plan.given("Tags")) or ():
        if not isinstance(tag, Mapping):
            continue
        key, value = tag.get("Key"), tag.get("Value")
        if isinstance(key, str) and (not key or len(key) > TAG_KEY_CHARACTERS.value or key.startswith("aws:")):
            yield _finding(plan, key, f"the tag key {key!r} of {len(key)} characters", key_range)
        if isinstance(value, str) and len(value) > TAG_VALUE_CHARACTERS.value:
            yield _finding(plan, value, f"the value of the tag {key!r} of {len(value)} characters", value_range)


def _finding(plan: MappingPlan, got: str, what: str, allowed: str) -> Finding:
    """A finding on one half of a tag."""
    return RULE.finding(
        plan,
        setting="Tags",
        got=got,
        allowed=allowed,
        message=f"{what} is out of range: AWS takes {allowed}",
        fix=f"shorten or rename it in {plan.say('Tags')}",
    )
