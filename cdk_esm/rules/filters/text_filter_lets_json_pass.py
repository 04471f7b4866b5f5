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
from dataclasses import replace

from cdk_esm.filters.faults import PASSES_JSON
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, fix_of_text_pattern, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(PASSES_JSON)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for patterns for plain text, which let JSON pass where the source takes the rest of the pattern alone."""
    for finding in findings(plan, RULE):
        yield replace(finding, fix=fix_of_text_pattern(plan))
