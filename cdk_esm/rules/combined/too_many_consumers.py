"""A stream has only so many enhanced fan-out consumers.

Kinesis refuses the next one, and the mapping that wanted to read through it is not made. Streams with on-demand
advantage have more, and quotas can be raised: then acknowledge this.

Bad:
    >>> consumer = lambda n: f"arn:aws:kinesis:eu-west-1:111122223333:stream/orders/consumer/{n}:1700000000"
    >>> ids(*[with_source(mapping("kinesis-efo"), consumer=consumer(n)) for n in range(21)], select=["ESM224"])
    ['ESM224']

Good:
    >>> consumer = lambda n: f"arn:aws:kinesis:eu-west-1:111122223333:stream/orders/consumer/{n}:1700000000"
    >>> ids(*[with_source(mapping("kinesis-efo"), consumer=consumer(n)) for n in range(20)], select=["ESM224"])
    []

Template:
    none: it takes twenty-one consumers, and the Python beside it writes them in a loop.

Python:
      Mapping = lambda_.CfnEventSourceMapping
    - readers = range(21)
    + readers = range(20)
      stream_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
      for reader in readers:
          Mapping(
              self,
              f"Reader{reader}",
              function_name=f"reader{reader}",
              event_source_arn=f"{stream_arn}/consumer/reader{reader}:1700000000",
              starting_position="TRIM_HORIZON",
              maximum_retry_attempts=10,
              destination_config=Mapping.DestinationConfigProperty(
                  on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
              ),
          )
"""

from collections.abc import Iterator, Sequence

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.streams import one_mapping_per_consumer
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kinesis_stream import CONSUMERS

RULE = Rule(
    id="ESM224",
    name="too-many-consumers",
    severity=Severity.ERROR,
    facts=("KIN-2",),
    page=pages.KINESIS_CONSUMERS,
    negotiable=True,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Count the consumers of each stream."""
    most = CONSUMERS.value
    for group in one_mapping_per_consumer(plans):
        if len(group) <= most:
            continue
        yield RULE.finding(
            group[-1],
            setting="EventSourceArn",
            got=len(group),
            allowed=f"at most {most}",
            message=f"{len(group)} enhanced fan-out consumers read one stream: Kinesis takes {most}",
            fix="let some of them read on the shared throughput, or acknowledge this if the stream takes more",
        )
