"""A durable function behind a mapping may not execute for as long as it could elsewhere.

A poller waits for the execution to end, so its length is bounded by what one invocation may last; a longer execution
timeout is fine for other callers and refused here.

Bad:
    >>> ids(with_function(mapping(), qualified=True, durable_timeout_seconds=901), select=["ESM211"])
    ['ESM211']

Good:
    >>> ids(with_function(mapping(), qualified=True, durable_timeout_seconds=900), select=["ESM211"])
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            DurableConfig:
    -         ExecutionTimeout: 3600
    +         ExecutionTimeout: 900
        LiveAlias:
          Type: AWS::Lambda::Alias
          Properties:
            FunctionName: !Ref OrdersFunction
            Name: live
            FunctionVersion: '7'
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref LiveAlias
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      function = lambda_.Function(
          self,
          "Function",
          code=lambda_.Code.from_inline("handler = print"),
          handler="index.handler",
          runtime=lambda_.Runtime.PYTHON_3_14,
    -     durable_config=lambda_.DurableConfig(execution_timeout=Duration.hours(1)),
    +     durable_config=lambda_.DurableConfig(execution_timeout=Duration.minutes(15)),
      )
      esm.SqsToLambda(self, "Orders", function=function.add_alias("live"))
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import LONGEST_DURABLE_TIMEOUT, LONGEST_DURABLE_TIMEOUT_MANAGED

RULE = Rule(
    id="ESM211",
    name="durable-timeout-too-long",
    severity=Severity.ERROR,
    facts=("FN-3",),
    page=pages.DURABLE,
    negotiable=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the execution timeout with what is possible where the function runs."""
    timeout = known(plan.function.durable_timeout_seconds)
    # Where it runs may be hidden; beyond the longer limit it is too long anywhere.
    standard = plan.function.managed_instances is False
    longest = (LONGEST_DURABLE_TIMEOUT if standard else LONGEST_DURABLE_TIMEOUT_MANAGED).value
    if timeout is None or timeout <= longest:
        return
    yield RULE.finding(
        plan,
        setting="DurableConfig.ExecutionTimeout",
        got=timeout,
        allowed=f"at most {longest} seconds",
        message=f"the durable function may execute for {timeout} seconds: "
        f"behind a mapping it is at most {longest} seconds",
        fix=f"lower its execution timeout to {longest} seconds, or start longer executions from the handler",
    )
