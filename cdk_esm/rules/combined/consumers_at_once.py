"""Only a few consumers of one stream can be made at the same time.

CloudFormation makes what does not depend on each other at once. Kinesis refuses a consumer while too many others of
the same stream are still being made, and the deployment fails. Consumers that wait for each other pass: then
acknowledge this.

Bad:
    >>> consumer = lambda n: f"arn:aws:kinesis:eu-west-1:111122223333:stream/orders/consumer/{n}:1700000000"
    >>> new = [with_source(mapping("kinesis-efo"), consumer=consumer(n), consumer_is_new=True) for n in range(6)]
    >>> ids(*new, select=["ESM223"])
    ['ESM223']

Good:
    >>> consumer = lambda n: f"arn:aws:kinesis:eu-west-1:111122223333:stream/orders/consumer/{n}:1700000000"
    >>> new = [with_source(mapping("kinesis-efo"), consumer=consumer(n), consumer_is_new=True) for n in range(5)]
    >>> ids(*new, select=["ESM223"])
    []
"""

from collections.abc import Iterator, Sequence

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.streams import one_mapping_per_consumer
from cdk_esm.rules.groups import paths
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kinesis_stream import CONSUMERS_AT_ONCE

RULE = Rule(
    id="ESM223",
    name="consumers-at-once",
    severity=Severity.ERROR,
    facts=("KIN-2",),
    page=pages.KINESIS_CONSUMERS,
    negotiable=True,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Count the consumers of each stream that are made together."""
    most = CONSUMERS_AT_ONCE.value
    for group in one_mapping_per_consumer(plans, only_new=True):
        if len(group) <= most:
            continue
        *others, last = group
        yield RULE.finding(
            last,
            setting="EventSourceArn",
            got=len(group),
            allowed=f"at most {most} at once",
            message=f"together with {paths(others)} this makes {len(group)} consumers of one stream at once: "
            f"Kinesis takes {most}",
            fix=f"make at most {most} of them in one deployment, or let one wait for the other with a dependency "
            "and acknowledge this",
        )
