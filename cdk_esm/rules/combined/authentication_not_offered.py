"""A mapping signs in to an Amazon MSK cluster in a way that the cluster does not offer.

Lambda asks the cluster for the brokers of that way, and there are none: the mapping stays in a problem, and reads
nothing. Without credentials a mapping signs in with IAM if the cluster offers that, and with nothing otherwise, so
whoever means to come unauthenticated gets IAM where it is on.

Bad:
    >>> ids(with_source(mapping("msk"), authentications=frozenset({"Iam"})), select=["ESM243"])
    ['ESM243']

Good:
    >>> ids(with_source(mapping("msk"), authentications=frozenset({"Iam", "Scram"})), select=["ESM243"])
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import cluster_of, signs_in_by
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import ACCESS

RULE = Rule(
    id="ESM243",
    name="authentication-not-offered",
    severity=Severity.DANGER,
    facts=("KAF-AUTH-1",),
    page=pages.MSK_PARAMETERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the way of the mapping with those of the cluster."""
    offered = known(cluster_of(plan).authentications)
    way = signs_in_by(plan)
    if way is None or (way in offered and not (way == "Unauthenticated" and "Iam" in offered)):
        return
    there = ", ".join(sorted(offered)) or "nothing"
    instead = " and Lambda signs in with IAM where that is on" if way in offered else ""
    yield RULE.finding(
        plan,
        setting=ACCESS.name,
        got=way,
        allowed=there,
        message=f"the mapping signs in by {way}, the cluster offers {there}{instead}: the poller cannot read as meant",
        fix=f"sign in by one of {there}, or let the cluster offer {way}",
    )
