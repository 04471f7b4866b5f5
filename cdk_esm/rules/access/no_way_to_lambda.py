"""Without provisioned pollers the cluster's network must lead to Lambda and to AWS STS.

The pollers work inside the cluster's network then, and need endpoints or a NAT gateway to call the function. If
there is neither, the mapping stays in a connection problem and reads nothing. Provisioned pollers need none of that.

Bad:
    >>> ids(with_source(mapping("msk-serverless", ProvisionedPollerConfig=None), reaches_lambda=False), select=["ESM4"])
    ['ESM412']

Good:
    >>> ids(with_source(mapping("msk-serverless"), reaches_lambda=False))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import cluster_of, pollers_to_add, without_pollers
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM412",
    name="no-way-to-lambda",
    severity=Severity.DANGER,
    facts=("KAF-PROV-7",),
    page=pages.KAFKA_SCALING,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a network that leads nowhere."""
    if known(cluster_of(plan).reaches_lambda) or not without_pollers(plan):
        return
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got="no way out",
        allowed="endpoints or a NAT gateway in the cluster's network",
        message="the cluster's network leads neither to Lambda nor to AWS STS, and the pollers work inside it",
        fix=f"add {pollers_to_add(plan)}, or endpoints for Lambda, AWS STS, AWS Secrets Manager and the destination",
    )
