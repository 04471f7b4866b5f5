"""A filter pattern is a JSON object whose leaves are lists with something in them.

A bare value, an empty list or a text that is not JSON is refused. AWS says only that the pattern is invalid, not which
of the filters it means nor where in it the fault is.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"total": 100}}',)), select=["ESM501"])
    ['ESM501']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [100]}}',)), select=["ESM501"])
    []
"""

from collections.abc import Iterator

from cdk_esm.filters.shape import problems
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.patterns import known_patterns
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM501",
    name="filter-not-a-pattern",
    severity=Severity.ERROR,
    facts=("FIL-3",),
    page=pages.FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look at the shape of every pattern."""
    for place, text in known_patterns(plan):
        for problem in problems(text):
            where = place + problem.json_path
            yield RULE.finding(
                plan,
                setting="FilterCriteria",
                got=problem.got,
                allowed=problem.wanted,
                message=f"{where} is {problem.got}: a pattern needs {problem.wanted} there",
                fix=f"write {problem.wanted} at {where}",
            )
