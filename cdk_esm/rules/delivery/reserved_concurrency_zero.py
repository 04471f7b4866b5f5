"""A function with a reserved concurrency of zero never runs, so an enabled mapping only wears its messages out.

Every invocation is throttled. On a queue each receive still counts, so it drains into its dead-letter queue, or into
nothing, without one message having reached the code; on a stream the records grow old and expire. Zero is a switch for
an emergency; the mapping has its own switch.

Bad:
    >>> ids(with_function(mapping(), reserved_concurrency=0), select=["ESM302"])
    ['ESM302']

Good:
    >>> ids(with_function(mapping(Enabled=False), reserved_concurrency=0), select=["ESM302"])
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            ReservedConcurrentExecutions: 0
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
    -       Enabled: true
    +       Enabled: false

Python:
      function = esm.NewFunction(code="handlers/orders", handler="app.handler", reserved_concurrency=0)
    - esm.SqsToLambda(self, "Orders", function=function, enabled=True)
    + esm.SqsToLambda(self, "Orders", function=function, enabled=False)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import FUNCTION
from cdk_esm.sources.sqs_queue import LEAST_RESERVED_CONCURRENCY

RULE = Rule(
    id="ESM302",
    name="reserved-concurrency-zero",
    severity=Severity.DANGER,
    facts=("SQS-CONC-5",),
    page=pages.CONCURRENCY,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a function that is switched off behind a mapping that is switched on."""
    reserved = known(plan.function.reserved_concurrency)
    if reserved != 0 or known(plan.setting("Enabled")) is False:
        return
    setting = FUNCTION.by_name["ReservedConcurrentExecutions"]
    from_queue = isinstance(plan.event_source, Queue)
    least = LEAST_RESERVED_CONCURRENCY.value if from_queue else 1
    then = (
        "every receive is throttled and counts towards the dead-letter queue" if from_queue else "nothing is processed"
    )
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=reserved,
        allowed=f"none, or at least {least}",
        message=f"{plan.say(setting, 0)} keeps the function from ever running, and the mapping is enabled: {then}",
        fix=f"remove {plan.say(setting)} or raise it to {least}, "
        f"or stop the mapping with {plan.say('Enabled', value=False)}",
    )
