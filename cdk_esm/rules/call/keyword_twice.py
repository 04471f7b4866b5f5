"""Two keywords of one call say the same thing, and both were given.

One of them would win, and whoever reads the other one believes what is not so. A former name beside the name of today
is such a pair, and so is a log group of your own beside what only a new one takes.

Bad:
    >>> one = Malformed(
    ...     problem="keyword-twice", keyword="memory_mb", got="memory_size", accepted="one of them", fix="leave one out"
    ... )
    >>> ids(replace(mapping(), malformed=(one,)), select=["ESM007"])
    ['ESM007']

Good:
    >>> ids(replace(mapping(), malformed=()))
    []

Template:
    none: keywords are not in a template.

Python:
    - function = esm.NewFunction(code="handlers/orders", handler="app.handler", memory_size=1024, memory_mb=512)
    + function = esm.NewFunction(code="handlers/orders", handler="app.handler", memory_size=1024)
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.malformed import finding_on
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(id="ESM007", name="keyword-twice", severity=Severity.ERROR, facts=(), page=pages.CDK_LAMBDA)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Report every keyword that says what another one says."""
    for keyword in plan.malformed:
        if keyword.problem != "keyword-twice":
            continue
        yield finding_on(RULE, plan, keyword, f"{keyword.keyword} and {keyword.got} are both given: {keyword.accepted}")
