"""The execution role must be allowed to write to the on-failure destination.

Lambda delivers what failed with that role. If it may not, the delivery fails, only the metric
DestinationDeliveryFailures shows it, and the records that failed are lost just where they should have been kept. In a
bucket Lambda writes below aws/lambda/, and it lists the bucket first.

Bad:
    >>> ids(with_permission(mapping("kinesis"), "s3:PutObject", on="destination-objects", held=False))
    ['ESM420']

Good:
    >>> owner = frozenset({"s3:resourceaccount"})
    >>> ids(with_permission(mapping("kinesis"), "s3:PutObject", on="destination-objects", held=True, conditions=owner))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import DESTINATION, missing, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM420",
    name="destination-not-writable",
    severity=Severity.DANGER,
    facts=("iam.destinations",),
    page=pages.KINESIS_FAILURES,
    topic="failures",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for what the role may not do with the destination."""
    for one in missing(plan, Lack.STUCK, on=DESTINATION):
        yield RULE.finding(
            plan,
            setting="DestinationConfig",
            got=one.elsewhere or None,
            allowed=f"a role that is allowed {one.actions}",
            message=f"{role_name(plan)} is not allowed {one.actions} on {one.place}{one.why}: "
            "failed records do not get there",
            fix=one.fix(f"allow {one.actions} on {one.place} in a policy of the role"),
        )
