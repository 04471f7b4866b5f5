"""The source and the function must be in the same Region.

A mapping is made in the function's Region and polls there. A source may belong to another account, but Lambda refuses
one from another Region, and the deployment fails half-way.

Bad:
    >>> ids(with_function(mapping(), region="us-east-1"), select=["ESM402"])
    ['ESM402']

Good:
    >>> ids(with_function(mapping(), region="eu-west-1"))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM402",
    name="region-mismatch",
    severity=Severity.ERROR,
    facts=("SQS-REGION", "dynamodb_streams.EventSourceArn"),
    page=pages.SQS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the two Regions, if both are known."""
    source = known(plan.event_source.region)
    function = known(plan.function.region)
    if source is None or function is None or source == function:
        return
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got=source,
        allowed=function,
        message=f"the source is in {source}, but the function is in {function}: a mapping cannot read across Regions",
        fix=f"use a source in {function}, or put the function and the mapping into {source}",
    )
