"""A function may run for longer than AWS's guide says, if the newer model of Lambda's API is right.

The guide still states fifteen minutes. The API model that AWS publishes says thirty since a release of November 2026.
Where the guide is right, Lambda refuses the function, and the deployment rolls back.

Behind Apache Kafka the guide states fourteen minutes, and that mappings on Kafka take the longer timeouts of Lambda
Managed Instances. How the two go together is not stated.

Bad:
    >>> ids(with_function(mapping("kinesis"), timeout_seconds=1_200))
    ['ESM120']

Good:
    >>> ids(with_function(mapping("kinesis"), timeout_seconds=900))
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
    -       Timeout: 1200
    +       Timeout: 900
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed

Python:
      Mapping = lambda_.CfnEventSourceMapping
      function = lambda_.CfnFunction(
          self,
          "Function",
          role="arn:aws:iam::111122223333:role/orders",
          runtime="python3.14",
          handler="index.handler",
          code=lambda_.CfnFunction.CodeProperty(zip_file="handler = print"),
    -     timeout=1200,
    +     timeout=900,
      )
      Mapping(
          self,
          "Orders",
          function_name=function.ref,
          event_source_arn="arn:aws:kinesis:eu-west-1:111122223333:stream/orders",
          starting_position="TRIM_HORIZON",
          maximum_retry_attempts=10,
          function_response_types=["ReportBatchItemFailures"],
          destination_config=Mapping.DestinationConfigProperty(
              on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
          ),
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import Figure, known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import FUNCTION, LONGEST_MODELLED_TIMEOUT, LONGEST_STANDARD_TIMEOUT

FACTS = (
    Fact(
        "FN-11",
        "schema",
        "The newer API model of Lambda says that a function may run for "
        f"{LONGEST_MODELLED_TIMEOUT.value} seconds, and the guide says {LONGEST_STANDARD_TIMEOUT.value}.",
        page=pages.FUNCTION_API,
    ),
)
RULE = Rule(
    id="ESM120",
    name="timeout-above-the-guide",
    severity=Severity.ADVICE,
    facts=("FN-11", "FN-1", "FN-2"),
    page=pages.LIMITS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a timeout between what the guide says and what the model says; ESM240 has its own bound."""
    timeout = known(plan.function.effective_timeout_seconds)
    if plan.facts.longest_timeout is not None:
        yield from _behind_kafka(plan, timeout, plan.facts.longest_timeout)
        return
    if known(plan.function.managed_instances):
        return
    guide, model = LONGEST_STANDARD_TIMEOUT, LONGEST_MODELLED_TIMEOUT
    if not guide.value < timeout <= model.value:
        return
    setting = FUNCTION.by_name["Timeout"]
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=timeout,
        allowed=f"up to {guide.value} seconds by the guide, up to {model.value} by the API model",
        message=f"{plan.say(setting, timeout)} is more than the {guide.value} seconds of AWS's guide ({guide.page}), "
        f"and within the {model.value} of the API model ({model.page})",
        fix=f"try it in your account before you rely on it, or lower {plan.say(setting)} to {guide.value} seconds",
    )


def _behind_kafka(plan: MappingPlan, timeout: int, longest: Figure) -> Iterator[Finding]:
    """Say what is not stated of a function that runs on Managed Instances, or may do so for all that is known."""
    managed = plan.function.managed_instances
    if plan.facts.longest_timeout_everywhere or managed is False or timeout <= longest.value:
        return
    setting = FUNCTION.by_name["Timeout"]
    where = (
        "whether that holds on Lambda Managed Instances, too, is not stated"
        if managed is True
        else "that it runs on Lambda Managed Instances, which may run for longer, cannot be seen"
    )
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=timeout,
        allowed=f"at most {longest.value} seconds by the guide",
        message=f"{plan.say(setting, timeout)} of the function is more than the {longest.value} seconds that "
        f"{plan.facts.label} works with: {where}",
        fix=f"try it in your account before you rely on it, or lower {plan.say(setting)} to {longest.value} seconds",
    )
