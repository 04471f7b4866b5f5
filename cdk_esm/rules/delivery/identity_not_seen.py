"""A topic that only the deployment knows cannot be in the mapping's logical id, so a change of it has no effect.

Lambda cannot change the topic of a mapping, and CloudFormation does not know that. Our constructs put it into the
logical id, so that another topic makes another mapping. A token may be written otherwise in each synthesis, so it is
left out: after a new value the template reads one topic, and the mapping goes on with the other.

Bad:
    >>> ids(replace(mapping("msk", Topics=[UNRESOLVED]), door=Door.CONSTRUCT))
    ['ESM340']

Good:
    >>> ids(replace(mapping("msk", Topics=["orders"]), door=Door.CONSTRUCT))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import UNRESOLVED
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM340",
    name="identity-not-seen",
    severity=Severity.ADVICE,
    facts=("KAF-ID-1",),
    page=pages.MAPPING_RESOURCE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for tokens among what the logical id should hold."""
    if plan.door is not Door.CONSTRUCT:
        return
    for name in plan.facts.id_holds:
        value = plan.given(name)
        if UNRESOLVED not in (value if isinstance(value, list | tuple) else [value]):
            continue
        yield RULE.finding(
            plan,
            setting=name,
            got="a value that only the deployment knows",
            allowed="a value that is known now",
            message=f"a change of {plan.say(name)} is not seen: the mapping keeps the value that it was made with",
            fix=f"write {plan.say(name)} out; or change the construct's id together with the value",
        )
