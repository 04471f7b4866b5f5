"""A FIFO queue is given where a standard queue is expected, or the other way round.

The two look alike and differ in what a mapping may ask of them: the size of a batch, the batching window, the order. A
mapping that is judged, and alarmed on, as the wrong kind is refused or watched for the wrong things.

Bad:
    >>> ids(with_queue(mapping("sqs"), fifo=True), select=["ESM212"])
    ['ESM212']

Good:
    >>> ids(with_queue(mapping("sqs-fifo"), fifo=True))
    []

Template:
    none: a template has no construct, and its queue says of which kind it is.

Python:
      queue = sqs.Queue(
          self,
          "Queue",
          fifo=True,
          visibility_timeout=Duration.minutes(3),
          dead_letter_queue=sqs.DeadLetterQueue(
              queue=sqs.Queue(self, "DeadLetters", fifo=True, retention_period=Duration.days(14)), max_receive_count=5
          ),
      )
    - esm.SqsToLambda(self, "Orders", function=function, queue=queue)
    + esm.SqsFifoToLambda(self, "Orders", function=function, queue=queue)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Door, MappingPlan, Queue
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.sqs import SQS
from cdk_esm.sources.sqs_fifo import SQS_FIFO

RULE = Rule(
    id="ESM212",
    name="queue-of-other-kind",
    severity=Severity.ERROR,
    facts=("sqs_fifo",),
    page=pages.SQS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the queue with the kind that the plan was made for."""
    if plan.source not in (SQS.kind, SQS_FIFO.kind):
        return
    right = SQS_FIFO if known(plan.source_as(Queue).fifo) else SQS
    if plan.source == right.kind:
        return
    in_construct = plan.door == Door.CONSTRUCT
    this = plan.facts.construct if in_construct else f"the source kind {plan.source}"
    other = right.construct if in_construct else f"the source kind {right.kind}"
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got=right.label,
        allowed=plan.facts.label,
        message=f"{this} takes an {plan.facts.label}, got an {right.label}",
        fix=f"use {other}, or give an {plan.facts.label}",
    )
