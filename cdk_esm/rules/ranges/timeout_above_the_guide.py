"""A function may run for longer than AWS's guide says, if the newer model of Lambda's API is right.

The guide still states fifteen minutes. The API model that AWS publishes says thirty since a release of November 2026.
Where the guide is right, Lambda refuses the function, and the deployment rolls back.

Bad:
    >>> ids(with_function(mapping("kinesis"), timeout_seconds=1_200))
    ['ESM120']

Good:
    >>> ids(with_function(mapping("kinesis"), timeout_seconds=900))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import FUNCTION, LONGEST_MODELLED_TIMEOUT, LONGEST_STANDARD_TIMEOUT

FACTS = (
    Fact(
        "FN-11",
        "schema",
        "The newer API model of Lambda says that a function may run for "
        f"{LONGEST_MODELLED_TIMEOUT.value} seconds, and the guide says {LONGEST_STANDARD_TIMEOUT.value}.",
        page=pages.FUNCTION_API,
    ),
)
RULE = Rule(
    id="ESM120",
    name="timeout-above-the-guide",
    severity=Severity.ADVICE,
    facts=("FN-11", "FN-2"),
    page=pages.LIMITS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a timeout between what the guide says and what the model says; ESM240 has its own bound."""
    timeout = known(plan.function.effective_timeout_seconds)
    if plan.facts.longest_timeout is not None or known(plan.function.managed_instances):
        return
    guide, model = LONGEST_STANDARD_TIMEOUT, LONGEST_MODELLED_TIMEOUT
    if not guide.value < timeout <= model.value:
        return
    setting = FUNCTION.by_name["Timeout"]
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=timeout,
        allowed=f"up to {guide.value} seconds by the guide, up to {model.value} by the API model",
        message=f"{plan.say(setting, timeout)} is more than the {guide.value} seconds of AWS's guide ({guide.page}), "
        f"and within the {model.value} of the API model ({model.page})",
        fix=f"try it in your account before you rely on it, or lower {plan.say(setting)} to {guide.value} seconds",
    )
