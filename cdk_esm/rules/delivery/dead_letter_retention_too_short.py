"""The dead-letter queue of a standard queue must keep messages longer than the queue itself.

A message keeps the date on which it first entered the source. One that failed late arrives in the dead-letter queue
with most of its time used up and expires there soon after, or at once. A FIFO queue dates it anew.

Bad:
    >>> ids(with_dead_letter_queue(mapping(), retention_seconds=345_600))
    ['ESM309']

Good:
    >>> ids(with_dead_letter_queue(mapping(), retention_seconds=1_209_600))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.sqs_queue import QUEUE

RULE = Rule(
    id="ESM309",
    name="dead-letter-retention-too-short",
    severity=Severity.DANGER,
    facts=("SQS-DLQ-4",),
    page=pages.SQS_DEAD_LETTER,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the two retentions as AWS will see them."""
    queue = known(plan.failure).queue
    if plan.facts.keeps_order or queue is None or queue.identity == plan.event_source.identity:
        return  # of a queue that is its own dead-letter queue ESM216 speaks
    kept = known(queue.effective_retention_seconds)
    source_keeps = known(plan.source_as(Queue).effective_retention_seconds)
    if kept > source_keeps:
        return
    setting = QUEUE.by_name["MessageRetentionPeriod"]
    longest = setting.maximum
    lower_the_source = f"lower the source queue's retention below {longest} seconds: no queue keeps messages longer"
    if longest is not None and kept < longest:
        lower_the_source += f"; and set the dead-letter queue's to {longest} seconds"
    raise_the_other = f"set the dead-letter queue's retention to more than {source_keeps} seconds, at most {longest}"
    yield RULE.finding(
        plan,
        setting=setting.name,
        got=kept,
        allowed=f"more than {source_keeps} seconds",
        message=f"the dead-letter queue keeps a message for {kept} seconds from its arrival in the source queue, "
        f"which itself keeps it for {source_keeps} seconds: what fails late expires unseen",
        fix=lower_the_source if source_keeps == longest else raise_the_other,
    )
