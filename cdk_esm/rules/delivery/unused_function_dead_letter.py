"""A dead-letter target of the function does not catch what a mapping could not process.

It serves asynchronous invocation only, as does the on-failure destination of an event invoke config, and a mapping
invokes the function synchronously. Nothing will ever arrive there from this source, so an alarm on it keeps silent
while messages fail.

Bad:
    >>> ids(with_function(mapping(), dead_letter_target="arn:aws:sqs:eu-west-1:111122223333:failed-calls"))
    ['ESM313']

Good:
    >>> ids(with_function(mapping(), dead_letter_target=None))
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
    -       DeadLetterConfig:
    -         TargetArn: arn:aws:sqs:eu-west-1:111122223333:failed-calls
            Timeout: 30
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
    -     dead_letter_queue_enabled=True,
      )
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator

from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM313",
    name="unused-function-dead-letter",
    severity=Severity.ADVICE,
    facts=("SQS-DLQ-5",),
    page=pages.SQS_ERRORS,
    topic="failures",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a dead-letter target, and for an on-failure destination of asynchronous invocations."""
    function = plan.function
    for setting, words, target in (
        ("DeadLetterConfig", "own dead-letter target", function.dead_letter_target),
        ("EventInvokeConfig", "on-failure destination in its event invoke config", function.asynchronous_target),
    ):
        if target is None or isinstance(target, Unknowable):
            continue
        yield RULE.finding(
            plan,
            setting=setting,
            got=target,
            allowed=plan.facts.failure_path,
            message=f"the function's {words} serves asynchronous invocation only: "
            "nothing from this source arrives there",
            fix=f"remove it if only this mapping invokes the function; what fails belongs in {plan.facts.failure_path}",
        )
