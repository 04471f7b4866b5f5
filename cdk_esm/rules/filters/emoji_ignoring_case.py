"""A filter that ignores letter case must not name a character beyond U+FFFF, such as an emoji.

The filter engine looks at the halves of such a character, which match nothing, so the condition takes no text. Inside
anything-but it excludes none. No mapping was seen to do so, and the engine behind it does.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"type": [{"equals-ignore-case": "paid 😀"}]}}',)), select=["ESM530"])
    ['ESM530']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"type": ["paid 😀"]}}',)), select=["ESM530"])
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
    -           - Pattern: '{"body": {"type": [{"equals-ignore-case": "paid 😀"}]}}'
    +           - Pattern: '{"body": {"type": ["paid 😀"]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"body": {"type": [{"equals-ignore-case": "paid 😀"}]}}]
    + patterns = [{"body": {"type": ["paid 😀"]}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import EMOJI_IGNORING_CASE
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(EMOJI_IGNORING_CASE)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for characters beyond U+FFFF where letter case is ignored."""
    yield from findings(plan, RULE)
