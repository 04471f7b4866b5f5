"""The inline policies of a role should leave room below what IAM takes.

IAM counts the characters of all inline policies of a role together. The ARNs in them get their length on deployment:
what is too long then is refused, and the deployment fails half-way. Here each of them is counted with a usual length.

Bad:
    >>> long = InlinePolicies(role="Shop/Role", count=20, at_least=9_000, about=14_550)
    >>> ids(with_inline_policies(mapping(), long))
    ['ESM428']

Good:
    >>> long = InlinePolicies(role="Shop/Role", count=10, at_least=4_500, about=7_275)
    >>> ids(with_inline_policies(mapping(), long))
    []

Template:
    none: it takes policies of about 10240 characters, and the Python beside it writes them in a loop.

Python:
      role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
      table = dynamodb.TableV2(
          self, "Table", partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
      )
    - tables = range(60)
    + tables = range(10)
      for number in tables:
          table_arn = table.table_arn
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
from cdk_esm.rules.inline_policies import COUNTED, fix, roles_with_inline_policies, subject, users
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.resource_types.access import INLINE_POLICY_CHARACTERS

RULE = Rule(
    id="ESM428",
    name="inline-policies-may-be-too-long",
    severity=Severity.ADVICE,
    facts=("IAM-INLINE",),
    page=pages.IAM_QUOTAS,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Compare an estimate with the quota, where what is written out alone stays below it."""
    most = INLINE_POLICY_CHARACTERS.value
    for inline, group in roles_with_inline_policies(plans):
        if inline.at_least <= most < inline.about:
            yield RULE.finding(
                group[0],
                setting="Role",
                got=inline.about,
                allowed=f"at most {most} characters",
                message=f"{subject(inline)} with about {inline.about} characters, and IAM takes {most} "
                f"({inline.at_least} are certain; {COUNTED}){users(group)}",
                fix=fix(group[0]),
            )
