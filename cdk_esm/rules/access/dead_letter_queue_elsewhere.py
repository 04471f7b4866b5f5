"""A dead-letter queue must be in the account and the Region of its source queue.

SQS moves messages only between queues of one account and Region. It refuses a redrive policy that points elsewhere, and
a failed message would have nowhere to go.

Bad:
    >>> ids(with_dead_letter_queue(mapping(), region="us-east-1"))
    ['ESM403']

Good:
    >>> ids(with_dead_letter_queue(mapping(), region="eu-west-1"))
    []

Template:
    none: a template does not say in which Region it is deployed.

Python:
    - failed = sqs.Queue.from_queue_arn(self, "Failed", "arn:aws:sqs:us-east-1:111122223333:failed")
    + failed = sqs.Queue.from_queue_arn(self, "Failed", "arn:aws:sqs:eu-west-1:111122223333:failed")
      esm.SqsToLambda(self, "Orders", function=function, dead_letter_queue=failed)
"""

from collections.abc import Iterator

from cdk_esm.facts import Unknowable, known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM403",
    name="dead-letter-queue-elsewhere",
    severity=Severity.ERROR,
    facts=("SQS-DLQ-2",),
    page=pages.SQS_DEAD_LETTER,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the places of the two queues, as far as they are known."""
    source, queue = plan.event_source, known(plan.failure).queue
    if queue is None:
        return
    for what, wanted, got in (
        ("Region", source.region, queue.region),
        ("account", source.account, queue.account),
    ):
        if wanted is None or got is None or isinstance(wanted, Unknowable) or isinstance(got, Unknowable):
            continue
        if wanted == got:
            continue
        yield RULE.finding(
            plan,
            setting="RedrivePolicy",
            got=got,
            allowed=wanted,
            message=f"the dead-letter queue is in the {what} {got}, but the source queue is in {wanted}",
            fix=f"use a dead-letter queue in the {what} {wanted}",
        )
