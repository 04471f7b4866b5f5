"""A filter names metadata of the record, on which nothing was seen to work.

The page says that filters see the payload only. For some sources AWS was seen to filter on a field beside it, for this
one nobody has shown it.

Bad:
    >>> ids(replace(mapping("kinesis"), filters=('{"partitionKey": ["7"], "data": {"a": ["1"]}}',)), select=["ESM525"])
    ['ESM525']

Good:
    >>> ids(replace(mapping("kinesis"), filters=('{"data": {"a": ["1"]}}',)), select=["ESM525"])
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
            FilterCriteria:
              Filters:
    -           - Pattern: '{"partitionKey": ["7"], "data": {"customer": ["7"]}}'
    +           - Pattern: '{"data": {"customer": ["7"]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"partitionKey": ["7"], "data": {"customer": ["7"]}}]
    + patterns = [{"data": {"customer": ["7"]}}]
      esm.KinesisToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import UNPROVED_METADATA
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(UNPROVED_METADATA)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for fields beside the payload."""
    yield from findings(plan, RULE)
