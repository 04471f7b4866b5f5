"""The handler names a file that is not in the function's code.

It is looked for as the runtime does: a module of Python or Node.js, a class of Java, in an archive too, or the
``bootstrap`` of a custom runtime. Where the function has layers, it may be in one of those.

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

Template:
    none: a template says where the code is, and not what is in it.

Python:
    - function = esm.NewFunction(code="handlers/orders", handler="ap.handler")
    + function = esm.NewFunction(code="handlers/orders", handler="app.handler")
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

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
    words = _WORDS[code.looked_for]
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=handler,
        allowed=words.allowed.format(code.path),
        message=words.message.format(plan.say(setting, handler), code.path),
        fix=words.fix.format(code.path),
    )


class _Words(NamedTuple):
    """What is allowed, what is wrong and what to do, for what a runtime looks for."""

    allowed: str
    message: str
    fix: str


_WORDS: Final = {
    "module": _Words(
        "a module in {!r} and a function in it, joined by a dot",
        "{} names a module that is not in {!r}",
        "name a module that is in {!r}, without its ending, or point the code to its folder",
    ),
    "class": _Words(
        "a class in {!r}, with its package, and :: before a method",
        "{} names a class that is not in {!r}",
        "name a class that is in {!r}, with its package, or build the archive with its classes in it",
    ),
    "bootstrap": _Words(
        "an executable file bootstrap at the top of {!r}",
        "{} is for a runtime that starts a file bootstrap, and there is none at the top of {!r}",
        "put an executable file bootstrap at the top of {!r}, or point the code to its folder",
    ),
}
