"""A filter on a field that the source does not have never matches.

AWS takes it without a word. Then nothing passes the filter, and what does not pass is gone: a queue's messages are
deleted, every one of them, without reaching the function or a dead-letter queue.

Bad:
    >>> ids(replace(mapping(), filters=('{"data": {"type": ["created"]}}',)), select=["ESM502"])
    ['ESM502']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"type": ["created"]}}',)), select=["ESM502"])
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria:
              Filters:
    -           - Pattern: '{"data": {"type": ["created"]}}'
    +           - Pattern: '{"body": {"type": ["created"]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"data": {"type": ["created"]}}]
    + patterns = [{"body": {"type": ["created"]}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import UNKNOWN_KEY
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(UNKNOWN_KEY)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the fields that a pattern names with those that the source has."""
    yield from findings(plan, RULE)
