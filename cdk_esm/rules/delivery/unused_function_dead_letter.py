"""A dead-letter target of the function does not catch what a mapping could not process.

It serves asynchronous invocation only, and a mapping invokes the function synchronously. Nothing will ever arrive
there from this source, so an alarm on it keeps silent while messages fail.

Bad:
    >>> ids(with_function(mapping(), dead_letter_target="arn:aws:sqs:eu-west-1:111122223333:failed-calls"))
    ['ESM313']

Good:
    >>> ids(with_function(mapping(), dead_letter_target=None))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM313",
    name="unused-function-dead-letter",
    severity=Severity.ADVICE,
    facts=("SQS-DLQ-5",),
    page=pages.SQS_ERRORS,
    topic="failures",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a dead-letter target on the function."""
    target = known(plan.function.dead_letter_target)
    if target is None:
        return
    yield RULE.finding(
        plan,
        setting="DeadLetterConfig",
        got=target,
        allowed=plan.facts.failure_path,
        message="the function's own dead-letter target serves asynchronous invocation only: "
        "nothing from this source arrives there",
        fix=f"remove it if only this mapping invokes the function; what fails belongs in {plan.facts.failure_path}",
    )
