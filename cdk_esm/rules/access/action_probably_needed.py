"""The execution role should be allowed everything that AWS lists for its source.

There are mappings that seem to do without these actions, and nobody has seen what AWS does the day it asks for them. A
stream that is split into more shards, or read through a consumer later, is such a day.

Bad:
    >>> ids(with_permission(mapping("kinesis"), "kinesis:ListShards", lack=Lack.UNSEEN, held=False))
    ['ESM424']

Good:
    >>> ids(with_permission(mapping("kinesis"), "kinesis:ListShards", lack=Lack.UNSEEN, held=True))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import missing, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM424",
    name="action-probably-needed",
    severity=Severity.ADVICE,
    facts=(
        "iam.kinesis_shared",
        "iam.dynamodb_streams",
        "iam.msk_provisioned",
    ),
    page=pages.KINESIS_CREATE,
    topic="permissions",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for actions that are listed and not allowed."""
    for one in missing(plan, Lack.UNSEEN):
        yield RULE.finding(
            plan,
            setting="Role",
            got=one.elsewhere or None,
            allowed=f"a role that is allowed {one.actions}",
            message=f"{role_name(plan)} is not allowed {one.actions} on {one.place}{one.why}, "
            "which AWS lists as needed",
            fix=one.fix(f"allow {one.actions} on {one.place} in a policy of the role"),
        )
