"""Provisioned concurrency belongs to a version or an alias, and a mapping that invokes neither runs without it.

A mapping on the function itself runs `$LATEST`: its invocations start cold beside instances that are paid for, and
it takes code into production that nobody has released.

Bad:
    >>> ids(with_function(mapping(), provisioned="Shop/LiveAlias"))
    ['ESM335']

Good:
    >>> ids(with_function(mapping(), qualified=True))
    []
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM335",
    name="provisioned-concurrency-unused",
    severity=Severity.ADVICE,
    facts=(),
    page=pages.PROVISIONED_CONCURRENCY,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for provisioned concurrency beside what the mapping invokes."""
    if plan.function.provisioned is None or plan.function.qualified is not False:
        return
    ready = plan.function.provisioned
    yield RULE.finding(
        plan,
        setting="FunctionName",
        got=plan.function.identity,
        allowed=f"{ready}, or another version or alias",
        message=f"the mapping invokes $LATEST, without the provisioned concurrency of {ready}",
        fix=f"map the source to {ready}",
    )
