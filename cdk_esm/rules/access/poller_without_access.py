"""The execution role must be allowed what the poller does once the mapping is there.

A poller describes the broker or the cluster, signs in to Kafka, subscribes to the consumer, and reads, all with that
role. What it may not do does not happen: the mapping shows an error in its last processing result, reads nothing, and
the records grow old until they expire.

Bad:
    >>> ids(with_permission(mapping("msk-serverless"), "kafka-cluster:ReadData", on="kafka-topic", held=False))
    ['ESM417']

Good:
    >>> ids(with_permission(mapping("msk-serverless"), "kafka-cluster:ReadData", on="kafka-topic", held=True))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack, Neighbour
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import DESTINATION, KEYS, missing, role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM417",
    name="poller-without-access",
    severity=Severity.DANGER,
    facts=(
        "KAF-AUTH-2",
        "KAF-XACCT",
        "iam.kinesis_efo",
        "iam.msk_provisioned",
        "iam.mq_activemq",
        "iam.documentdb",
    ),
    page=pages.MSK_PERMISSIONS,
    topic="permissions",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for actions on the source, and on what belongs to it; of keys, networks and destinations others speak."""
    found = list(missing(plan, Lack.STUCK, but=(*KEYS, *DESTINATION, Neighbour.NETWORK)))
    if not found:
        return
    what = "; ".join(f"{one.actions} on {one.place}{one.why}" for one in found)
    yield RULE.finding(
        plan,
        setting="Role",
        got=", ".join(one.elsewhere for one in found if one.elsewhere) or None,
        allowed="a role that is allowed " + ", ".join(one.actions for one in found),
        message=f"{role_name(plan)} is not allowed {what}: the poller reads nothing",
        fix="; ".join(
            dict.fromkeys(one.fix(f"allow {one.actions} on {one.place}, in a policy of the role") for one in found)
        ),
    )
