"""A keyword was given a value of a type that it does not take.

A value of the wrong type cannot be judged, let alone be written into a template. Left to jsii it would come back as an
error that names neither the keyword nor the construct, often only at the end of the synthesis.

Bad:
    >>> bare = Malformed(
    ...     problem="type", keyword="timeout", got="5", accepted="a Duration", fix="write Duration.seconds(5)"
    ... )
    >>> ids(replace(mapping(), malformed=(bare,)), select=["ESM001"])
    ['ESM001']

Good:
    >>> ids(replace(mapping(), malformed=()))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
    -       BatchSize: ten
    +       BatchSize: 10

Python:
    - esm.SqsToLambda(self, "Orders", function=function, max_batching_window=5)
    + esm.SqsToLambda(self, "Orders", function=function, max_batching_window=Duration.seconds(5))
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.malformed import finding_on
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(id="ESM001", name="wrong-type", severity=Severity.ERROR, facts=(), page=pages.CDK_LAMBDA)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Report every keyword whose value could not be taken."""
    for keyword in plan.malformed:
        if keyword.problem != "type":
            continue
        yield finding_on(RULE, plan, keyword, f"{keyword.keyword} takes {keyword.accepted}, got {keyword.got}")
