"""A queue in another account must let the execution role in by its own policy.

The role's permissions are only half of it: across accounts the queue's policy has to allow the same. It lies in the
other account, where we neither see nor change it, and without it Lambda refuses the mapping. If a template with the
queue is read together with that of the mapping, its policy answers: ESM414 says that it does not let the role in.

Bad:
    >>> ids(with_queue(mapping(), account="444455556666"), select=["ESM404"])
    ['ESM404']

Good:
    >>> ids(with_queue(mapping(), account="111122223333"))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: arn:aws:lambda:eu-west-1:111122223333:function:orders
    -       EventSourceArn: arn:aws:sqs:eu-west-1:444455556666:orders
    +       EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]

Python:
    - queue = sqs.Queue.from_queue_arn(self, "Queue", "arn:aws:sqs:eu-west-1:444455556666:orders")
    + queue = sqs.Queue.from_queue_arn(self, "Queue", "arn:aws:sqs:eu-west-1:111122223333:orders")
      nothing = esm.NoDeadLetterQueue("the owner of the queue sees to it")
      esm.SqsToLambda(self, "Orders", function=function, queue=queue, dead_letter_queue=nothing)
"""

from collections.abc import Iterator

from cdk_esm.facts import Neighbour, Unknowable, known
from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.rules.paste import statement
from cdk_esm.rules.permissions import role_arn
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM404",
    name="queue-in-another-account",
    severity=Severity.ADVICE,
    facts=("SQS-REGION",),
    page=pages.SQS,
    reads_grants=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the two accounts, if both are known."""
    queue = plan.source_as(Queue)
    source, function = known(queue.account), known(plan.function.account)
    if source is None or function is None or source == function:
        return
    if not isinstance(queue.lets_in, Unknowable):
        return  # its policy is in the templates: it lets the role in, or ESM414 says that it does not
    needed = {
        "Effect": "Allow",
        "Principal": {"AWS": role_arn(plan)},
        "Action": [action for grant in plan.facts.grants if grant.on is Neighbour.SOURCE for action in grant.actions],
        "Resource": plan.event_source.identity,
    }
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got=source,
        allowed=f"a queue of the account {function}, or one whose policy lets the execution role in",
        message=f"the queue belongs to the account {source}, the function to {function}: "
        "the queue's own policy must let the execution role in",
        fix=f"add this statement to the queue's policy in the account {source}:\n{statement(needed)}",
    )
