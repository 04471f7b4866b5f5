"""The source and the function must be in the same Region.

A mapping is made in the function's Region and polls there. A source may belong to another account, but Lambda refuses
one from another Region, and the deployment fails half-way.

Bad:
    >>> ids(with_function(mapping(), region="us-east-1"), select=["ESM402"])
    ['ESM402']

Good:
    >>> ids(with_function(mapping(), region="eu-west-1"))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
    -       FunctionName: arn:aws:lambda:us-east-1:111122223333:function:orders
    +       FunctionName: arn:aws:lambda:eu-west-1:111122223333:function:orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
    - function_arn = "arn:aws:lambda:us-east-1:111122223333:function:orders"
    + function_arn = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
      function = lambda_.Function.from_function_arn(self, "Function", function_arn)
      queue = sqs.Queue.from_queue_arn(self, "Queue", "arn:aws:sqs:eu-west-1:111122223333:orders")
      nothing = esm.NoDeadLetterQueue("the owner of the queue sees to it")
      esm.SqsToLambda(self, "Orders", function=function, queue=queue, dead_letter_queue=nothing)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM402",
    name="region-mismatch",
    severity=Severity.ERROR,
    facts=("SQS-REGION", "dynamodb_streams.EventSourceArn"),
    page=pages.SQS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the two Regions, if both are known."""
    source = known(plan.event_source.region)
    function = known(plan.function.region)
    if source is None or function is None or source == function:
        return
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got=source,
        allowed=function,
        message=f"the source is in {source}, but the function is in {function}: a mapping cannot read across Regions",
        fix=f"use a source in {function}, or put the function and the mapping into {source}",
    )
