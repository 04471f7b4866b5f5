"""The security group of a poller must let it out: to the brokers, and without provisioned pollers to AWS.

A security group lets everything out until it has rules for that. If none of them leads to the port of the
brokers, or to Lambda and AWS STS on 443, the mapping is made, stays in a connection problem, and reads nothing.

Bad:
    >>> groups = PollerNetwork(groups=("Shop/Brokers",), ports=(9098,), lets_out=False, lets_call_aws=True)
    >>> ids(with_source(mapping("msk"), pollers=groups), select=["ESM444"])
    ['ESM444']

Good:
    >>> groups = PollerNetwork(groups=("Shop/Brokers",), ports=(9098,), lets_out=True, lets_call_aws=True)
    >>> ids(with_source(mapping("msk"), pollers=groups), select=["ESM444"])
    []
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.poller_networks import named, network_of, ports_of, rule_to_add
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_ports import HTTPS
from cdk_esm.sources.kafka_settings import POLLERS

RULE = Rule(
    id="ESM444",
    name="pollers-shut-in",
    severity=Severity.DANGER,
    facts=("NET-1",),
    page=pages.MSK_NETWORK,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask whether the groups of the pollers let them out."""
    network = network_of(plan)
    on_demand = plan.given(POLLERS.name) is None
    shut = [*([ports_of(network)] if network.lets_out is False else [])]
    shut += [str(HTTPS.value)] if network.lets_call_aws is False and on_demand else []
    if not shut:
        return
    port = network.ports[-1] if network.lets_out is False else HTTPS.value
    rule = rule_to_add(plan, network, inward=False, port=port)
    ways = f"let it out, such as by:\n{rule}"
    if port == HTTPS.value:
        ways = f"let it out on {port} to the endpoints of Lambda and AWS STS, or to every address"
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got=None,
        allowed=f"rules that let the poller out on {' and on '.join(shut)}",
        message=f"{named(network)} lets nothing out on {' and on '.join(shut)}, and the poller, which carries it, "
        "never connects",
        fix=ways,
    )
