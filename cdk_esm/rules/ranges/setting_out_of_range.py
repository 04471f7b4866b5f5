"""A setting of the mapping lies outside the range that the service takes for this source.

The source's fact sheet has the ranges: a batch of 10,000 is fine on a standard queue and refused on a FIFO one.
AWS raises some of these numbers from time to time, so the finding can be acknowledged with a reason.

Bad:
    >>> ids(mapping("sqs-fifo", BatchSize=11), select=["ESM101"])
    ['ESM101']

Good:
    >>> ids(mapping("sqs-fifo", BatchSize=10), select=["ESM101"])
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders.fifo
            FunctionResponseTypes: [ReportBatchItemFailures]
    -       BatchSize: 11
    +       BatchSize: 10

Python:
    - esm.SqsFifoToLambda(self, "Orders", function=function, batch_size=11)
    + esm.SqsFifoToLambda(self, "Orders", function=function, batch_size=10)
"""

from collections.abc import Iterator

from cdk_esm.facts import Form
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.python_fixes import within
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM101",
    name="setting-out-of-range",
    severity=Severity.ERROR,
    facts=("SQS-BATCH-2", "SQS-CONC-1", "SQS-PROV-2", "KAF-PROV-5"),
    page=pages.MAPPING_API,
    negotiable=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare every number, and every text's length, with the fact sheet."""
    for setting in plan.facts.settings:
        value = plan.given(setting.name)
        if isinstance(value, bool) or not isinstance(value, int | str):
            continue
        if setting.name == "MaximumBatchingWindowInSeconds" and not plan.facts.takes_window:
            continue  # ESM202 says why there is none
        measure = len(value) if isinstance(value, str) else value
        too_low = setting.minimum is not None and measure < setting.minimum
        too_high = setting.maximum is not None and measure > setting.maximum
        if isinstance(value, str) is not (setting.form is Form.TEXT) or not (too_low or too_high):
            continue
        yield RULE.finding(
            plan,
            setting=setting.name,
            got=value,
            allowed=plan.range_of(setting),
            message=f"{plan.say(setting, value)} is out of range: {plan.facts.label} takes {plan.range_of(setting)}",
            fix=within(plan, setting, value),
        )
