"""The payload of a stream is JSON, so a pattern for it is an object and not a list of texts.

On a queue a list compares whole messages. On a stream Lambda refuses such a pattern when the mapping is made or
updated.

Bad:
    >>> ids(replace(mapping("kinesis"), filters=('{"data": ["created"]}',)))
    ['ESM514']

Good:
    >>> ids(replace(mapping("kinesis"), filters=('{"data": {"type": ["created"]}}',)))
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
    -           - Pattern: '{"data": ["created"]}'
    +           - Pattern: '{"data": {"type": ["created"]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"data": ["created"]}]
    + patterns = [{"data": {"type": ["created"]}}]
      esm.KinesisToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import refusals, where
from cdk_esm.rules.patterns import is_a_pattern
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM514",
    name="text-pattern-on-stream",
    severity=Severity.ERROR,
    facts=("FIL-7",),
    page=pages.KINESIS_FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Report what is a pattern, and what the service refuses for this source all the same."""
    payload = plan.facts.filter_key
    for place, text, error in refusals(plan):
        if payload is None or not is_a_pattern(text):
            continue
        yield RULE.finding(
            plan,
            setting="FilterCriteria",
            got=text,
            allowed="an object with the fields of the payload",
            message=f"{where(place, error)}: {error.reason}",
            fix=f'name the fields under "{payload}", each with a list of its values',
        )
