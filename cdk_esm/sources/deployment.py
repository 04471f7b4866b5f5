"""What the role that deploys needs for an event source mapping, beside what the mapping's own role needs.

Read on 2026-11-28 from what the handlers of AWS::Lambda::EventSourceMapping call, by its resource schema, and in stored
copies of the Lambda developer guide (tags-esm, with-msk-permissions, and the beginning of lambda-api-permissions-ref)
and of the service authorization reference (list_lambda), which has ``lambda:TagResource`` beside the action that makes
a mapping.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cdk_esm.sources import pages

ANY: Final = "*"
MAPPINGS: Final = "arn:{partition}:lambda:{region}:{account}:event-source-mapping:*"
"""Every mapping of an account and a Region: none has a name before it is there."""


@dataclass(frozen=True)
class Deployed:
    """Actions that whoever deploys a mapping needs.

    Args:
        actions: the actions, by IAM's names.
        on: the ARN pattern that they are on.
        reason: what calls them.
        page: the page that says so.
    """

    actions: tuple[str, ...]
    on: str
    reason: str
    page: str


CREATE: Final = Deployed(
    ("lambda:CreateEventSourceMapping",),
    ANY,
    "it makes a mapping, which has no ARN before",
    pages.MAPPING_API,
)
MANAGE: Final = Deployed(
    ("lambda:DeleteEventSourceMapping", "lambda:GetEventSourceMapping", "lambda:UpdateEventSourceMapping"),
    MAPPINGS,
    "it waits until a mapping is made, changes it, and takes it away",
    pages.LAMBDA_PERMISSIONS,
)
TAG: Final = Deployed(
    ("lambda:ListTags", "lambda:TagResource", "lambda:UntagResource"),
    MAPPINGS,
    "it puts the tags of the stack and its own on every mapping; a grant on functions does not cover mappings",
    pages.MAPPING_TAGS,
)
ENCRYPT: Final = Deployed(
    ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"),
    "{key}",
    "it encrypts the filter patterns with a key of yours, and reads them",
    pages.FILTERS,
)
CONNECT: Final = Deployed(
    ("kafka:ListVpcConnections",),
    ANY,
    "it looks for the VPC connection to a cluster of another account",
    pages.MSK_PERMISSIONS,
)
ALWAYS: Final = (CREATE, MANAGE, TAG)
"""What every mapping needs."""
