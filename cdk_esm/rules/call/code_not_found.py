"""There is neither a folder nor a file where the function's code should be.

The code is packed while the app is synthesized. A relative path starts at the directory in which the app is run, so the
same path that holds on a developer's machine can lead nowhere in the pipeline.

Bad:
    >>> ids(with_function(mapping(), code=Code(path="handlers/ordres", exists=False)), select=["ESM006"])
    ['ESM006']

Good:
    >>> ids(with_function(mapping(), code=Code(path="handlers/orders", exists=True)))
    []

Template:
    none: the code is not in a template.

Python:
    - function = esm.NewFunction(code="handlers/ordres", handler="app.handler")
    + function = esm.NewFunction(code="handlers/orders", handler="app.handler")
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(id="ESM006", name="code-not-found", severity=Severity.ERROR, facts=(), page=pages.CDK_LAMBDA)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask whether the path leads to something."""
    code = plan.function.code
    if code is None or code.exists:
        return
    yield RULE.finding(
        plan,
        setting="code",
        got=code.path,
        allowed="a folder or an archive that exists",
        message=f"the function's code is missing: there is no folder and no file at {code.path!r}",
        fix="name a folder or an archive that exists; a relative path starts where the app is run",
    )
