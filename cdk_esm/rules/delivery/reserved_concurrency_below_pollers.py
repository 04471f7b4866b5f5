"""A small reserved concurrency throttles the poller from the start.

The poller does not ask how much the function may do: it begins with several invocations at once. What is above the
reserve is throttled, goes back to the queue and has used up a receive, so good messages reach the dead-letter queue
when traffic rises. A maximum concurrency makes the poller keep within the reserve.

Bad:
    >>> ids(with_function(mapping(), reserved_concurrency=2), select=["ESM303"])
    ['ESM303']

Good:
    >>> ids(with_function(mapping(ScalingConfig={"MaximumConcurrency": 2}), reserved_concurrency=2))
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            ReservedConcurrentExecutions: 2
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
    +       ScalingConfig:
    +         MaximumConcurrency: 2

Python:
      function = esm.NewFunction(code="handlers/orders", handler="app.handler", reserved_concurrency=2)
    - esm.SqsToLambda(self, "Orders", function=function)
    + esm.SqsToLambda(self, "Orders", function=function, max_concurrency=2)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import FUNCTION
from cdk_esm.sources.sqs_queue import LEAST_RESERVED_CONCURRENCY
from cdk_esm.sources.sqs_settings import MAXIMUM_CONCURRENCY

RULE = Rule(
    id="ESM303",
    name="reserved-concurrency-below-pollers",
    severity=Severity.DANGER,
    facts=("SQS-CONC-4",),
    page=pages.SQS_CONFIGURE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the reserve with what the poller starts with, unless a maximum concurrency holds it back."""
    plan.source_as(Queue)  # only a throttled receive is lost
    least = LEAST_RESERVED_CONCURRENCY.value
    reserved = known(plan.function.reserved_concurrency)
    if reserved is None or not 0 < reserved < least or known(plan.given(MAXIMUM_CONCURRENCY.name)) is not None:
        return
    setting = FUNCTION.by_name["ReservedConcurrentExecutions"]
    can_be_held_back = plan.given("ProvisionedPollerConfig") is None and reserved >= (MAXIMUM_CONCURRENCY.minimum or 0)
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=reserved,
        allowed=f"none, or at least {least}",
        message=f"the function's {plan.say(setting, reserved)} is less than the {least} invocations that "
        "the poller starts with: what is throttled goes back to the queue with a receive used up",
        fix=f"raise {plan.say(setting)} to {least} or more, or remove it"
        + (f", or add {plan.say(MAXIMUM_CONCURRENCY, reserved)}" if can_be_held_back else ""),
    )
