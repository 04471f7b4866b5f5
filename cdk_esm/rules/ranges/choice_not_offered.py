"""A setting holds a word that the service does not offer for this source.

Some settings take words from a short list, and the list depends on the source: Kafka has metrics that no
queue has. Lambda refuses the mapping, and its message names the list but not the mapping.

Bad:
    >>> ids(mapping("sqs", MetricsConfig={"Metrics": ["EventCount", "ErrorCount"]}), select=["ESM103"])
    ['ESM103']

Good:
    >>> ids(mapping("sqs", MetricsConfig={"Metrics": ["EventCount"]}))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
    -       FunctionResponseTypes: [ReportBatchItemFailure]
    +       FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      lambda_.CfnEventSourceMapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:sqs:eu-west-1:111122223333:orders",
    -     function_response_types=["ReportBatchItemFailure"],
    +     function_response_types=["ReportBatchItemFailures"],
      )
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cdk_esm.facts import Form, Setting, Unknowable
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import ACCESS_TYPE

RULE = Rule(
    id="ESM103",
    name="choice-not-offered",
    severity=Severity.ERROR,
    facts=("MET-1", "STR-POS-2"),
    page=pages.MAPPING_API,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare every word with the fact sheet's choices."""
    for setting in plan.facts.settings:
        if not setting.choices:
            continue
        for word in _words(plan, setting.name):
            if isinstance(word, Unknowable) or word in setting.choices:
                continue
            yield RULE.finding(
                plan,
                setting=setting.name,
                got=word,
                allowed=plan.range_of(setting),
                message=f"{plan.say(setting, word)} is not offered: {plan.facts.label} takes {plan.range_of(setting)}",
                fix="set " + " or ".join(_one(plan, setting, one) for one in setting.choices)
                if plan.door == Door.CONSTRUCT
                else f"set {plan.say(setting)} to {setting.range_text}",
            )


def _one(plan: MappingPlan, setting: Setting, choice: str) -> str:
    """One of the choices as it is written: the only one in the list, where the setting is a list."""
    is_list = setting.form is Form.LIST or isinstance(plan.given(setting.name.rpartition(".")[0]), list | tuple)
    return plan.say(setting, [choice] if is_list and setting.in_python is None else choice)


def _words(plan: MappingPlan, name: str) -> list[Any]:
    """The words of a setting: one, those of a list, or one in each record of a list."""
    above, _, member = name.rpartition(".")
    records = plan.given(above) if above else None
    if isinstance(records, list | tuple) and name != ACCESS_TYPE.name:  # of that one ESM234 speaks
        return [one[member] for one in records if isinstance(one, Mapping) and one.get(member) is not None]
    value = plan.given(name)
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list | tuple) else []
