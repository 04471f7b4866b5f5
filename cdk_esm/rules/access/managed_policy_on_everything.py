"""A policy that AWS manages lets the function read every source of its kind in the account.

The policies that AWS offers for pollers speak of all resources. The mapping works; and whoever gets hold of the
function reads, and deletes, the messages of every other queue too. Your own policy can name the one source.

Bad:
    >>> ids(with_permissions(mapping(), managed=["AWSLambdaSQSQueueExecutionRole"]))
    ['ESM422']

Good:
    >>> ids(with_permissions(mapping(), managed=["AWSLambdaBasicExecutionRole"]))
    []
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from cdk_esm.facts import Neighbour
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.permissions import access_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.managed_policies import MANAGED_POLICIES

RULE = Rule(
    id="ESM422",
    name="managed-policy-on-everything",
    severity=Severity.ADVICE,
    facts=("iam.notes",),
    page=pages.SQS_CONFIGURE,
    topic="permissions",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for policies that allow the actions on the source, and so on every other."""
    needed = [action for grant in plan.facts.grants if grant.on is Neighbour.SOURCE for action in grant.actions]
    for name in dict.fromkeys(access_of(plan).managed):
        given = [one for one in needed if any(fnmatchcase(one, other) for other in MANAGED_POLICIES.get(name, ()))]
        if not given:
            continue
        yield RULE.finding(
            plan,
            setting="Role",
            got=name,
            allowed="a policy that names the source",
            message=f"{name} allows {', '.join(given)} on every resource, not only on the source",
            fix=f"allow them in your own policy on {plan.event_source.identity} alone, and take {name} away",
        )
