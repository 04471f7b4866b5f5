"""The handler answers which records failed in a form that no poller can read.

If an entry has another key than ``itemIdentifier``, or ``batchItemFailures`` is no list, the whole batch fails: what
was processed is delivered again, as often as the source allows, and ends where the bad record ends. If
``batchItemFailures`` itself is misspelt, within a text, or below another key, as in an answer for an API, Lambda finds
no failures in the answer.

Bad:
    >>> why = "an entry of batchItemFailures has itemIdentifer where pollers look for itemIdentifier"
    >>> wrong = Misshapen(line=8, got="{'itemIdentifer': record['messageId']}", why=why)
    >>> code = Code(path="handlers", exists=True, answers=Answers(file="app.py", reports=9, misshapen=(wrong,)))
    >>> ids(with_function(mapping(), code=code), select=["ESM262"])
    ['ESM262']

Good:
    >>> code = Code(path="handlers", exists=True, answers=Answers(file="app.py", reports=9))
    >>> ids(with_function(mapping(), code=code), select=["ESM262"])
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
    -                       failed.append({"itemIdentifer": record["messageId"]})
    +                       failed.append({"itemIdentifier": record["messageId"]})
                    return {"batchItemFailures": failed}
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      source = '''
      def handler(event, context):
          failed = []
          for record in event["Records"]:
              try:
                  fulfil(record)
              except Exception:
    -             failed.append({"itemIdentifer": record["messageId"]})
    +             failed.append({"itemIdentifier": record["messageId"]})
          return {"batchItemFailures": failed}
      '''
      function = esm.NewFunction(code=lambda_.Code.from_inline(source), handler="index.handler")
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.answering import HANDLER, answers_of, listens, place, sample
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM262",
    name="failures-misshapen",
    severity=Severity.DANGER,
    facts=("ANSWER-2",),
    page=pages.SQS_ERRORS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look at what the handler's answers are made of."""
    answers = answers_of(plan)
    if not answers.misshapen or not listens(plan):
        return
    for one in answers.misshapen:
        yield RULE.finding(
            plan,
            setting=HANDLER.name,
            got=one.got,
            allowed=sample(plan),
            message=f"{place(plan, one.line)}: {one.why}, so the answer does not say which {plan.facts.unit} failed",
            fix=f"answer {sample(plan)}",
        )
