"""The least number of pollers is above the greatest.

Lambda keeps at least the one and at most the other, and refuses a pair that no number of pollers can satisfy. The
defaults count: if only one of the two is set, the service fills in the other.

Bad:
    >>> ids(mapping("sqs", ProvisionedPollerConfig={"MinimumPollers": 20, "MaximumPollers": 10}), select=["ESM204"])
    ['ESM204']

Good:
    >>> ids(mapping("sqs", ProvisionedPollerConfig={"MinimumPollers": 10, "MaximumPollers": 20}), select=["ESM204"])
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
    -         MinimumPollers: 20
    -         MaximumPollers: 10
    +         MinimumPollers: 10
    +         MaximumPollers: 20

Python:
      esm.SqsToLambda(
          self,
          "Orders",
          function=function,
    -     provisioned_poller_config=esm.ProvisionedPollers(20, 10),
    +     provisioned_poller_config=esm.ProvisionedPollers(10, 20),
      )
"""

from collections.abc import Iterator
from typing import Final

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM204",
    name="pollers-upside-down",
    severity=Severity.ERROR,
    facts=("SQS-PROV-2", "KAF-PROV-5"),
    page=pages.SQS,
)

_LEAST: Final = "ProvisionedPollerConfig.MinimumPollers"
_GREATEST: Final = "ProvisionedPollerConfig.MaximumPollers"


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the two numbers as AWS will see them."""
    least, greatest = known(plan.setting(_LEAST)), known(plan.setting(_GREATEST))
    if least is None or greatest is None or least <= greatest:
        return
    said = {
        name: plan.say(name, value) + (" (the service's default)" if plan.given(name) is None else "")
        for name, value in ((_LEAST, least), (_GREATEST, greatest))
    }
    yield RULE.finding(
        plan,
        setting=_LEAST,
        got=least,
        allowed=f"at most {greatest}",
        message=f"{said[_LEAST]} is above {said[_GREATEST]}",
        fix=f"lower {plan.say(_LEAST)}, or raise {plan.say(_GREATEST)}",
    )
