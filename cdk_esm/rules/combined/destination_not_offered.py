"""A stream's mapping can send only what failed, and only to a bucket, a queue or a topic.

Destinations for success, and further kinds of destinations, belong to asynchronous invocation. The CloudFormation
schema is the same for both, so it lets them pass, and Lambda refuses the mapping.

Bad:
    >>> event_bus = "arn:aws:events:eu-west-1:111122223333:event-bus/failed"
    >>> ids(mapping("kinesis", DestinationConfig={"OnFailure": {"Destination": event_bus}}))
    ['ESM221']

Good:
    >>> ids(mapping("kinesis", DestinationConfig={"OnFailure": {"Destination": "arn:aws:s3:::orders-failed"}}))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
    -           Destination: arn:aws:events:eu-west-1:111122223333:event-bus/failed
    +           Destination: arn:aws:s3:::orders-failed

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:kinesis:eu-west-1:111122223333:stream/orders",
          starting_position="TRIM_HORIZON",
          maximum_retry_attempts=10,
          function_response_types=["ReportBatchItemFailures"],
          destination_config=Mapping.DestinationConfigProperty(
              on_failure=Mapping.OnFailureProperty(
    -             destination="arn:aws:events:eu-west-1:111122223333:event-bus/failed"
    +             destination="arn:aws:s3:::orders-failed"
              )
          ),
      )
"""

from collections.abc import Iterator
from typing import Final

from cdk_esm.facts import NotApplicable, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.streams import literal_destination, service_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.destinations import DESTINATIONS, KAFKA_TOPIC_PREFIX
from cdk_esm.sources.stream_settings import ON_FAILURE, ON_FAILURE_ARN

RULE = Rule(
    id="ESM221",
    name="destination-not-offered",
    severity=Severity.ERROR,
    facts=("STR-DEST-2",),
    page=pages.KINESIS_FAILURES,
    topic="failures",
)

_ON_SUCCESS: Final = "DestinationConfig.OnSuccess"


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a destination for success, and at the service in the ARN of the other one."""
    if ON_FAILURE_ARN.name not in plan.facts.by_name:
        return
    success = plan.given(_ON_SUCCESS)
    if success and not isinstance(success, Unknowable):
        yield RULE.finding(
            plan,
            setting=_ON_SUCCESS,
            got=success,
            allowed=f"{plan.say(ON_FAILURE)} alone",
            message=f"{plan.facts.label} takes no {_ON_SUCCESS}: a mapping reports only what failed",
            fix=f"remove {_ON_SUCCESS}, and let the function itself send what it made",
        )
    for one in plan.misplaced:
        if one.place == ON_FAILURE_ARN.name:
            yield RULE.finding(
                plan,
                setting=one.place,
                got=one.written,
                allowed=plan.facts.failure_path,
                message=f"{plan.say(ON_FAILURE_ARN, one.written)} {one.fault}: "
                f"{plan.facts.label} has as failure path {plan.facts.failure_path}",
                fix=one.fix,
            )
            return
    try:
        arn = literal_destination(plan)
    except NotApplicable:
        return
    service = service_of(arn)
    if service is None and arn.startswith(KAFKA_TOPIC_PREFIX) and "kafka-topic" in plan.facts.destinations:
        return
    if service in {DESTINATIONS[kind].arn_service for kind in plan.facts.destinations} - {None}:
        return
    yield RULE.finding(
        plan,
        setting=ON_FAILURE_ARN.name,
        got=arn,
        allowed=plan.facts.failure_path,
        message=f"{plan.say(ON_FAILURE_ARN, arn)} "
        + ("is no ARN" if service is None else f"names the service {service}")
        + f": {plan.facts.label} has as failure path {plan.facts.failure_path}",
        fix="give the ARN of a bucket, a standard queue or a standard topic",
    )
