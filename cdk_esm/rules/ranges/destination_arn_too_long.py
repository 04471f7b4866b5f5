"""The ARN of an on-failure destination may have only so many characters.

CloudFormation's schema allows about three times as many as Lambda's own interface, so a name that was composed of many
parts passes every check and is refused in the middle of a deployment.

Bad:
    >>> too_long = {"OnFailure": {"Destination": "arn:aws:sqs:eu-west-1:111122223333:" + "x" * 320}}
    >>> ids(mapping("kinesis", DestinationConfig=too_long))
    ['ESM112']

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
    -           Destination: !Join
    -             - ''
    -             - - 'arn:aws:sqs:eu-west-1:111122223333:'
    -               - orders-that-failed-orders-that-failed-orders-that-failed-orders-that-failed
    -               - orders-that-failed-orders-that-failed-orders-that-failed-orders-that-failed
    -               - orders-that-failed-orders-that-failed-orders-that-failed-orders-that-failed
    -               - orders-that-failed-orders-that-failed-orders-that-failed-orders-that-failed
    -               - orders-that-failed-orders-that-failed-orders-that-failed-orders-that-failed
    +           Destination: arn:aws:s3:::orders-failed

Python:
    - failed = sqs.Queue.from_queue_arn(self, "Failed", "arn:aws:sqs:eu-west-1:111122223333:" + "x" * 320)
    + failed = sqs.Queue.from_queue_arn(self, "Failed", "arn:aws:sqs:eu-west-1:111122223333:orders-failed")
      esm.KinesisToLambda(self, "Orders", function=function, on_failure=esm.OnFailure.queue(failed))
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.streams import literal_destination
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.stream_settings import DESTINATION_ARN_CHARACTERS, ON_FAILURE_ARN

RULE = Rule(
    id="ESM112",
    name="destination-arn-too-long",
    severity=Severity.ERROR,
    facts=("STR-DEST-3",),
    page=pages.MAPPING_API,
    negotiable=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Measure the ARN, if it is written out."""
    arn = literal_destination(plan)
    longest = DESTINATION_ARN_CHARACTERS.value
    if len(arn) <= longest:
        return
    yield RULE.finding(
        plan,
        setting=ON_FAILURE_ARN.name,
        got=len(arn),
        allowed=f"at most {longest} characters",
        message=f"the ARN in {plan.say(ON_FAILURE_ARN)} has {len(arn)} characters: AWS takes {longest}",
        fix="give the destination a shorter name",
    )
