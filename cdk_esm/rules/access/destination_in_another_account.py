"""An on-failure destination in another account must let the execution role in by its own policy.

The role's permissions are only half of it: across accounts the policy of the queue, topic or bucket has to allow the
same. It lies in the other account, where we seldom see it and never change it. Without it every delivery is denied:
failed records are gone, and only the metric DestinationDeliveryFailures tells.

Bad:
    >>> ids(with_destination(mapping("kinesis"), account="444455556666"), select=["ESM441"])
    ['ESM441']

Good:
    >>> ids(with_destination(mapping("kinesis"), account="111122223333"), select=["ESM441"])
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: arn:aws:lambda:eu-west-1:111122223333:function:orders
            EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/orders
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
    -           Destination: arn:aws:sqs:eu-west-1:444455556666:orders-failed
    +           Destination: arn:aws:sqs:eu-west-1:111122223333:orders-failed

Python:
    - failed = sqs.Queue.from_queue_arn(self, "Failed", "arn:aws:sqs:eu-west-1:444455556666:orders-failed")
    + failed = sqs.Queue.from_queue_arn(self, "Failed", "arn:aws:sqs:eu-west-1:111122223333:orders-failed")
      esm.KinesisToLambda(self, "Orders", function=function, on_failure=esm.OnFailure.queue(failed))
"""

from collections.abc import Iterator
from typing import Any

from cdk_esm.facts import Neighbour, NotApplicable, Unknowable, known
from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.owners import of_another_owner
from cdk_esm.rules.paste import statement
from cdk_esm.rules.permissions import role_arn
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.destinations import DESTINATIONS, OBJECT_PREFIX

FACTS = (
    Fact(
        "STR-DEST-7",
        "doc",
        "A role of another account needs to be let in by its own policy and by the policy of the resource.",
        page=pages.CROSS_ACCOUNT,
    ),
)
RULE = Rule(
    id="ESM441",
    name="destination-in-another-account",
    severity=Severity.ADVICE,
    facts=("STR-DEST-7",),
    page=pages.KINESIS_FAILURES,
    topic="failures",
    reads_grants=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the two accounts, if both are known."""
    failure = plan.failure
    if not isinstance(failure, FailurePath) or failure.destination is None or failure.kind not in DESTINATIONS:
        return
    there, here = known(failure.destination.account), known(plan.function.account)
    if there is None or here is None or there == here or _denied_by_owner(plan):
        return
    if not isinstance(failure.destination.lets_in, Unknowable):
        return  # its policy is in the templates: it lets the role in, or another rule says that it does not
    kind, identity = failure.kind.words, failure.destination.identity
    arn = identity if identity.startswith("arn:") else f"<ARN of the {kind}>"
    wanted = "\n".join(statement(one) for one in needed(plan, failure, arn))
    yield RULE.finding(
        plan,
        setting="DestinationConfig",
        got=there,
        allowed=f"a {kind} of the account {here}, or one whose policy lets the execution role in",
        message=f"the on-failure {kind} belongs to the account {there}, the function to {here}: "
        f"the {kind}'s own policy must let the execution role in, and that of its key, if it has one of its own",
        fix=f"add to the {kind}'s policy in the account {there}:\n{wanted}",
    )


def _denied_by_owner(plan: MappingPlan) -> bool:
    """Whether the role itself asks for another owner of the bucket: then another rule says that, and it comes first."""
    try:
        return any(True for _ in of_another_owner(plan))
    except NotApplicable:
        return False


def needed(plan: MappingPlan, failure: FailurePath, arn: str) -> Iterator[dict[str, Any]]:
    """What the policy of the destination has to allow: what the role needs of it."""
    principal = {"AWS": role_arn(plan)}
    places = {Neighbour.DESTINATION: arn, Neighbour.DESTINATION_OBJECTS: f"{arn}/{OBJECT_PREFIX}*"}
    for grant in DESTINATIONS[failure.kind].grants:
        if grant.on in places:
            yield {
                "Effect": "Allow",
                "Principal": principal,
                "Action": list(grant.actions),
                "Resource": places[grant.on],
            }
