"""A filter pattern may have only so many characters, spaces included.

Lambda refuses a longer one. JSON that was laid out for reading is often half spaces, and a long list of values can be
shared out over several filters, which are alternatives to each other.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [100]}}' + " " * 4096,)), select=["ESM505"])
    ['ESM505']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [100]}}',)), select=["ESM505"])
    []

Template:
    none: it takes a pattern of more than 4096 characters, and the Python beside it makes one.

Python:
    - numbers = range(1000, 1600)
    + numbers = range(1000, 1100)
      orders = [str(number) for number in numbers]
      esm.SqsToLambda(self, "Orders", function=function, filters=[{"body": {"order": orders}}])
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.patterns import known_patterns
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.common import PATTERN_CHARACTERS

RULE = Rule(
    id="ESM505",
    name="filter-too-long",
    severity=Severity.ERROR,
    facts=("FIL-2",),
    page=pages.MAPPING_API,
    negotiable=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Measure every pattern as it was written."""
    for place, text in known_patterns(plan):
        if len(text) <= PATTERN_CHARACTERS.value:
            continue
        yield RULE.finding(
            plan,
            setting="FilterCriteria",
            got=len(text),
            allowed=f"at most {PATTERN_CHARACTERS.value} characters",
            message=f"{place} has {len(text)} characters: AWS takes {PATTERN_CHARACTERS.value}",
            fix="write it as compact JSON, or share its values out over several filters",
        )
