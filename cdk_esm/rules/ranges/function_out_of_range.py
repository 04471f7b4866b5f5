"""A property of the function lies outside the range that Lambda takes.

Lambda refuses the function, and the mapping with it. How long a function may run depends on where it runs: only Lambda
Managed Instances allow more than thirty minutes. ESM120 speaks of what is above the fifteen minutes of AWS's guide.

Bad:
    >>> ids(with_function(mapping(), timeout_seconds=1_801), select=["ESM106"])
    ['ESM106']

Good:
    >>> ids(with_function(mapping(), timeout_seconds=1_801, managed_instances=True), select=["ESM106"])
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
    -       Timeout: 1801
    +       Timeout: 900
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      function = esm.NewFunction(
          code="handlers/orders",
          handler="app.handler",
    -     timeout=Duration.minutes(31),
    +     timeout=Duration.minutes(15),
      )
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator
from dataclasses import replace

from cdk_esm.facts import Setting, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.python_fixes import within
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import ENVIRONMENT_BYTES, FUNCTION, LONGEST_MODELLED_TIMEOUT

RULE = Rule(
    id="ESM106",
    name="function-out-of-range",
    severity=Severity.ERROR,
    facts=("FN-2",),
    page=pages.LIMITS,
    negotiable=True,
)

_STANDARD_TIMEOUT = replace(FUNCTION.by_name["Timeout"], maximum=LONGEST_MODELLED_TIMEOUT.value)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare every property of the function with the fact sheet."""
    function, sheet = plan.function, FUNCTION.by_name
    timeout = sheet["Timeout"]
    if function.managed_instances is False:
        timeout = _STANDARD_TIMEOUT
    values: tuple[tuple[Setting, int | str | Unknowable | None], ...] = (
        (timeout, function.timeout_seconds),
        (sheet["MemorySize"], function.memory_mb),
        (sheet["ReservedConcurrentExecutions"], function.reserved_concurrency),
        (sheet["Handler"], function.handler),
    )
    for setting, value in values:
        if value is None or isinstance(value, Unknowable):
            continue
        if setting.admits(len(value) if isinstance(value, str) else value):
            continue
        yield RULE.finding(
            plan,
            setting=setting.name,
            got=value,
            allowed=plan.range_of(setting),
            message=f"{plan.say(setting, value)} is out of range: {FUNCTION.label} takes {plan.range_of(setting)}",
            fix=within(plan, setting, value),
        )
    size = function.environment_bytes
    if isinstance(size, int) and size > ENVIRONMENT_BYTES.value:
        yield RULE.finding(
            plan,
            setting="Environment",
            got=size,
            allowed=f"at most {ENVIRONMENT_BYTES.value} bytes",
            message=f"the environment variables take {size} bytes: "
            f"{FUNCTION.label} takes at most {ENVIRONMENT_BYTES.value} bytes",
            fix="move what is large into a parameter, a secret or a file beside the code",
        )
