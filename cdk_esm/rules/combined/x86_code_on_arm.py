"""A function on arm64 can neither start nor load what was built for x86-64.

That is a library, a wheel, or the ``bootstrap`` of a custom runtime.

Everything deploys. Then every invocation fails before the handler runs, and message after message goes to the
dead-letter queue, or is lost if there is none.

Bad:
    >>> code = Code(path="handlers/orders", exists=True, x86_files=("numpy/core/_multiarray.so",))
    >>> ids(with_function(mapping(), architecture="arm64", code=code), select=["ESM214"])
    ['ESM214']

Good:
    >>> code = Code(path="handlers/orders", exists=True, x86_files=("numpy/core/_multiarray.so",))
    >>> ids(with_function(mapping(), architecture="x86_64", code=code), select=["ESM214"])
    []

Template:
    none: a template says where the code is, and not what is in it.

Python:
      function = esm.NewFunction(
          code="handlers/x86",
          handler="app.handler",
    -     architecture=lambda_.Architecture.ARM_64,
    +     architecture=lambda_.Architecture.X86_64,
      )
      esm.SqsToLambda(self, "Orders", function=function)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(id="ESM214", name="x86-code-on-arm", severity=Severity.DANGER, facts=(), page=pages.ARCHITECTURES)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the architecture with what was found in the code."""
    code = plan.function.code
    if code is None or not code.x86_files or known(plan.function.architecture) != "arm64":
        return
    choice = "architecture=lambda_.Architecture.X86_64" if plan.door == Door.CONSTRUCT else "Architectures: [x86_64]"
    files = ", ".join(code.x86_files)
    yield RULE.finding(
        plan,
        setting="Architectures",
        got="arm64",
        allowed="x86_64, or code that is not built for x86-64",
        message=f"the function runs on arm64, but its code in {code.path!r} is built for x86-64: {files}",
        fix=f"build the code and its dependencies for arm64 (aarch64), or choose {choice}",
    )
