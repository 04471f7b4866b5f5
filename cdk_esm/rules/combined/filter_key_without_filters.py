"""A key for the filter patterns was given, but there are no filters.

The key encrypts the filter patterns and nothing else. Who expects it to encrypt the messages is mistaken, and a policy
on the key for the sake of this mapping is a door left open for nothing.

Bad:
    >>> ids(mapping("sqs", KmsKeyArn="arn:aws:kms:eu-west-1:111122223333:key/1234"), select=["ESM207"])
    ['ESM207']

Good:
    >>> with_key = mapping("sqs", KmsKeyArn="arn:aws:kms:eu-west-1:111122223333:key/1234")
    >>> ids(replace(with_key, filters=('{"body": {"type": ["paid"]}}',)), select=["ESM207"])
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
            KmsKeyArn: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    +       FilterCriteria:
    +         Filters:
    +           - Pattern: '{"body": {"type": ["paid"]}}'
    +       MetricsConfig:
    +         Metrics: [EventCount]

Python:
      key = kms.Key(self, "Key")
      esm.SqsToLambda(
          self,
          "Orders",
          function=function,
    -     filter_encryption=key,
    +     filter_encryption=key,
    +     filters=[{"body": {"type": ["paid"]}}],
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM207",
    name="filter-key-without-filters",
    severity=Severity.ADVICE,
    facts=("FIL-KMS-2",),
    page=pages.FILTERS,
    reads_grants=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a key, and for something to encrypt with it."""
    # A key made in the same stack has a token for an ARN; that there is one is certain all the same.
    key = plan.filter_key.identity if plan.filter_key is not None else known(plan.given("KmsKeyArn"))
    if key is None or known(plan.filters) or known(plan.given("FilterCriteria.Filters")):
        return
    yield RULE.finding(
        plan,
        setting="KmsKeyArn",
        got=key,
        allowed=f"only together with {plan.say('FilterCriteria')}",
        message=f"{plan.say('KmsKeyArn')} encrypts nothing without {plan.say('FilterCriteria')}",
        fix=f"add {plan.say('FilterCriteria')}, or remove {plan.say('KmsKeyArn')}",
    )
