"""The execution role must be allowed to work with network interfaces, if the source is in a network.

Lambda puts a network interface into the subnets of the broker or the cluster with that role, whether or not the
function itself is in a network. Without it no poller ever connects. AWS cannot scope most of these actions, so they
are allowed on every resource. Of a broker with a public endpoint this is not reported: AWS says it of every broker, and
it is inferred that the poller of a public one enters no network.

Bad:
    >>> ids(with_permission(mapping("rabbitmq"), "ec2:CreateNetworkInterface", on="network", held=False))
    ['ESM418']

Good:
    >>> ids(with_permission(mapping("rabbitmq"), "ec2:CreateNetworkInterface", on="network", held=True))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack, Neighbour
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import missing, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM418",
    name="network-not-allowed",
    severity=Severity.DANGER,
    facts=(
        "iam.kafka_self_managed",
        "iam.msk_provisioned",
        "iam.mq_activemq",
        "iam.documentdb",
        "MQ-7",
    ),
    page=pages.KAFKA_PERMISSIONS,
    topic="permissions",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for the actions on networks that no policy allows at all."""
    for one in missing(plan, Lack.STUCK, on=(Neighbour.NETWORK,)):
        yield RULE.finding(
            plan,
            setting="Role",
            got=None,
            allowed=f"a role that is allowed {one.actions}",
            message=f"{role_name(plan)} is not allowed {one.actions}: "
            f"the poller cannot enter the network of {plan.facts.label}",
            fix=one.fix(f"allow {one.actions} on * in a policy of the role"),
        )
