"""The handler names a module that is not in the function's code.

Everything deploys. Then every invocation fails before a line of the code has run, and message after message goes to the
dead-letter queue, or is lost if there is none.

Bad:
    >>> code = Code(path="handlers/orders", exists=True, handler_found=False)
    >>> ids(with_function(mapping(), handler="ap.handler", code=code), select=["ESM215"])
    ['ESM215']

Good:
    >>> found = Code(path="handlers/orders", exists=True, handler_found=True)
    >>> ids(with_function(mapping(), handler="app.handler", code=found), select=["ESM215"])
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import FUNCTION

RULE = Rule(id="ESM215", name="handler-not-in-code", severity=Severity.DANGER, facts=(), page=pages.PYTHON_HANDLER)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask what was found in the code; if there is none at all, ESM006 says so."""
    code = plan.function.code
    if code is None or not code.exists or known(code.handler_found):
        return
    setting, handler = FUNCTION.by_name["Handler"], known(plan.function.handler)
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=handler,
        allowed=f"a module in {code.path!r} and a function in it, joined by a dot",
        message=f"{plan.say(setting, handler)} names a module that is not in {code.path!r}",
        fix=f"name a module that is in {code.path!r}, without .py, or point the code to its folder",
    )
