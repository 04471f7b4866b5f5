"""Without partial batch responses one bad record makes its whole batch be tried again.

What was already processed is delivered again, so its side effects happen twice. On a queue every message of the batch
uses up a receive: with a few bad ones among many, good ones end in the dead-letter queue. On a stream good records are
given up together with the bad one.

Bad:
    >>> ids(mapping(FunctionResponseTypes=None))
    ['ESM311']

Good:
    >>> ids(mapping(FunctionResponseTypes=["ReportBatchItemFailures"]))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
    +       FunctionResponseTypes: [ReportBatchItemFailures]

Python:
      dead_letters = sqs.Queue(self, "DeadLetters", retention_period=Duration.days(14))
      queue = sqs.Queue(
          self,
          "Queue",
          dead_letter_queue=sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=5),
      )
      mine = lambda_.Function(
          self,
          "Function",
          code=lambda_.Code.from_inline("handler = print"),
          handler="index.handler",
          runtime=lambda_.Runtime.PYTHON_3_14,
      )
    - mine.add_event_source(event_sources.SqsEventSource(queue))
    + mine.add_event_source(event_sources.SqsEventSource(queue, report_batch_item_failures=True))
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM311",
    name="whole-batch-retried",
    severity=Severity.ADVICE,
    facts=("SQS-PBR-1",),
    page=pages.MAPPING_API,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a batch of several messages whose handler cannot name the bad ones."""
    name = "FunctionResponseTypes"
    if plan.chosen_by_user("report_batch_item_failures") or name not in plan.facts.by_name:
        return
    if name in plan.facts.needs_pollers and known(plan.given("ProvisionedPollerConfig")) is None:
        return
    types = [known(kind) for kind in known(plan.setting("FunctionResponseTypes"))]
    batch = known(plan.setting("BatchSize"))
    if "ReportBatchItemFailures" in types or batch <= 1:
        return
    value = True if plan.door == Door.CONSTRUCT else ["ReportBatchItemFailures"]
    yield RULE.finding(
        plan,
        setting="FunctionResponseTypes",
        got=plan.given("FunctionResponseTypes"),
        allowed="ReportBatchItemFailures",
        message=f"the handler cannot report which of up to {batch} records failed: one bad record makes all of them be "
        "tried again",
        fix=f"set {plan.say('FunctionResponseTypes', value)} and return the ids of those that failed, "
        f"or set {plan.say('BatchSize', 1)}",
    )
