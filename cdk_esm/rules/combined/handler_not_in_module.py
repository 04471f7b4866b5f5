"""The handler names a function that its Python module does not define.

Everything deploys. Then every invocation fails before a line of the handler has run, and message after message goes to
the dead-letter queue, or is lost if there is none. A module that may get the name in another way, such as by a star
import, is not judged, and neither is code in a template that defines nothing at all and keeps a place for what is
deployed later.

Bad:
    >>> code = Code(path="handlers/orders", exists=True, function_found=False, close_names=("handler",))
    >>> ids(with_function(mapping(), handler="app.handle", code=code), select=["ESM256"])
    ['ESM256']

Good:
    >>> code = Code(path="handlers/orders", exists=True, function_found=True)
    >>> ids(with_function(mapping(), handler="app.handler", code=code), select=["ESM256"])
    []

Template:
      Resources:
        Fulfil:
          Type: AWS::Lambda::Function
          Properties:
            Runtime: python3.14
    -       Handler: index.handle
    +       Handler: index.handler
            Code:
              ZipFile: |
                def handler(event, context):
                    for record in event["Records"]:
                        print(record["body"])
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: !Ref Fulfil
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders

Python:
    - function = esm.NewFunction(code="handlers/orders", handler="app.handle")
    + function = esm.NewFunction(code="handlers/orders", handler="app.handler")
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import FUNCTION

RULE = Rule(id="ESM256", name="handler-not-in-module", severity=Severity.DANGER, facts=(), page=pages.PYTHON_HANDLER)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask what was found in the module; if there is no module, ESM215 says so."""
    code = plan.function.code or plan.function.inline_code
    if code is None or not code.exists or known(code.function_found):
        return
    setting, handler = FUNCTION.by_name["Handler"], known(plan.function.handler)
    if handler is None:
        return
    module, _, function = handler.rpartition(".")
    held = "the code in the template" if plan.function.code is None else f"the module in {code.path!r}"
    close = [f"{module}.{name}" for name in code.close_names]
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=handler,
        allowed=f"a function that the module {module} defines",
        message=f"{plan.say(setting, handler)} names a function that {held} does not define",
        fix=f"did you mean {' or '.join(close)}?" if close else f"define {function} in the module {module}",
    )
