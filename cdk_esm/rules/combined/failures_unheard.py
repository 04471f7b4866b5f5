"""The handler answers which records failed, and the mapping does not listen.

Without ``ReportBatchItemFailures`` every answer is a success. The records that the handler names are deleted, or the
poller goes on behind them, as if they had been processed.

Bad:
    >>> code = Code(path="handlers", exists=True, answers=Answers(file="app.py", reports=9))
    >>> ids(with_function(mapping(FunctionResponseTypes=None), code=code), select=["ESM261"])
    ['ESM261']

Good:
    >>> code = Code(path="handlers", exists=True, answers=Answers(file="app.py", reports=9))
    >>> ids(with_function(mapping(FunctionResponseTypes=["ReportBatchItemFailures"]), code=code), select=["ESM261"])
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            Runtime: python3.14
            Handler: index.handler
            Role: arn:aws:iam::111122223333:role/orders
            Code:
              ZipFile: |
                def handler(event, context):
                    failed = []
                    for record in event["Records"]:
                        try:
                            fulfil(record)
                        except Exception:
                            failed.append({"itemIdentifier": record["messageId"]})
                    return {"batchItemFailures": failed}
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
    +       FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      source = '''
      def handler(event, context):
          failed = []
          for record in event["Records"]:
              try:
                  fulfil(record)
              except Exception:
                  failed.append({"itemIdentifier": record["messageId"]})
          return {"batchItemFailures": failed}
      '''
      function = esm.NewFunction(code=lambda_.Code.from_inline(source), handler="index.handler")
    - esm.SqsToLambda(self, "Orders", function=function, report_batch_item_failures=False)
    + esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator

from cdk_esm.plan import Door, MappingPlan
from cdk_esm.plan.answering import REPORTS, answers_of, can_listen, listens, place
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.answers import HOLDER

RULE = Rule(
    id="ESM261",
    name="failures-unheard",
    severity=Severity.DANGER,
    facts=("ANSWER-1", "SQS-PBR-1"),
    page=pages.MAPPING_API,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare what the handler answers with what the mapping listens to."""
    answers = answers_of(plan)
    if answers.reports is None or listens(plan):
        return
    name = "FunctionResponseTypes"
    offered = can_listen(plan)
    value = True if plan.door == Door.CONSTRUCT else [REPORTS]
    raising = "raise an exception if a record failed"
    yield RULE.finding(
        plan,
        setting=name,
        got=plan.given(name) if name in plan.facts.by_name else None,
        allowed=REPORTS if offered else "an exception",
        message=f"{place(plan, answers.reports)} answers with {HOLDER}, and the mapping does not listen to it: each "
        f"{plan.facts.unit} that failed counts as processed and is lost",
        fix=f"set {plan.say(name, value)}, or {raising}" if offered else raising,
    )
