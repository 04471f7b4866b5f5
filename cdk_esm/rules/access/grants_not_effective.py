"""The execution role does not take the permissions that the poller needs.

An imported or an immutable role answers every grant with yes and changes nothing. If the permissions are not there
already, Lambda refuses the mapping, for it reads from the source with that role while it creates it.

Bad:
    >>> need = {"Effect": "Allow", "Action": "sqs:ReceiveMessage", "Resource": mapping().event_source.identity}
    >>> ids(replace(mapping(), role=Role(takes_grants=False, needs=(need,))))
    ['ESM401']

Good:
    >>> need = {"Effect": "Allow", "Action": "sqs:ReceiveMessage", "Resource": mapping().event_source.identity}
    >>> ids(replace(mapping(), role=Role(takes_grants=True, needs=(need,))))
    []

Template:
    none: of a role that is made elsewhere a template says nothing.

Python:
    - role = iam.Role.from_role_arn(self, "Role", "arn:aws:iam::111122223333:role/orders", mutable=False)
    + role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
      mine = lambda_.Function(
          self,
          "Function",
          code=lambda_.Code.from_inline("handler = print"),
          handler="index.handler",
          runtime=lambda_.Runtime.PYTHON_3_14,
          role=role,
      )
      esm.SqsToLambda(self, "Orders", function=mine)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.paste import policy
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM401",
    name="grants-not-effective",
    severity=Severity.ADVICE,
    facts=("SQS-PERM-1",),
    page=pages.SQS_CONFIGURE,
    topic="permissions",
    reads_grants=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for needs that nothing attaches to the role, unless the user asked for that."""
    role = plan.role
    if role.declined or not role.needs or known(role.takes_grants):
        return
    name = "the function's execution role" if role.identity is None else f"the execution role {role.identity}"
    yield RULE.finding(
        plan,
        setting="Role",
        got=role.identity,
        allowed="a role that holds what the poller needs",
        message=f"{name} cannot be changed from here: a policy attached to it has no effect, "
        "and Lambda refuses the mapping if the permissions are missing",
        fix=f"attach this policy to the role where it is made:\n{policy(*role.needs)}",
    )
