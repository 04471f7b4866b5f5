"""Reserved concurrency alone does not hold the pollers of a queue back.

The pollers add invocations while there are messages, and do not ask how many the function may run. What is above the
reserve is throttled, and the message goes back to the queue with a receive used up: when traffic rises, good messages
reach the dead-letter queue. A maximum concurrency, or few enough pollers, keeps the mapping within the reserve, which
it shares with whatever else invokes the function. With ten receives or more a message lives through such a time.

Bad:
    >>> in_an_app = replace(mapping(), alarms=AlarmState(stack="Shop"))
    >>> ids(with_function(in_an_app, reserved_concurrency=10))
    ['ESM361']

Good:
    >>> ids(with_function(mapping(ScalingConfig={"MaximumConcurrency": 10}), reserved_concurrency=10))
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            ReservedConcurrentExecutions: 10
        OrdersDeadLetters:
          Type: AWS::SQS::Queue
          Properties:
            MessageRetentionPeriod: 1209600
        OrdersQueue:
          Type: AWS::SQS::Queue
          Properties:
            VisibilityTimeout: 180
            RedrivePolicy:
              deadLetterTargetArn: !GetAtt OrdersDeadLetters.Arn
              maxReceiveCount: 5
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: !GetAtt OrdersQueue.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]
    +       ScalingConfig:
    +         MaximumConcurrency: 10

Python:
      function = esm.NewFunction(code="handlers/orders", handler="app.handler", reserved_concurrency=10)
    - esm.SqsToLambda(self, "Orders", function=function)
    + esm.SqsToLambda(self, "Orders", function=function, max_concurrency=10)
"""

from collections.abc import Iterator, Sequence
from typing import Final

from cdk_esm.facts import Unknowable
from cdk_esm.plan import Door, FailureKind, FailurePath, MappingPlan, Queue
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.groups import paths
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import FUNCTION
from cdk_esm.sources.sqs_queue import LEAST_RESERVED_CONCURRENCY, RECEIVES_THAT_OUTLAST_THROTTLES
from cdk_esm.sources.sqs_settings import (
    INVOCATIONS_OF_A_POLLER,
    MAXIMUM_CONCURRENCY,
    MAXIMUM_POLLERS,
    MINIMUM_POLLERS,
    POLLERS,
)

FACTS = (
    Fact(
        "SQS-CONC-7",
        "doc",
        "The pollers of a mapping on a queue do not know the reserved concurrency of the function, and a maximum "
        "concurrency on the mapping prevents that they are throttled.",
        page=pages.SQS_SCALING,
    ),
)
RULE = Rule(
    id="ESM361",
    name="reserved-concurrency-without-maximum",
    severity=Severity.ADVICE,
    facts=("SQS-CONC-7", "SQS-CONC-3"),
    page=pages.SQS_SCALING,
)
_RESERVED: Final = FUNCTION.by_name["ReservedConcurrentExecutions"]


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Look, once for each function, for mappings on queues that go beyond its reserve."""
    functions: dict[str, list[MappingPlan]] = {}
    for plan in plans:
        alone = plan.door == Door.CONSTRUCT and plan.alarms is None  # the whole app is looked at when it is synthesized
        if isinstance(plan.event_source, Queue) and plan.setting("Enabled") is not False and not alone:
            functions.setdefault(plan.function.concurrency_pool, []).append(plan)
    for mappings in functions.values():
        reserved = mappings[0].function.reserved_concurrency
        if not isinstance(reserved, int) or reserved < LEAST_RESERVED_CONCURRENCY.value:
            continue  # below that ESM302 or ESM303 speaks
        share = reserved // len(mappings)
        free = [plan for plan in mappings if _loses_by_throttles(plan) and _goes_beyond(plan, share)]
        if free:
            yield _finding(free, reserved, len(mappings), share)


def _loses_by_throttles(plan: MappingPlan) -> bool:
    """Whether a message is moved after so few receives that a time of throttles can use them up."""
    failure = plan.failure
    if not isinstance(failure, FailurePath) or failure.kind != FailureKind.DEAD_LETTER_QUEUE:
        return False
    receives = failure.effective_max_receive_count
    return isinstance(receives, int) and receives < RECEIVES_THAT_OUTLAST_THROTTLES.value


def _goes_beyond(plan: MappingPlan, share: int) -> bool:
    """Whether nothing keeps a mapping within its share; a maximum that is set is compared by ESM304."""
    if plan.given(MAXIMUM_CONCURRENCY.name) is not None:
        return False
    pollers = plan.given(POLLERS.name)
    if pollers is None:
        return True
    most = None if isinstance(pollers, Unknowable) else plan.setting(MAXIMUM_POLLERS.name)
    return isinstance(most, int) and most * INVOCATIONS_OF_A_POLLER.value > share


def _finding(free: list[MappingPlan], reserved: int, count: int, share: int) -> Finding:
    first = free[0]
    others = "" if count == 1 else f", which {count} mappings on queues share"
    named = "the mapping" if len(free) == 1 else paths(free)
    return RULE.finding(
        first,
        setting=_RESERVED.name,
        got=reserved,
        allowed="mappings that keep within the reserve",
        message=f"nothing keeps {named} within {first.say(_RESERVED, reserved)}{others}: what is throttled uses up a "
        "receive, and good messages reach the dead-letter queue",
        fix=f"{_fix(first, count, share)}; whatever else invokes the function shares the reserve",
    )


def _fix(plan: MappingPlan, count: int, share: int) -> str:
    """What keeps a mapping within its share, if the share is large enough for what AWS takes."""
    if plan.given(POLLERS.name) is not None:
        pollers, least = share // INVOCATIONS_OF_A_POLLER.value, MINIMUM_POLLERS.minimum or 0
        if pollers >= least:
            return f"lower {plan.say(MAXIMUM_POLLERS)} to {pollers}, each of which runs {INVOCATIONS_OF_A_POLLER.value}"
        needed = least * INVOCATIONS_OF_A_POLLER.value * count
        return f"raise {plan.say(_RESERVED)} to {needed} and set {plan.say(MAXIMUM_POLLERS, least)}"
    least = MAXIMUM_CONCURRENCY.minimum or 0
    if share >= least:
        return f"set {plan.say(MAXIMUM_CONCURRENCY, share)}" + (" on each of the mappings" if count > 1 else "")
    return f"raise {plan.say(_RESERVED)} to {least * count} and set {plan.say(MAXIMUM_CONCURRENCY, least)} on each"
