"""Code in the template becomes a file named `index`, so its handler begins with `index.`.

Everything deploys. Then every invocation fails before a line of the code has run: a handler without a dot names no
file, and any other name is that of a file which is not there. Messages end in the dead-letter queue, or are lost.

Bad:
    >>> ids(with_function(mapping(), inline=True, handler="app.handler"))
    ['ESM251']

Good:
    >>> ids(with_function(mapping(), inline=True, handler="index.handler"))
    []

Template:
      Resources:
        OrdersFunction:
          Type: AWS::Lambda::Function
          Properties:
            Code:
              ZipFile: |
                def handler(event, context): ...
    -       Handler: app.handler
    +       Handler: index.handler
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref OrdersFunction
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      function = lambda_.Function(
          self,
          "Function",
          code=lambda_.Code.from_inline("def handler(event, context): ..."),
    -     handler="app.handler",
    +     handler="index.handler",
          runtime=lambda_.Runtime.PYTHON_3_14,
      )
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import FUNCTION, INLINE_MODULE

FACTS = (
    Fact(
        "FN-INLINE-1",
        "doc",
        f"Code in a template becomes a file named {INLINE_MODULE}, and the first part of the handler must be its name.",
        page=pages.FUNCTION_CODE,
    ),
)
RULE = Rule(
    id="ESM251",
    name="handler-not-in-inline-code",
    severity=Severity.DANGER,
    facts=("FN-INLINE-1",),
    page=pages.FUNCTION_CODE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the module of the handler with the name of the file."""
    if not known(plan.function.inline):
        return
    handler = known(plan.function.handler)
    if handler is None:
        return
    module, dot, name = handler.rpartition(".")
    if module == INLINE_MODULE and name:
        return
    setting = FUNCTION.by_name["Handler"]
    wrong = f"looks for a file {module!r}" if dot else "names no file"
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=handler,
        allowed=f"{INLINE_MODULE}, a dot, and the name of a function",
        message=f"{plan.say(setting, handler)} {wrong}, and code in the template becomes a file named {INLINE_MODULE}",
        fix=f"set {plan.say(setting, f'{INLINE_MODULE}.{name}' if name else f'{INLINE_MODULE}.handler')}",
    )
