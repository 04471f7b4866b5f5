"""A list directly under the payload's key compares whole texts, and lets every JSON record of a broker pass.

On Kafka and Amazon MQ a record whose payload has another format than the pattern is not held back: only the rest of
the pattern counts, and where there is none, the record is delivered. A queue would delete it.

Bad:
    >>> ids(replace(mapping("msk"), filters=('{"value": ["created"]}',)))
    ['ESM515']

Good:
    >>> ids(replace(mapping("msk"), filters=('{"value": {"type": ["created"]}}',)))
    []
"""

from collections.abc import Iterator

from cdk_esm.filters.shape import top_level
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.patterns import known_patterns
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM515",
    name="text-filter-lets-json-pass",
    severity=Severity.ADVICE,
    facts=("FIL-8",),
    page=pages.KAFKA_FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a list of values where JSON records would want an object."""
    payload, otherwise = plan.facts.filter_key, plan.facts.other_format
    if otherwise is None:
        return
    for place, text in known_patterns(plan):
        for entry in top_level(text):
            if entry.key != payload or not isinstance(entry.value, list) or not entry.value:
                continue
            yield RULE.finding(
                plan,
                setting="FilterCriteria",
                got="a list",
                allowed="an object, where records are JSON",
                message=f"{place}{entry.json_path} compares the whole {payload} as a text: where a {payload} is JSON, "
                f"Lambda {otherwise}",
                fix=f'if the records are JSON, name the key: {{"{payload}": {{"key": [...]}}}}',
            )
