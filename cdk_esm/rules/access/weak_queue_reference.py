"""The source's ARN is read from another stack's output, and a change there would replace the mapping.

A mapping's source can be set only once. A weak reference follows whatever the other stack puts out: when that value
changes, CloudFormation makes a new mapping and deletes the old one, without the guard that an export gives.

Bad:
    >>> ids(with_queue(mapping(), weakly_referenced=True))
    ['ESM406']

Good:
    >>> ids(with_queue(mapping(), weakly_referenced=False))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
    -       EventSourceArn:
    -         Fn::GetStackOutput:
    -           StackName: shop-queues
    -           OutputName: OrdersQueueArn
    +       EventSourceArn: !ImportValue OrdersQueueArn
            FunctionResponseTypes: [ReportBatchItemFailures]
            BatchSize: 10
            ScalingConfig:
              MaximumConcurrency: 10

Python:
    - self.node.set_context("@aws-cdk/core:defaultCrossStackReferences", "weak")
    + self.node.set_context("@aws-cdk/core:defaultCrossStackReferences", "strong")
      theirs = Stack(self, "Theirs", env=Environment(account="111122223333", region="eu-west-1"))
      dead_letters = sqs.Queue(theirs, "DeadLetters", retention_period=Duration.days(14))
      redrive = sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=5)
      queue = sqs.Queue(theirs, "Queue", visibility_timeout=Duration.minutes(3), dead_letter_queue=redrive)
      esm.SqsToLambda(self, "Orders", function=function, queue=queue)
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM406",
    name="weak-queue-reference",
    severity=Severity.ADVICE,
    facts=("ID-3",),
    page=pages.MAPPING_RESOURCE,
)

STRONG_REFERENCES = "@aws-cdk/core:defaultCrossStackReferences"
"""CDK's flag: what a reference to another stack becomes."""


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a source that is referenced by another stack's output."""
    if not plan.event_source.weakly_referenced:
        return
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got="Fn::GetStackOutput",
        allowed="an ARN that does not change",
        message=f"the ARN of the {plan.facts.label} comes from another stack's output: EventSourceArn is create-only, "
        "so a change of that value replaces the mapping",
        fix="refer to it by a strong reference, which is an export: in cdk.json, set the context value "
        f'{STRONG_REFERENCES} to "strong"; or by an ARN with a fixed name',
    )
