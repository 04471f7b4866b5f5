"""What lets Lambda write failed records into a bucket should name the account that owns it.

The name of a bucket that is deleted can be taken by anybody. Lambda goes on writing there, with whole records, and the
role's policy still fits. AWS advises to allow it only on a bucket of your own account, by the condition key
s3:ResourceAccount.

Bad:
    >>> ids(with_permission(mapping("kinesis"), "s3:PutObject", on="destination-objects"))
    ['ESM423']

Good:
    >>> owner = frozenset({"s3:resourceaccount"})
    >>> ids(with_permission(mapping("kinesis"), "s3:PutObject", on="destination-objects", conditions=owner))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import Neighbour, known
from cdk_esm.grants import OWNER_KEYS
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import access_of, place_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM423",
    name="bucket-owner-not-checked",
    severity=Severity.ADVICE,
    facts=("STR-DEST-5",),
    page=pages.KINESIS_FAILURES,
    topic="failures",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for the condition on what lets Lambda write."""
    for one in access_of(plan).permissions:
        if one.on is not Neighbour.DESTINATION_OBJECTS or one.held is not True or OWNER_KEYS & known(one.conditions):
            continue
        yield RULE.finding(
            plan,
            setting="DestinationConfig",
            got=None,
            allowed="the condition key s3:ResourceAccount",
            message=f"{one.action} on {place_of(one)} is allowed whoever owns the bucket",
            fix="add the condition StringEquals s3:ResourceAccount with the account of the bucket to that statement",
        )
