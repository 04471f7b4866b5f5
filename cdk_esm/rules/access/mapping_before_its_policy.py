"""The mapping must be made after the policy that lets its poller read.

A policy that is its own resource is made beside the function, and a mapping waits for its function only. Which of
the two is first is a matter of chance: in a new stack the mapping is refused every now and then, and with it the
deployment. A policy within the role itself is always there in time.

Bad:
    >>> late = {"lack": Lack.REFUSED, "policies": ("ReadsOrders",), "ordered": False}
    >>> ids(with_permission(mapping(), "sqs:ReceiveMessage", **late))
    ['ESM416']

Good:
    >>> in_time = {"lack": Lack.REFUSED, "policies": ("ReadsOrders",), "ordered": True}
    >>> ids(with_permission(mapping(), "sqs:ReceiveMessage", **in_time))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import Lack
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import access_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM416",
    name="mapping-before-its-policy",
    severity=Severity.DANGER,
    facts=("SQS-PERM-1",),
    page=pages.SQS_CONFIGURE,
    topic="permissions",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for actions that Lambda tries, and that only a policy allows which the mapping does not wait for."""
    late = [one for one in access_of(plan).permissions if one.lack is Lack.REFUSED and one.ordered is False]
    policies = sorted({policy for one in late for policy in one.policies})
    if not policies:
        return
    names, actions = ", ".join(policies), ", ".join(dict.fromkeys(one.action for one in late))
    yield RULE.finding(
        plan,
        setting="DependsOn",
        got=None,
        allowed=names,
        message=f"the mapping does not wait for {names}, which allows {actions}: "
        "where it is made first, AWS refuses it",
        fix=f"add {names} to the DependsOn of the mapping (in CDK: mapping.node.add_dependency(policy)), "
        "or put the statements into the Policies of the role itself",
    )
