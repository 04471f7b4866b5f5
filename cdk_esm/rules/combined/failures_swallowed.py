"""The handler catches whatever happens to a record, and tells nobody but the log.

To Lambda such a batch succeeded, so the record that failed is deleted, or the poller goes on behind it. No retry
follows, no dead-letter queue or destination gets it, and no metric counts it. The code is read, and nothing runs: the
rule speaks only where the text leaves no doubt.

Bad:
    >>> code = Code(path="handlers", exists=True, answers=Answers(file="app.py", swallows=7))
    >>> ids(with_function(mapping(), code=code), select=["ESM260"])
    ['ESM260']

Good:
    >>> code = Code(path="handlers", exists=True, answers=Answers(file="app.py", reports=9))
    >>> ids(with_function(mapping(), code=code), select=["ESM260"])
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
    +               failed = []
                    for record in event["Records"]:
                        try:
                            fulfil(record)
                        except Exception:
    -                       print("failed", record["messageId"])
    +                       failed.append({"itemIdentifier": record["messageId"]})
    +               return {"batchItemFailures": failed}
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      source = '''
      def handler(event, context):
    +     failed = []
          for record in event["Records"]:
              try:
                  fulfil(record)
              except Exception:
    -             print("failed", record["messageId"])
    +             failed.append({"itemIdentifier": record["messageId"]})
    +     return {"batchItemFailures": failed}
      '''
      function = esm.NewFunction(code=lambda_.Code.from_inline(source), handler="index.handler")
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.answering import HANDLER, answers_of, listens, place
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM260",
    name="failures-swallowed",
    severity=Severity.DANGER,
    facts=("ANSWER-1",),
    page=pages.SQS_ERRORS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for an ``except`` that everything ends at."""
    answers = answers_of(plan)
    if answers.swallows is None:
        return
    fix = "raise in the except, at the end of the batch if the others are to be processed"
    if listens(plan):
        fix = f"answer with the identifiers of those that failed, under batchItemFailures, or {fix}"
    yield RULE.finding(
        plan,
        setting=HANDLER.name,
        got=answers.at(answers.swallows),
        allowed="an exception, or an answer that names what failed",
        message=f"{place(plan, answers.swallows)} catches every exception and lets nobody know: the {plan.facts.unit} "
        "that failed counts as processed and is lost",
        fix=fix,
    )
