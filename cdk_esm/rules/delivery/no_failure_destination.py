"""A mapping on Amazon MQ or Amazon DocumentDB offers nowhere for failed records to go.

There is no on-failure destination, no limit of retries and no partial batch response: a batch that fails is tried again
until it succeeds or expires, and what is larger than an invocation is dropped. A broker can move such messages to its
own dead-letter queue; elsewhere an alarm is all there is. Nothing of that can be changed on the mapping, so this
is an advice, once per mapping.

Bad:
    >>> ids(replace(mapping("rabbitmq"), failure=FailurePath(kind=FailureKind.NONE)))
    ['ESM333']

Good:
    >>> by_broker = FailurePath(kind=FailureKind.NONE, reason="the broker dead-letters them")
    >>> ids(replace(mapping("rabbitmq"), failure=by_broker))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Broker, DocumentCluster, FailureKind, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kafka_settings import ON_FAILURE

RULE = Rule(
    id="ESM333",
    name="no-failure-destination",
    severity=Severity.ADVICE,
    facts=(
        "MQ-4",
        "DOC-3",
    ),
    page=pages.MQ_PROCESS,
    topic="failures",
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a failure path that ends nowhere, without a reason, on a source that offers none."""
    if not isinstance(plan.event_source, Broker | DocumentCluster):
        return
    failure = known(plan.failure)
    if failure.kind != FailureKind.NONE or (failure.reason or "").strip():
        return
    yield RULE.finding(
        plan,
        setting=ON_FAILURE.name,
        got=None,
        allowed=plan.facts.failure_path,
        message="what keeps failing is tried again until it succeeds or expires, for the failure path of "
        f"{plan.facts.label} is {plan.facts.failure_path}",
        fix="let the handler itself set aside what it cannot process, watch the age of the records with an alarm, "
        "and acknowledge this with what you do",
    )
