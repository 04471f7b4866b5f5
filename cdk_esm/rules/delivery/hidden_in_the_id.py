"""A setting that no update can change is a token, so nobody sees that it changes.

The logical id of a mapping holds a hash of such settings, so that another value makes a new mapping. A value that only
the deployment knows is left out of the hash. If it changes, CloudFormation updates the mapping, Lambda does not change
the setting, and the function goes on with what the old value names.

Bad:
    >>> hidden = replace(mapping("rabbitmq", Queues=[UNRESOLVED]), door=Door.CONSTRUCT)
    >>> ids(hidden, select=["ESM346"])
    ['ESM346']

Good:
    >>> ids(replace(mapping("rabbitmq", Queues=["orders"]), door=Door.CONSTRUCT), select=["ESM346"])
    []

Template:
    none: who writes a template chooses the logical id of a mapping.

Python:
    - topic = CfnParameter(self, "Topic").value_as_string
    + topic = "orders"
      esm.MskToLambda(
          self,
          "Orders",
          function=function,
          cluster="arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1",
          topic=topic,
          authentication=esm.MskAuthentication.iam(),
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
          alarms=esm.Alarms(thresholds={"offset_lag": 1000}),
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import Unknowable
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

FACTS = (
    Fact(
        "ID-HIDDEN",
        "derived",
        "If a setting that no update can change is known only to the deployment, CloudFormation does not see that it "
        "changes, and Lambda keeps the old value.",
        page=pages.MAPPING_RESOURCE,
    ),
)
RULE = Rule(
    id="ESM346",
    name="hidden-in-the-id",
    severity=Severity.ADVICE,
    facts=("ID-HIDDEN", "KAF-ID-1"),
    page=pages.MAPPING_RESOURCE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for tokens among what the logical id of our constructs holds; a template has its id already."""
    if plan.door != Door.CONSTRUCT:
        return
    for name in plan.facts.id_holds:
        value = plan.given(name)
        members = value if isinstance(value, list | tuple) else [value]
        if not any(isinstance(one, Unknowable) for one in members):
            continue
        yield RULE.finding(
            plan,
            setting=name,
            got="a token",
            allowed="a value that is known now",
            message=f"{plan.say(name)} is known only to the deployment, and no update of a mapping can change it: if "
            "it changes, the mapping goes on as before and nobody is told",
            fix=f"write {plan.say(name)} out; or give the mapping a new logical_id when its value changes",
        )
