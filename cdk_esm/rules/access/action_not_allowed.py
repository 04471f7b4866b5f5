"""The execution role must be allowed what Lambda tries while it makes the mapping.

Lambda reads from the source, and opens the secret, with that role before it answers. If the role lacks one of the
actions, the mapping is refused, and the deployment rolls back. No policy of the role in the templates
allows them, and nothing else can before the first deployment. If somebody else attaches a policy to the role before
that, a reason settles it.

Bad:
    >>> ids(with_permission(mapping(), "sqs:ReceiveMessage", lack=Lack.REFUSED, held=False))
    ['ESM414']

Good:
    >>> ids(with_permission(mapping(), "sqs:ReceiveMessage", lack=Lack.REFUSED, held=True))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import missing, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM414",
    name="action-not-allowed",
    severity=Severity.ERROR,
    facts=(
        "SQS-PERM-1",
        "iam.kinesis_shared",
        "iam.dynamodb_streams",
        "iam.mq_activemq",
    ),
    page=pages.SQS_CONFIGURE,
    topic="permissions",
    negotiable=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for actions that no policy of the role allows anywhere."""
    for one in missing(plan, Lack.REFUSED):
        if one.elsewhere:
            continue  # ESM415 says where
        yield RULE.finding(
            plan,
            setting="Role",
            got=None,
            allowed=f"a role that is allowed {one.actions}",
            message=f"{role_name(plan)} is not allowed {one.actions} on {one.place}{one.why}: AWS refuses the mapping",
            fix=one.fix(f"allow {one.actions} on {one.place} in a policy of the role"),
        )
