"""A record age must be -1 (forever) or at least a minute.

CloudFormation's schema takes every number from -1 up, so an age of zero, meant as "do not wait" or as "no limit",
passes every check until Lambda refuses the mapping in the middle of a deployment.

Bad:
    >>> ids(mapping("kinesis", MaximumRecordAgeInSeconds=30))
    ['ESM110']

Good:
    >>> ids(mapping("kinesis", MaximumRecordAgeInSeconds=60))
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
                Destination: arn:aws:s3:::orders-failed
    -       MaximumRecordAgeInSeconds: 30
    +       MaximumRecordAgeInSeconds: 60

Python:
    - esm.KinesisToLambda(self, "Orders", function=function, max_record_age=Duration.seconds(30))
    + esm.KinesisToLambda(self, "Orders", function=function, max_record_age=Duration.minutes(1))
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.stream_settings import FOREVER, LEAST_RECORD_AGE, RECORD_AGE

RULE = Rule(
    id="ESM110",
    name="record-age-too-short",
    severity=Severity.ERROR,
    facts=("STR-AGE-1",),
    page=pages.MAPPING_API,
    negotiable=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for an age between none and the least one; below that ESM101 speaks."""
    age = known(plan.given(RECORD_AGE.name))
    least = LEAST_RECORD_AGE.value
    if RECORD_AGE.name not in plan.facts.by_name or not isinstance(age, int) or not 0 <= age < least:
        return
    yield RULE.finding(
        plan,
        setting=RECORD_AGE.name,
        got=age,
        allowed=f"{FOREVER}, or {least} to {RECORD_AGE.maximum} seconds",
        message=f"{plan.say(RECORD_AGE, age)} is too short: {plan.facts.label} takes {FOREVER} (forever) "
        f"or {least} to {RECORD_AGE.maximum} seconds",
        fix=f"set {plan.say(RECORD_AGE, least)} or more",
    )
