"""Roles and managed policies.

Read from the CloudFormation resource schemas and the return values on the types' own pages, and from the quotas in the
IAM user guide (reference_iam-quotas), on 2026-11-28.
"""

from typing import Final

from cdk_esm.facts import Figure
from cdk_esm.sources import pages
from cdk_esm.sources.resource_facts import ArnForm, Gives, Kind, PolicyResource, ResourceFacts

INLINE_POLICY_CHARACTERS: Final = Figure(
    10_240, "characters, without white space, of all inline policies of a role together", pages.IAM_QUOTAS
)

ROLE: Final = ResourceFacts(
    type="AWS::IAM::Role",
    kind=Kind.ROLE,
    label="IAM role",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN, "RoleId": Gives.ID},
    itself=("Arn",),
    name="RoleName",
    arn=ArnForm(service="iam", before="role/", holds=Gives.NAME, has_region=False),
    attached=(
        PolicyResource("AWS::IAM::Policy", "Roles", "PolicyDocument"),
        PolicyResource("AWS::IAM::ManagedPolicy", "Roles", "PolicyDocument"),
        PolicyResource("AWS::IAM::RolePolicy", "RoleName", "PolicyDocument"),
    ),
    create_only=("Path", "RoleName"),
)
MANAGED_POLICY: Final = ResourceFacts(
    type="AWS::IAM::ManagedPolicy",
    kind=Kind.MANAGED_POLICY,
    label="IAM managed policy",
    ref=Gives.ARN,
    attributes={"PolicyArn": Gives.ARN, "PolicyId": Gives.ID, "DefaultVersionId": Gives.ID},
    itself=("PolicyArn", "Ref"),
    name="ManagedPolicyName",
    arn=ArnForm(service="iam", before="policy/", holds=Gives.NAME, has_region=False),
    create_only=("ManagedPolicyName", "Description", "Path"),
)
