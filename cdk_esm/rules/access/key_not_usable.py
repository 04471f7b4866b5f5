"""The execution role must be allowed to use the customer key that a neighbour is encrypted with.

The role may read the queue, and gets nothing out of it: SQS and Kinesis decrypt in the name of the reader. The mapping
is there and polls in vain, a secret stays closed, and a destination takes no failed record. Neither the role's policies
nor the policy of the key, both in the templates, allow it.

Bad:
    >>> ids(with_permission(mapping(), "kms:Decrypt", on="source-key", held=False))
    ['ESM419']

Good:
    >>> ids(with_permission(mapping(), "kms:Decrypt", on="source-key", held=True))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import KEYS, missing, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM419",
    name="key-not-usable",
    severity=Severity.DANGER,
    facts=(
        "iam.sqs_standard",
        "iam.dynamodb_streams",
        "iam.destinations",
    ),
    page=pages.SQS_LAMBDA_TRIGGER,
    topic="permissions",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for keys of neighbours that the role may not use."""
    for one in missing(plan, Lack.STUCK, on=KEYS):
        yield RULE.finding(
            plan,
            setting="Role",
            got=one.elsewhere or None,
            allowed=f"a role that is allowed {one.actions}",
            message=f"{role_name(plan)} is not allowed {one.actions} on {one.place}{one.why}",
            fix=one.fix(f"allow {one.actions} on {one.place}, in a policy of the role or in that of the key"),
        )
