"""A list directly under the payload's key compares whole texts, and drops every JSON message.

Such a filter is for messages that are plain text. A message whose body is JSON does not match it, whatever the JSON
says, and is deleted. Values inside JSON are named by the keys that lead to them.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": ["created"]}',)), select=["ESM506"])
    ['ESM506']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"type": ["created"]}}',)), select=["ESM506"])
    []
"""

from collections.abc import Iterator

from cdk_esm.filters.shape import top_level
from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.rules.patterns import known_patterns
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM506",
    name="filter-on-plain-text",
    severity=Severity.ADVICE,
    facts=("SQS-FILTER-2",),
    page=pages.SQS_FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a list of values where JSON messages would want an object."""
    plan.source_as(Queue)  # streams refuse such a pattern
    payload = plan.facts.filter_key
    for place, text in known_patterns(plan):
        for entry in top_level(text):
            if entry.key != payload or not isinstance(entry.value, list) or not entry.value:
                continue
            yield RULE.finding(
                plan,
                setting="FilterCriteria",
                got="a list",
                allowed="an object, where messages are JSON",
                message=f"{place}{entry.json_path} compares the whole {payload} as a text: a message whose {payload} "
                f"is JSON never matches, and when a message matches no filter, Lambda {plan.facts.unmatched}",
                fix=f'if the messages are JSON, name the key: {{"{payload}": {{"key": [...]}}}}',
            )
