"""A mapping must invoke a version or an alias of a durable function.

A durable execution is replayed, perhaps hours later, and has to meet the code it began with. Lambda takes no mapping to
the unpublished function, whose code may change under a running execution.

Bad:
    >>> ids(with_function(mapping(), durable_timeout_seconds=600, qualified=False), select=["ESM210"])
    ['ESM210']

Good:
    >>> ids(with_function(mapping(), durable_timeout_seconds=600, qualified=True), select=["ESM210"])
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            DurableConfig:
              ExecutionTimeout: 600
    +   LiveAlias:
    +     Type: AWS::Lambda::Alias
    +     Properties:
    +       FunctionName: !Ref OrdersFunction
    +       Name: live
    +       FunctionVersion: '7'
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
          durable_config=lambda_.DurableConfig(execution_timeout=Duration.minutes(10)),
      )
    - esm.SqsToLambda(self, "Orders", function=function)
    + esm.SqsToLambda(self, "Orders", function=function.add_alias("live"))
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM210",
    name="durable-function-unqualified",
    severity=Severity.ERROR,
    facts=("FN-3",),
    page=pages.DURABLE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask a durable function for its qualifier."""
    if known(plan.function.durable_timeout_seconds) is None or known(plan.function.qualified):
        return
    new = plan.door == Door.CONSTRUCT and not plan.function.existing
    yield RULE.finding(
        plan,
        setting="FunctionName",
        got="no qualifier",
        allowed="a version or an alias",
        message="the function is durable, but the mapping names neither a version nor an alias of it",
        fix='write alias="live" in the NewFunction'
        if new
        else f"publish a version, and give it, or an alias of it, as {plan.say('FunctionName')}",
    )
