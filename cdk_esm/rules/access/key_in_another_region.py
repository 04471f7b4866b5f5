"""A source or a failure path should have its key in its own Region.

A key works in its own Region only, and the services look for it there. A queue or a stream that names one of another
Region is probably refused, and the deployment fails half-way. A key for several Regions has an ARN in each.

Bad:
    >>> key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    >>> ids(with_source(mapping(), encryption_key=key), select=["ESM425"])
    ['ESM425']

Good:
    >>> key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    >>> ids(with_source(mapping(), encryption_key=key), select=["ESM425"])
    []

Template:
    none: a template does not say in which Region it is deployed.

Python:
    - key_arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    + key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      key = kms.Key.from_key_arn(self, "Key", key_arn)
      esm.SqsToLambda(self, "Orders", function=function, queue=esm.NewQueue(encryption_key=key))
"""

import re
from collections.abc import Iterator
from typing import Final

from cdk_esm.facts import Unknowable, Value, known
from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

FACTS = (
    Fact(
        "KMS-REGION",
        "unverified",
        "What is encrypted with a key takes one of its own Region only; a key for several Regions has an ARN in each.",
    ),
)
RULE = Rule(
    id="ESM425",
    name="key-in-another-region",
    severity=Severity.ADVICE,
    facts=("KMS-REGION",),
    page=pages.SQS_LAMBDA_TRIGGER,
    topic="permissions",
)

_KEY: Final = re.compile(r"arn:[^:]+:kms:(?P<region>[a-z0-9-]+):.+", re.DOTALL)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the Region in the key's ARN with that of each place where records are kept."""
    source = plan.event_source
    yield from _elsewhere(plan, "EventSourceArn", "the source", source.encryption_key, source.region)
    if not isinstance(plan.failure, FailurePath):
        return
    queue, destination = plan.failure.queue, plan.failure.destination
    if queue is not None:
        yield from _elsewhere(plan, "RedrivePolicy", "the dead-letter queue", queue.encryption_key, queue.region)
    if destination is not None:
        what = f"the {plan.failure.kind.words} for failed records"
        yield from _elsewhere(plan, "DestinationConfig", what, destination.encryption_key, destination.region)


def _elsewhere(
    plan: MappingPlan, setting: str, what: str, key: Value[str], region: Value[str] | Unknowable
) -> Iterator[Finding]:
    found, here = _KEY.fullmatch(known(key) or ""), known(region)
    if found is None or here is None or found["region"] == here:
        return
    yield RULE.finding(
        plan,
        setting=setting,
        got=found["region"],
        allowed=here,
        message=f"{what} is in {here}, but its key is in {found['region']}",
        fix=f"use a key in {here}, or a replica there of a key for several Regions",
    )
