"""An `exists` condition sees leaves only, and says nothing true of an object.

Where the field holds an object, `exists: true` matches nothing and `exists: false` matches everything, whether the
object is there or not. The condition belongs on a field inside it.

Bad:
    >>> a = '{"body": {"customer": [{"exists": true}]}}'
    >>> b = '{"body": {"customer": {"id": ["7"]}}}'
    >>> ids(replace(mapping(), filters=(a, b)), select=["ESM520"])
    ['ESM520']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"customer": {"id": [{"exists": true}]}}}',)), select=["ESM520"])
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
    -           - Pattern: '{"body": {"customer": [{"exists": true}]}}'
    -           - Pattern: '{"body": {"customer": {"id": ["7"]}}}'
    +           - Pattern: '{"body": {"customer": {"id": [{"exists": true}]}}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"body": {"customer": [{"exists": True}]}}, {"body": {"customer": {"id": ["7"]}}}]
    + patterns = [{"body": {"customer": {"id": [{"exists": True}]}}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import EXISTS_ON_OBJECT
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(EXISTS_ON_OBJECT)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for `exists` on what another condition shows to be an object."""
    yield from findings(plan, RULE)
