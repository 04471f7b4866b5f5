"""A maximum concurrency and provisioned pollers exclude each other.

With provisioned pollers it is their number that bounds how many invocations run at once, and Lambda wants no second
bound beside it: it refuses a mapping that has both.

Bad:
    >>> pollers = {"MaximumPollers": 5}
    >>> both = mapping("sqs", ProvisionedPollerConfig=pollers, ScalingConfig={"MaximumConcurrency": 10})
    >>> ids(both, select=["ESM203"])
    ['ESM203']

Good:
    >>> ids(mapping("sqs", ProvisionedPollerConfig={"MaximumPollers": 5}), select=["ESM203"])
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
            ProvisionedPollerConfig:
              MaximumPollers: 5
    -       ScalingConfig:
    -         MaximumConcurrency: 10

Python:
      esm.SqsToLambda(
          self,
          "Orders",
          function=function,
    -     provisioned_poller_config=esm.ProvisionedPollers(2, 5),
    -     max_concurrency=10,
    +     provisioned_poller_config=esm.ProvisionedPollers(2, 5),
      )
"""

from collections.abc import Iterator, Mapping

from cdk_esm.facts import Unknowable, known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM203",
    name="concurrency-and-pollers",
    severity=Severity.ERROR,
    facts=("SQS-PROV-1",),
    page=pages.SQS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for both; an empty poller record, of which ESM205 speaks, does not count."""
    concurrency = known(plan.given("ScalingConfig.MaximumConcurrency"))
    pollers = known(plan.given("ProvisionedPollerConfig"))
    if concurrency is None or not isinstance(pollers, Mapping):
        return
    if all(value is None or isinstance(value, Unknowable) for value in pollers.values()):
        return
    name, maximum = plan.say("ScalingConfig.MaximumConcurrency"), plan.say("ProvisionedPollerConfig.MaximumPollers")
    record = plan.say("ProvisionedPollerConfig")
    yield RULE.finding(
        plan,
        setting="ScalingConfig.MaximumConcurrency",
        got=concurrency,
        allowed=f"one of {name} and {record}",
        message=f"{plan.say('ScalingConfig.MaximumConcurrency', concurrency)} and {record} exclude each other",
        fix=f"remove {name} and bound the load with {maximum}, or remove {record}",
    )
