"""An acknowledgement settles nothing: no such rule, a rule that no reason can settle, or no reason.

Whoever acknowledges a rule believes the matter to be settled. With a misspelt id it is not, without a reason the next
reader cannot tell why it was accepted, and what AWS refuses cannot be talked away.

Bad:
    >>> ids(replace(mapping(), door="construct", acknowledged={"ESM999": "accepted by the team"}))
    ['ESM004']

Good:
    >>> ids(replace(mapping(), door="construct", acknowledged={"ESM101": "AWS raised our quota, see ticket 12"}))
    []

Template:
    none: keywords are not in a template.

Python:
      esm.SqsToLambda(
          self,
          "Orders",
          function=function,
    -     acknowledge={"ESM999": "accepted by the team"},
    +     acknowledge={"ESM101": "AWS raised our quota, see ticket 12"},
      )
"""

from collections.abc import Iterator
from difflib import get_close_matches

from cdk_esm.facts import Unknowable
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.engine import rules
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(id="ESM004", name="unusable-acknowledgement", severity=Severity.ERROR, facts=(), page=pages.CDK_VALIDATION)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look up every acknowledged rule."""
    if plan.door != Door.CONSTRUCT:
        return  # a template may have been written with a later release, whose rules we do not know
    for rule_id, reason in plan.acknowledged.items():
        rule = rules().get(rule_id)
        if rule is None:
            message, fix = f"there is no rule {rule_id} to acknowledge; ids look like ESM201", _nearest(rule_id)
        elif not rule.can_be_acknowledged:
            message = f"{rule_id} {rule.name} cannot be acknowledged: what it finds has to be mended"
            fix = f"mend what {rule_id} finds, and remove the acknowledgement"
        elif _is_blank(reason):
            message, fix = f"the acknowledgement of {rule_id} gives no reason", f"say why {rule_id} is acceptable here"
        else:
            continue
        yield RULE.finding(
            plan,
            setting="acknowledge",
            got=rule_id,
            allowed="the id of a rule that can be acknowledged, with a reason",
            message=message,
            fix=fix,
        )


def _is_blank(reason: object) -> bool:
    """Whether it says nothing; a template's metadata may hold anything, a token among it."""
    return not isinstance(reason, Unknowable) and not (isinstance(reason, str) and reason.strip())


def _nearest(rule_id: str) -> str:
    """What to do about an unknown id; a rule's name in the place of its id is understood too."""
    words = {word.casefold(): rule.id for rule in rules().values() for word in (rule.id, rule.name)}
    close = get_close_matches(rule_id.casefold(), words, n=1, cutoff=0.8)
    return f"did you mean {words[close[0]]}? otherwise remove it" if close else f"remove {rule_id}"
