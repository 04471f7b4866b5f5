"""A branch of a $or must not share a condition of each of its fields with an earlier branch.

The filter engine takes such a branch for a copy of the earlier one and may leave it out. What only the later branch
takes is then filtered out, such as a record of the type c in the bad example. If both branches take the values in one
list, nothing is left out.

Bad:
    >>> overlapping = '{"body": {"$or": [{"type": ["a", "b"]}, {"type": ["b", "c"]}]}}'
    >>> ids(replace(mapping(), filters=(overlapping,)), select=["ESM529"])
    ['ESM529']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"type": ["a", "b", "c"]}}',)), select=["ESM529"])
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
    -           - Pattern: '{"body": {"$or": [{"type": ["a", "b"]}, {"type": ["b", "c"]}]}}'
    +           - Pattern: '{"body": {"type": ["a", "b", "c"]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"body": {"$or": [{"type": ["a", "b"]}, {"type": ["b", "c"]}]}}]
    + patterns = [{"body": {"type": ["a", "b", "c"]}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import OR_BRANCHES_OVERLAP
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(OR_BRANCHES_OVERLAP)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for branches that share a condition in every field."""
    yield from findings(plan, RULE)
