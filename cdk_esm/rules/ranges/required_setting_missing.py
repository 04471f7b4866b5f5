"""A setting is missing without which the service takes no mapping.

The CloudFormation schema knows what every mapping needs, but not what one source needs beyond that, so a template can
be valid and still be refused. If the source itself is missing, ESM108 says so.

Bad:
    >>> ids(mapping("sqs", FunctionName=None), select=["ESM109"])
    ['ESM109']

Good:
    >>> ids(mapping("sqs", FunctionName="fulfil"))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
    +       StartingPosition: TRIM_HORIZON

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:kinesis:eu-west-1:111122223333:stream/orders",
          maximum_retry_attempts=10,
          function_response_types=["ReportBatchItemFailures"],
          destination_config=Mapping.DestinationConfigProperty(
              on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
          ),
    +     starting_position="TRIM_HORIZON",
      )
"""

from collections.abc import Iterator
from typing import Final

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM109",
    name="required-setting-missing",
    severity=Severity.ERROR,
    facts=("sqs_standard.FunctionName", "STR-POS-1", "KAF-AUTH-3"),
    page=pages.MAPPING_RESOURCE,
)

_LEFT_TO_ESM108: Final = ("EventSourceArn", "SelfManagedEventSource")


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for every required setting."""
    for setting in plan.facts.settings:
        if not setting.required or setting.requirement_is_reported or plan.given(setting.name) is not None:
            continue
        record = setting.name.rpartition(".")[0]
        if setting.name in _LEFT_TO_ESM108 or (record and plan.given(record) is None):
            continue  # ESM108 says it, or the record that it would be in is missing or not wanted
        yield RULE.finding(
            plan,
            setting=setting.name,
            got=None,
            allowed="a value",
            message=f"{plan.say(setting)} is missing: {plan.facts.label} takes no mapping without it",
            fix=f"add {plan.say(setting)}",
        )
