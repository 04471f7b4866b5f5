"""A stream that takes large records may hold one that no invocation can carry.

A record travels in base64, which makes it a third longer, inside an event that has its own size limit. What does
not fit cannot be delivered, and what AWS then does with it is not written down anywhere.

Bad:
    >>> ids(with_source(mapping("kinesis"), largest_record_kib=10_240))
    ['ESM324']

Good:
    >>> ids(with_source(mapping("kinesis"), largest_record_kib=4_096))
    []

Template:
      Resources:
        OrdersStream:
          Type: AWS::Kinesis::Stream
          Properties:
    -       MaxRecordSizeInKiB: 10240
    +       MaxRecordSizeInKiB: 4096
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
      stream = kinesis.Stream(self, "Stream")
    - stream.node.default_child.max_record_size_in_kib = 10240
    + stream.node.default_child.max_record_size_in_kib = 4096
      esm.KinesisToLambda(
          self,
          "Orders",
          function=function,
          stream=stream,
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan, Stream
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kinesis_stream import LARGEST_SAFE_RECORD_KIB

RULE = Rule(
    id="ESM324",
    name="record-larger-than-an-invocation",
    severity=Severity.ADVICE,
    facts=("KIN-5",),
    page=pages.LIMITS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the size that the stream takes with the greatest that surely fits."""
    largest = known(plan.source_as(Stream).largest_record_kib)
    safe = LARGEST_SAFE_RECORD_KIB.value
    if largest is None or largest <= safe:
        return
    yield RULE.finding(
        plan,
        setting="MaxRecordSizeInKiB",
        got=largest,
        allowed=f"at most {safe} KiB",
        message=f"the stream takes records of up to {largest} KiB, but what is larger than about {safe} KiB "
        "does not fit an invocation",
        fix=f"lower the stream's MaxRecordSizeInKiB to {safe}, or let producers store large contents elsewhere "
        "and send where they are",
    )
