"""A name holds a character that AWS does not take there.

Topics, consumer groups, poller groups, databases and collections each have their own alphabet, and a bootstrap server
needs its port. Both the API and the CloudFormation schema hold the patterns, so the mapping is refused.

Bad:
    >>> ids(mapping("msk", Topics=["orders/new"]))
    ['ESM114']

Good:
    >>> ids(mapping("msk", Topics=["orders.new"]))
    []
"""

import re
from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM114",
    name="name-not-allowed",
    severity=Severity.ERROR,
    facts=(
        "msk_provisioned.Topics",
        "DOC-1",
    ),
    page=pages.MAPPING_API,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare every text, and every text of a list, with the fact sheet's pattern."""
    for setting in plan.facts.settings:
        if setting.pattern is None:
            continue
        given = plan.given(setting.name)
        for text in given if isinstance(given, list | tuple) else [given]:
            if not isinstance(text, str) or re.fullmatch(setting.pattern, text):
                continue
            yield RULE.finding(
                plan,
                setting=setting.name,
                got=text,
                allowed=f"what matches {setting.pattern}",
                message=f"{plan.say(setting, text)} is no name that AWS takes there: it has to match {setting.pattern}",
                fix=f"change {plan.say(setting)}, character by character, to what the pattern allows",
            )
