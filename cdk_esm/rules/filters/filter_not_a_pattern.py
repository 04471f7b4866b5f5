"""A filter pattern is a JSON object whose leaves are lists with something in them.

A bare value, an empty list or a text that is not JSON is refused. AWS says only that the pattern is invalid, not which
of the filters it means nor where in it the fault is.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"total": 100}}',)), select=["ESM501"])
    ['ESM501']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [100]}}',)), select=["ESM501"])
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
    -           - Pattern: '{"body": {"total": 100}}'
    +           - Pattern: '{"body": {"total": [100]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"body": {"total": 100}}]
    + patterns = [{"body": {"total": [100]}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import refusals, where
from cdk_esm.rules.patterns import is_a_pattern
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.common import PATTERN_CHARACTERS

RULE = Rule(
    id="ESM501",
    name="filter-not-a-pattern",
    severity=Severity.ERROR,
    facts=("FIL-3",),
    page=pages.FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Report every pattern that is none; of its length and of what one source alone refuses, other rules speak."""
    for place, text, error in refusals(plan):
        if is_a_pattern(text) or len(text) > PATTERN_CHARACTERS.value:
            continue
        yield RULE.finding(
            plan,
            setting="FilterCriteria",
            got=text,
            allowed="a JSON object whose leaves are lists with something in them",
            message=f"{where(place, error)}: {error.reason}",
            fix=f"mend the pattern at {where(place, error)}",
        )
