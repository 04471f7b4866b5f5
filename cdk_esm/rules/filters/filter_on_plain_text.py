"""A list directly under the payload's key compares whole texts, and drops every JSON message.

Such a filter is for messages that are plain text. A message whose body is JSON does not match it, whatever the JSON
says, and is deleted. Values inside JSON are named by the keys that lead to them.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": ["created"]}',)), select=["ESM506"])
    ['ESM506']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"type": ["created"]}}',)), select=["ESM506"])
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
    -           - Pattern: '{"body": ["created"]}'
    +           - Pattern: '{"body": {"type": ["created"]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"body": ["created"]}]
    + patterns = [{"body": {"type": ["created"]}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator
from dataclasses import replace

from cdk_esm.filters.faults import LOSES_JSON
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, fix_of_text_pattern, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(LOSES_JSON)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for patterns for plain text, which no JSON payload matches."""
    for finding in findings(plan, RULE):
        yield replace(finding, fix=fix_of_text_pattern(plan))
