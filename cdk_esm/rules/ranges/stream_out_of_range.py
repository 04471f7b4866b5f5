"""A property of the stream lies outside the range that Kinesis takes.

A retention below a day or above a year, or a stream without a shard, is refused when the stream is made, and the
deployment rolls back before there is anything to map.

Bad:
    >>> ids(with_source(mapping("kinesis"), retention_hours=8784), select=["ESM111"])
    ['ESM111']

Good:
    >>> ids(with_source(mapping("kinesis"), retention_hours=8760), select=["ESM111"])
    []

Template:
      Resources:
        OrdersStream:
          Type: AWS::Kinesis::Stream
          Properties:
    -       RetentionPeriodHours: 8784
    +       RetentionPeriodHours: 8760
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersStream.Arn
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed

Python:
      esm.KinesisToLambda(
          self,
          "Orders",
          function=function,
    -     stream=esm.NewStream(retention=Duration.days(366)),
    +     stream=esm.NewStream(retention=Duration.days(365)),
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan, Stream
from cdk_esm.rules.python_fixes import within
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kinesis_stream import STREAM

RULE = Rule(
    id="ESM111",
    name="stream-out-of-range",
    severity=Severity.ERROR,
    facts=("kinesis_shared.limits",),
    page=pages.KINESIS_STREAM_RESOURCE,
    negotiable=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the stream's own properties with the fact sheet."""
    stream = plan.source_as(Stream)
    for name, value in (
        ("RetentionPeriodHours", stream.retention_hours),
        ("ShardCount", stream.shard_count),
    ):
        setting = STREAM.by_name[name]
        if not isinstance(value, int) or setting.admits(value):
            continue
        yield RULE.finding(
            plan,
            setting=name,
            got=value,
            allowed=plan.range_of(setting),
            message=f"{plan.say(setting, value)} is out of range: {STREAM.label} takes {plan.range_of(setting)}",
            fix=within(plan, setting, value),
        )
