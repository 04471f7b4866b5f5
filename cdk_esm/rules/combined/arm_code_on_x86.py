"""A function on x86-64 can neither start nor load what was built for arm64.

Everything deploys. Then every invocation fails before the handler runs, and message after message goes to the
dead-letter queue, or is lost if there is none.

Bad:
    >>> code = Code(path="handlers/orders", exists=True, arm_files=("bootstrap",))
    >>> ids(with_function(mapping(), architecture="x86_64", code=code), select=["ESM255"])
    ['ESM255']

Good:
    >>> code = Code(path="handlers/orders", exists=True, arm_files=("bootstrap",))
    >>> ids(with_function(mapping(), architecture="arm64", code=code), select=["ESM255"])
    []

Template:
    none: a template says where the code is, and not what is in it.

Python:
      function = esm.NewFunction(
          code="handlers/arm",
          handler="app.handler",
    -     architecture=lambda_.Architecture.X86_64,
    +     architecture=lambda_.Architecture.ARM_64,
      )
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(id="ESM255", name="arm-code-on-x86", severity=Severity.DANGER, facts=(), page=pages.ARCHITECTURES)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the architecture, x86-64 if none is given, with what was found in the code."""
    code = plan.function.code
    if code is None or not code.arm_files or (known(plan.function.architecture) or "x86_64") != "x86_64":
        return
    choice = "architecture=lambda_.Architecture.ARM_64" if plan.door == Door.CONSTRUCT else "Architectures: [arm64]"
    files = ", ".join(code.arm_files)
    yield RULE.finding(
        plan,
        setting="Architectures",
        got="x86_64",
        allowed="arm64, or code that is not built for arm64",
        message=f"the function runs on x86-64, but its code in {code.path!r} is built for arm64: {files}",
        fix=f"build the code and its dependencies for x86-64, or choose {choice}",
    )
