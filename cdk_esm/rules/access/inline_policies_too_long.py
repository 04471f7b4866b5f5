"""The inline policies of a role are at most as long together as IAM takes.

IAM counts the characters of all inline policies of a role together, without white space, and refuses the policy that
is too much. Each mapping on a shared role brings a policy, so a template with many of them fails half-way.

Bad:
    >>> long = InlinePolicies(role="Shop/Role", count=40, at_least=10_241, about=16_000)
    >>> ids(with_inline_policies(mapping(), long))
    ['ESM427']

Good:
    >>> long = InlinePolicies(role="Shop/Role", count=20, at_least=5_000, about=10_240)
    >>> ids(with_inline_policies(mapping(), long))
    []

Template:
    none: it takes policies of more than 10240 characters, and the Python beside it writes them in a loop.

Python:
      role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    - tables = range(60)
    + tables = range(10)
      for number in tables:
          table_arn = f"arn:aws:dynamodb:eu-west-1:111122223333:table/{number}" + "x" * 100
          statement = iam.PolicyStatement(actions=["dynamodb:GetItem", "dynamodb:PutItem"], resources=[table_arn])
          iam.Policy(self, f"Writes{number}", roles=[role], statements=[statement])
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

from collections.abc import Iterator, Sequence

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.inline_policies import fix, roles_with_inline_policies, subject, users
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.resource_types.access import INLINE_POLICY_CHARACTERS

RULE = Rule(
    id="ESM427",
    name="inline-policies-too-long",
    severity=Severity.ERROR,
    facts=("IAM-INLINE",),
    page=pages.IAM_QUOTAS,
    negotiable=True,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Compare what is written out with the quota."""
    most = INLINE_POLICY_CHARACTERS.value
    for inline, group in roles_with_inline_policies(plans):
        if inline.at_least > most:
            yield RULE.finding(
                group[0],
                setting="Role",
                got=inline.at_least,
                allowed=f"at most {most} characters",
                message=f"{subject(inline)} with at least {inline.at_least} characters, and IAM takes {most}"
                f"{users(group)}",
                fix=fix(group[0]),
            )
