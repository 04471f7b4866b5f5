r"""A filter pattern should be written on one line.

Lambda itself takes line breaks, but CloudFormation's schema of the mapping describes a pattern without any. What
checks a template against that schema, today or tomorrow, may refuse it.

Bad:
    >>> ids(replace(mapping(), filters=('{"body":\n {"total": [100]}}',)), select=["ESM507"])
    ['ESM507']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [100]}}',)), select=["ESM507"])
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
    -           - Pattern: |
    -               {"body":
    -                 {"total": [100]}}
    +           - Pattern: '{"body": {"total": [100]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = ['{"body":\n  {"total": [100]}}']
    + patterns = ['{"body": {"total": [100]}}']
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import LINE_BREAK
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(LINE_BREAK)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for patterns that are written on several lines."""
    yield from findings(plan, RULE)
