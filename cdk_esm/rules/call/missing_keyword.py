"""A keyword is missing without which there is nothing to build.

Some things have no default that would be right for everybody, above all the function that is to be invoked. They have
to be said, and a guess in their place would deploy something that nobody asked for.

Bad:
    >>> absent = Malformed(
    ...     problem="missing-keyword", keyword="function", got="nothing", accepted="a function", fix="add function=..."
    ... )
    >>> ids(replace(mapping(), malformed=(absent,)), select=["ESM003"])
    ['ESM003']

Good:
    >>> ids(mapping("sqs", FunctionName="fulfil"))
    []

Template:
    none: keywords are not in a template.

Python:
    - esm.SqsToLambda(self, "Orders", batch_size=5)
    + esm.SqsToLambda(self, "Orders", function=function, batch_size=5)
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.malformed import finding_on
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(id="ESM003", name="missing-keyword", severity=Severity.ERROR, facts=(), page=pages.CDK_LAMBDA)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Report every required keyword that was not given."""
    for keyword in plan.malformed:
        if keyword.problem != "missing-keyword":
            continue
        yield finding_on(RULE, plan, keyword, f"{keyword.keyword} is missing; it takes {keyword.accepted}")
