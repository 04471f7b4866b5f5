"""Several mappings of one function may together ask for more than its reserved concurrency.

Each mapping keeps within its own maximum and knows nothing of the others. When all of them are busy, their invocations
throttle each other, and throttled messages use up their receives until good ones lie in a dead-letter queue.

Bad:
    >>> first = with_function(mapping(ScalingConfig={"MaximumConcurrency": 6}), reserved_concurrency=10)
    >>> ids(first, replace(first, path="Shop/Returns"), select=["ESM304"])
    ['ESM304']

Good:
    >>> first = with_function(mapping(ScalingConfig={"MaximumConcurrency": 5}), reserved_concurrency=10)
    >>> ids(first, replace(first, path="Shop/Returns"), select=["ESM304"])
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            ReservedConcurrentExecutions: 10
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
            ScalingConfig:
    -         MaximumConcurrency: 6
    +         MaximumConcurrency: 5
        Refunds:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:refunds
            FunctionResponseTypes: [ReportBatchItemFailures]
            ScalingConfig:
    -         MaximumConcurrency: 6
    +         MaximumConcurrency: 5

Python:
      shop = esm.NewFunction(code="handlers/orders", handler="app.handler", reserved_concurrency=10)
    - orders = esm.SqsToLambda(self, "Orders", function=shop, max_concurrency=6)
    - esm.SqsToLambda(self, "Refunds", function=orders.function, max_concurrency=6)
    + orders = esm.SqsToLambda(self, "Orders", function=shop, max_concurrency=5)
    + esm.SqsToLambda(self, "Refunds", function=orders.function, max_concurrency=5)
"""

from collections.abc import Iterator, Sequence

from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.groups import paths, sharing
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import FUNCTION
from cdk_esm.sources.sqs_settings import MAXIMUM_CONCURRENCY

RULE = Rule(
    id="ESM304",
    name="reserved-concurrency-below-sum",
    severity=Severity.DANGER,
    facts=("SQS-CONC-3",),
    page=pages.SQS_SCALING,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Add up what the mappings of one function may ask for, if all of it is known."""
    for group in sharing(plans, lambda plan: plan.function.concurrency_pool):
        asked = [(plan, plan.given(MAXIMUM_CONCURRENCY.name)) for plan in group]
        limited = [(plan, maximum) for plan, maximum in asked if maximum is not None]
        reserved = group[0].function.reserved_concurrency
        maxima = [maximum for _, maximum in limited]
        if not isinstance(reserved, int) or any(isinstance(maximum, Unknowable) for maximum in maxima):
            continue
        if any(plan.function.reserved_concurrency != reserved for plan in group):
            continue
        total = sum(maxima)
        if total <= reserved or max(maxima) > reserved:
            continue
        *others, last = (plan for plan, _ in limited)
        setting = FUNCTION.by_name["ReservedConcurrentExecutions"]
        yield RULE.finding(
            last,
            setting=MAXIMUM_CONCURRENCY.name,
            got=total,
            allowed=f"at most {reserved} together",
            message=f"together with {paths(others)} the poller may run the function {total} times at once, "
            f"more than {last.say(setting, reserved)} allows",
            fix=f"lower {last.say(MAXIMUM_CONCURRENCY)} until all of them sum up to {reserved}, "
            f"or raise {last.say(setting)} to {total}",
        )
