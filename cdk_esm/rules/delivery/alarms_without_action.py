"""An alarm without an action turns red and tells nobody.

The alarms of a mapping are the only ones to see some losses, such as messages that age or that fail in parts of a
batch. Without an action somebody has to be looking at the console at the right moment.

Bad:
    >>> ids(replace(mapping(), alarms=AlarmState(stack="Shop", without_action="Shop/Orders/DeadLetters")))
    ['ESM314']

Good:
    >>> ids(replace(mapping(), alarms=AlarmState(stack="Shop")))
    []

Template:
    none: whether an alarm was wanted is not in a template.

Python:
      pager = sns.Topic(self, "Pager")
    - esm.SqsToLambda(self, "Orders", function=function)
    + esm.SqsToLambda(self, "Orders", function=function, alarms=esm.Alarms(notify=[pager]))
"""

from collections.abc import Iterator, Sequence

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM314",
    name="alarms-without-action",
    severity=Severity.ADVICE,
    facts=(),
    page=pages.ALARM_ACTIONS,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Look at each stack once, for the topic that is missing is missing in all of it."""
    told: set[str] = set()
    for plan in plans:
        state = plan.alarms
        if state is None or state.without_action is None or state.stack in told:
            continue
        told.add(state.stack)
        yield RULE.finding(
            plan,
            setting="AlarmActions",
            got=None,
            allowed="at least one action",
            message=f"the alarm {state.without_action} has no action: it tells nobody, "
            "and other alarms of this stack may have none either",
            fix="pass alarms=Alarms(notify=[topic]), or Defaults.of(app).set(notify=[topic]) for every mapping, or add "
            "an action to the alarm",
        )
