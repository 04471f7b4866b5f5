"""A keyword was given that the construct does not have.

Most often it is misspelt, or it belongs to another source. Were it dropped in silence, the mapping would deploy with
the default in place of what was asked for, and nobody would be told.

Bad:
    >>> misspelt = Malformed(
    ...     problem="unknown-keyword", keyword="batchsize", got="5", accepted="batch_size", fix="write batch_size=5"
    ... )
    >>> ids(replace(mapping(), malformed=(misspelt,)), select=["ESM002"])
    ['ESM002']

Good:
    >>> ids(mapping("sqs", BatchSize=5))
    []

Template:
    none: keywords are not in a template.

Python:
    - esm.SqsToLambda(self, "Orders", function=function, batchsize=5)
    + esm.SqsToLambda(self, "Orders", function=function, batch_size=5)
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.malformed import finding_on
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(id="ESM002", name="unknown-keyword", severity=Severity.ERROR, facts=(), page=pages.CDK_LAMBDA)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Report every keyword that does not exist."""
    for keyword in plan.malformed:
        if keyword.problem != "unknown-keyword":
            continue
        yield finding_on(RULE, plan, keyword, f"there is no keyword {keyword.keyword}; accepted: {keyword.accepted}")
