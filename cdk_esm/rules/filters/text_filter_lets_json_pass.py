"""A list directly under the payload's key compares whole texts, and lets every JSON record of a broker pass.

On Kafka and Amazon MQ a record whose payload has another format than the pattern is not held back: only the rest of
the pattern counts, and where there is none, the record is delivered. A queue would delete it.

Bad:
    >>> ids(replace(mapping("msk"), filters=('{"value": ["created"]}',)))
    ['ESM515']

Good:
    >>> ids(replace(mapping("msk"), filters=('{"value": {"type": ["created"]}}',)))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1
            Topics: [orders]
            StartingPosition: TRIM_HORIZON
            AmazonManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-orders
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            FilterCriteria:
              Filters:
    -           - Pattern: '{"value": ["created"]}'
    +           - Pattern: '{"value": {"type": ["created"]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"value": ["created"]}]
    + patterns = [{"value": {"type": ["created"]}}]
      esm.MskToLambda(
          self,
          "Orders",
          function=function,
          cluster="arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1",
          topic="orders",
          authentication=esm.MskAuthentication.iam(),
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
          alarms=esm.Alarms(thresholds={"offset_lag": 1000}),
          filters=patterns,
      )
"""

from collections.abc import Iterator
from dataclasses import replace

from cdk_esm.filters.faults import PASSES_JSON
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, fix_of_text_pattern, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(PASSES_JSON)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for patterns for plain text, which let JSON pass where the source takes the rest of the pattern alone."""
    for finding in findings(plan, RULE):
        yield replace(finding, fix=fix_of_text_pattern(plan))
