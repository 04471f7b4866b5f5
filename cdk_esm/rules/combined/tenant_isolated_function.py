"""A function that isolates its tenants cannot be the target of a mapping.

Every invocation of such a function has to name its tenant, and a poller, which hands over the records of many tenants
in one batch, has none to name. The mapping is refused.

Bad:
    >>> ids(with_function(mapping(), tenant_isolated=True), select=["ESM209"])
    ['ESM209']

Good:
    >>> ids(with_function(mapping(), tenant_isolated=False))
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
    -     Properties:
    -       TenancyConfig:
    -         TenantIsolationMode: PER_TENANT
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      function = lambda_.Function(
          self,
          "Function",
          code=lambda_.Code.from_inline("handler = print"),
          handler="index.handler",
          runtime=lambda_.Runtime.PYTHON_3_14,
    -     tenancy_config=lambda_.TenancyConfig.PER_TENANT,
      )
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM209",
    name="tenant-isolated-function",
    severity=Severity.ERROR,
    facts=("FN-4",),
    page=pages.TENANTS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask whether the function isolates tenants."""
    if not known(plan.function.tenant_isolated):
        return
    yield RULE.finding(
        plan,
        setting="TenancyConfig",
        got="PER_TENANT",
        allowed="a function without tenant isolation",
        message="the function isolates its tenants, which excludes event source mappings",
        fix="map the source to a function without tenant isolation, which may invoke this one for each tenant",
    )
