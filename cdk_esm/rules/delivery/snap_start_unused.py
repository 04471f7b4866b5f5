"""SnapStart takes effect on versions that are published, and a mapping on the function itself runs without it.

A mapping that names neither a version nor an alias runs `$LATEST`. Its invocations start cold although the function
is set up to start from a snapshot, and it takes code into production that nobody has released.

Bad:
    >>> ids(with_function(mapping(), snap_start=True))
    ['ESM360']

Good:
    >>> ids(with_function(mapping(), snap_start=True, qualified=True))
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            SnapStart:
              ApplyOn: PublishedVersions
    +   LiveAlias:
    +     Type: AWS::Lambda::Alias
    +     Properties:
    +       FunctionName: !Ref OrdersFunction
    +       FunctionVersion: '7'
    +       Name: live
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
    -       FunctionName: !Ref OrdersFunction
    +       FunctionName: !Ref LiveAlias
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      function = lambda_.Function(
          self,
          "Function",
          code=lambda_.Code.from_inline("handler = print"),
          handler="index.handler",
          runtime=lambda_.Runtime.PYTHON_3_14,
          snap_start=lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS,
      )
    - esm.SqsToLambda(self, "Orders", function=function)
    + esm.SqsToLambda(self, "Orders", function=function.current_version)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

FACTS = (
    Fact(
        "FN-SNAP-1",
        "doc",
        "SnapStart applies to published versions and to aliases that point to them, and never to $LATEST.",
        page=pages.SNAP_START,
    ),
)
RULE = Rule(
    id="ESM360",
    name="snap-start-unused",
    severity=Severity.ADVICE,
    facts=("FN-SNAP-1",),
    page=pages.SNAP_START,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for SnapStart beside a mapping on the function itself."""
    if not known(plan.function.snap_start) or known(plan.function.qualified):
        return
    new = plan.door == Door.CONSTRUCT and not plan.function.existing
    yield RULE.finding(
        plan,
        setting="FunctionName",
        got=plan.function.identity,
        allowed="a version or an alias of the function",
        message="the mapping invokes $LATEST, and SnapStart takes effect on published versions only",
        fix='write alias="live" in the NewFunction, or leave snap_start out'
        if new
        else "map the source to an alias that points to a version, or remove SnapStart from the function",
    )
