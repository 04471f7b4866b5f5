"""The mapping's maximum concurrency is above what is reserved for the function.

Pollers that may start more invocations than the function can run are throttled, and each throttled message has used up
one of its receives on the way to the dead-letter queue. Lambda refuses the mapping when it is made.

Bad:
    >>> limited = mapping("sqs", ScalingConfig={"MaximumConcurrency": 100})
    >>> ids(with_function(limited, reserved_concurrency=50), select=["ESM206"])
    ['ESM206']

Good:
    >>> limited = mapping("sqs", ScalingConfig={"MaximumConcurrency": 100})
    >>> ids(with_function(limited, reserved_concurrency=100), select=["ESM206"])
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
    -       ReservedConcurrentExecutions: 50
    +       ReservedConcurrentExecutions: 100
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
            ScalingConfig:
              MaximumConcurrency: 100

Python:
      function = esm.NewFunction(
          code="handlers/orders",
          handler="app.handler",
    -     reserved_concurrency=50,
    +     reserved_concurrency=100,
      )
      esm.SqsToLambda(self, "Orders", function=function, max_concurrency=100)
"""

from collections.abc import Iterator
from typing import Final

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import FUNCTION

RULE = Rule(
    id="ESM206",
    name="concurrency-above-reserved",
    severity=Severity.ERROR,
    facts=("SQS-CONC-2",),
    page=pages.SQS_SCALING,
)

_MAXIMUM: Final = "ScalingConfig.MaximumConcurrency"


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the two, if both are set."""
    maximum = known(plan.given(_MAXIMUM))
    reserved = known(plan.function.reserved_concurrency)
    if maximum is None or reserved is None or maximum <= reserved:
        return
    setting = FUNCTION.by_name["ReservedConcurrentExecutions"]
    yield RULE.finding(
        plan,
        setting=_MAXIMUM,
        got=maximum,
        allowed=f"at most {reserved}",
        message=f"{plan.say(_MAXIMUM, maximum)} is above the function's {plan.say(setting, reserved)}",
        fix=f"lower {plan.say(_MAXIMUM)} to {reserved}, or raise the function's {plan.say(setting)} to {maximum}",
    )
