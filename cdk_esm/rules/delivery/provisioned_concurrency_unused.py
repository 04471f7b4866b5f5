"""Provisioned concurrency belongs to a version or an alias, and a mapping that invokes neither runs without it.

A mapping on the function itself runs `$LATEST`: its invocations start cold beside instances that are paid for, and
it takes code into production that nobody has released.

Bad:
    >>> ids(with_function(mapping(), provisioned="Shop/LiveAlias"))
    ['ESM335']

Good:
    >>> ids(with_function(mapping(), qualified=True))
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            Timeout: 30
        LiveAlias:
          Type: AWS::Lambda::Alias
          Properties:
            FunctionName: !Ref OrdersFunction
            FunctionVersion: '7'
            Name: live
            ProvisionedConcurrencyConfig:
              ProvisionedConcurrentExecutions: 5
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
      )
      live = function.add_alias("live", provisioned_concurrent_executions=5)
    - esm.SqsToLambda(self, "Orders", function=function)
    + esm.SqsToLambda(self, "Orders", function=live)
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM335",
    name="provisioned-concurrency-unused",
    severity=Severity.ADVICE,
    facts=(),
    page=pages.PROVISIONED_CONCURRENCY,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for provisioned concurrency beside what the mapping invokes."""
    if plan.function.provisioned is None or plan.function.qualified is not False:
        return
    ready = plan.function.provisioned
    yield RULE.finding(
        plan,
        setting="FunctionName",
        got=plan.function.identity,
        allowed=f"{ready}, or another version or alias",
        message=f"the mapping invokes $LATEST, without the provisioned concurrency of {ready}",
        fix=f"map the source to {ready}",
    )
