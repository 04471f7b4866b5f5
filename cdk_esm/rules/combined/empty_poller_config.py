"""A record of provisioned pollers that is empty asks for nothing.

Whoever writes it wants provisioned mode, and gives no number to provision. That Lambda refuses such a mapping is known
from an emulator of the service only, so this is no more than an advice.

Bad:
    >>> ids(mapping("sqs", ProvisionedPollerConfig={}), select=["ESM205"])
    ['ESM205']

Good:
    >>> ids(mapping("sqs", ProvisionedPollerConfig={"MinimumPollers": 2}), select=["ESM205"])
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
    -       ProvisionedPollerConfig: {}
    +       ProvisionedPollerConfig:
    +         MinimumPollers: 2

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:sqs:eu-west-1:111122223333:orders",
          function_response_types=["ReportBatchItemFailures"],
    -     provisioned_poller_config=Mapping.ProvisionedPollerConfigProperty(),
    +     provisioned_poller_config=Mapping.ProvisionedPollerConfigProperty(minimum_pollers=2),
      )
"""

from collections.abc import Iterator, Mapping

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM205",
    name="empty-poller-config",
    severity=Severity.ADVICE,
    facts=("SQS-PROV-2",),
    page=pages.SQS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a record without a value in it."""
    pollers = known(plan.given("ProvisionedPollerConfig"))
    if not isinstance(pollers, Mapping) or any(value is not None for value in pollers.values()):
        return
    least = plan.say("ProvisionedPollerConfig.MinimumPollers")
    greatest = plan.say("ProvisionedPollerConfig.MaximumPollers")
    yield RULE.finding(
        plan,
        setting="ProvisionedPollerConfig",
        got=pollers,
        allowed=f"{least}, {greatest} or both",
        message=f"{plan.say('ProvisionedPollerConfig')} is empty: it gives neither {least} nor {greatest}",
        fix=f"add {least} or {greatest}, or remove {plan.say('ProvisionedPollerConfig')}",
    )
