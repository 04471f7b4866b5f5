"""A setting was given that the service does not take for this source.

Every source has its own settings, and Lambda refuses a mapping that brings another source's. It does so only when the
stack is deployed: the CloudFormation schema holds the settings of all sources together and lets every one of them pass.

Bad:
    >>> ids(mapping("sqs", StartingPosition="LATEST"), select=["ESM102"])
    ['ESM102']

Good:
    >>> ids(mapping("sqs", BatchSize=5))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
    -       ParallelizationFactor: 10
    +       ScalingConfig:
    +         MaximumConcurrency: 10

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:sqs:eu-west-1:111122223333:orders",
          function_response_types=["ReportBatchItemFailures"],
    -     parallelization_factor=10,
    +     scaling_config=Mapping.ScalingConfigProperty(maximum_concurrency=10),
      )
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.common import INNER_KEYS

RULE = Rule(
    id="ESM102",
    name="setting-not-supported",
    severity=Severity.ERROR,
    facts=("UNS-1", "STR-POS-5", "STR-PF-1", "SQS-DLQ-5", "SQS-PROV-3", "KAF-AUTH-2", "DOC-2"),
    page=pages.MAPPING_API,
)

# Which of the two a source wants is for ESM108 to say, and what a mapping reports for ESM221, or one mistake would be
# reported twice.
_LEFT_TO_OTHERS: Final = ("EventSourceArn", "SelfManagedEventSource", "DestinationConfig.OnSuccess")
_SURELY_MISSPELT: Final = 0.85


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look up every setting, and every member of a record that the fact sheet opens, in the fact sheet."""
    sheet = plan.facts
    inner = {
        f"{above}.{key}" for above, keys in INNER_KEYS.items() for key in keys if "FilterCriteria" in sheet.by_name
    }
    listed = {name.casefold(): name for name in (*sheet.by_name, *sorted(inner))}
    for name, value in _unlisted(plan.settings, sheet.by_name.keys() | inner | set(_LEFT_TO_OTHERS)):
        close = get_close_matches(name.casefold(), listed, n=1, cutoff=_SURELY_MISSPELT)
        instead = f": its failure path is {sheet.failure_path}" if name == "DestinationConfig" else ""
        yield RULE.finding(
            plan,
            setting=name,
            got=value,
            allowed="a setting of this source",
            message=f"{sheet.label} does not take {plan.say(name)}{instead}",
            fix=f"did you mean {plan.say(listed[close[0]])}?" if close else f"remove {plan.say(name)}",
        )


def _unlisted(record: Mapping[str, Any], listed: set[str], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every name that is not listed, with its value; a token may turn out to be no value at all, so it may stay."""
    for key, value in record.items():
        name = prefix + key
        if value is None or isinstance(value, Unknowable):
            continue
        if name not in listed:
            yield name, value
        elif isinstance(value, Mapping) and any(other.startswith(name + ".") for other in listed):
            yield from _unlisted(value, listed, name + ".")
        elif isinstance(value, list | tuple) and any(other.startswith(name + ".") for other in listed):
            for member in value:
                if isinstance(member, Mapping):
                    yield from _unlisted(member, listed, name + ".")
