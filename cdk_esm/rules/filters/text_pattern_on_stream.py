"""The payload of a stream is JSON, so a pattern for it is an object and not a list of texts.

On a queue a list compares whole messages. On a stream Lambda refuses such a pattern when the mapping is made or
updated.

Bad:
    >>> ids(replace(mapping("kinesis"), filters=('{"data": ["created"]}',)))
    ['ESM514']

Good:
    >>> ids(replace(mapping("kinesis"), filters=('{"data": {"type": ["created"]}}',)))
    []
"""

from collections.abc import Iterator
from typing import Any

from cdk_esm.filters.shape import top_level
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.patterns import known_patterns
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.rules.streams import stream_of
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM514",
    name="text-pattern-on-stream",
    severity=Severity.ERROR,
    facts=("FIL-7",),
    page=pages.KINESIS_FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a list directly under the payload's key."""
    stream_of(plan)
    payload = plan.facts.filter_key
    for place, text in known_patterns(plan):
        for entry in top_level(text):
            if entry.key != payload or not isinstance(entry.value, list) or not any(map(_compares, entry.value)):
                continue
            yield RULE.finding(
                plan,
                setting="FilterCriteria",
                got="a list",
                allowed="an object",
                message=f"{place}{entry.json_path} compares the whole {payload} as a text: "
                f"{plan.facts.label} takes only patterns for JSON",
                fix=f'name the keys that lead to the value: {{"{payload}": {{"key": [...]}}}}',
            )


def _compares(item: Any) -> bool:
    """Whether an item compares a value: whether there is one at all can be asked of anything."""
    return not (isinstance(item, dict) and item.keys() == {"exists"})
