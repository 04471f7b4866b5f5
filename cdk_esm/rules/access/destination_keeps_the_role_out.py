"""The policy of an on-failure destination in another account must let the execution role in.

Both are in the templates that are read together, and nothing in the policy of the queue, topic or bucket lets the role
or its account do what it needs there. Across accounts the permissions of the role are not enough. Every delivery is
denied: failed records are gone, and only the metric DestinationDeliveryFailures tells.

Bad:
    >>> ids(with_destination(mapping("kinesis"), account="444455556666", lets_in=False), select=["ESM442"])
    ['ESM442']

Good:
    >>> ids(with_destination(mapping("kinesis"), account="444455556666", lets_in=True), select=["ESM442"])
    []

Template:
    none: the destination is in a template of another account, which has to be read with it.

Python:
      archive = Stack(self.node.scope, "Archive", env=Environment(account="444455556666", region="eu-west-1"))
      failed = sqs.Queue(archive, "Failed", queue_name="orders-failed")
      role = iam.Role(
          self,
          "Role",
          role_name="orders",
          assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
      )
      failed.add_to_resource_policy(
          iam.PolicyStatement(
              actions=["sqs:SendMessage"],
    -         principals=[iam.ArnPrincipal("arn:aws:iam::111122223333:role/refunds")],
    +         principals=[iam.ArnPrincipal("arn:aws:iam::111122223333:role/orders")],
              resources=[failed.queue_arn],
          )
      )
      function = esm.NewFunction(code="handlers/orders", handler="app.handler", role=role)
      esm.KinesisToLambda(self, "Orders", function=function, on_failure=esm.OnFailure.queue(failed))
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.rules.destination_statements import needed
from cdk_esm.rules.paste import statement
from cdk_esm.rules.permissions import role_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.destinations import DESTINATIONS

RULE = Rule(
    id="ESM442",
    name="destination-keeps-the-role-out",
    severity=Severity.DANGER,
    facts=("STR-DEST-7",),
    page=pages.CROSS_ACCOUNT,
    reads_grants=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask what the policy of a destination of another account says of the role."""
    failure = plan.failure
    if not isinstance(failure, FailurePath) or failure.destination is None or failure.kind not in DESTINATIONS:
        return
    destination = failure.destination
    there, here = known(destination.account), known(plan.function.account)
    if there is None or here is None or there == here or known(destination.lets_in):
        return
    kind = failure.kind.words
    arn = destination.identity if destination.identity.startswith("arn:") else f"<ARN of the {kind}>"
    wanted = "\n".join(statement(one) for one in needed(plan, failure, arn))
    yield RULE.finding(
        plan,
        setting="DestinationConfig",
        got=there,
        allowed=f"a policy of the {kind} that lets the execution role in",
        message=f"the on-failure {kind} {destination.identity} belongs to the account {there}, and its policy does not "
        f"let in {role_name(plan)} of the account {here}: failed records do not get there",
        fix=f"add to the {kind}'s policy:\n{wanted}",
    )
