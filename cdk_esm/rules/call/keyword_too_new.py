"""A keyword was given for a property that the installed version of aws-cdk-lib does not have.

This library takes the properties of the newest aws-cdk-lib that it was tested with, and runs with older ones. What an
older one does not have it would refuse in the middle of the construct, in words that do not name the version.

Bad:
    >>> one = Malformed(
    ...     problem="keyword-too-new", keyword="abac_status", got="True", accepted="aws-cdk-lib", fix="…"
    ... )
    >>> ids(replace(mapping(), malformed=(one,)), select=["ESM009"])
    ['ESM009']

Good:
    >>> ids(replace(mapping(), malformed=()))
    []

Template:
    none: keywords are not in a template.

Python:
    none: an aws-cdk-lib that lacks the property is needed to see it.
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.malformed import finding_on
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(id="ESM009", name="keyword-too-new", severity=Severity.ERROR, facts=(), page=pages.CDK_LAMBDA)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Report every keyword that the installed aws-cdk-lib does not know."""
    for keyword in plan.malformed:
        if keyword.problem != "keyword-too-new":
            continue
        yield finding_on(RULE, plan, keyword, f"{keyword.keyword} cannot be given to {keyword.accepted}")
