"""AWS SAM's connectors from and to a function, as far as they give its role something.

Read from the AWS SAM developer guide ("AWS SAM connector reference") and from the transform itself, aws-sam-translator
1.115.0, on 2026-11-28.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cdk_esm.sources.resource_types import functions
from cdk_esm.sources.resource_types.messages import EVENT_BUS, QUEUE, TOPIC
from cdk_esm.sources.resource_types.storage import BUCKET
from cdk_esm.sources.resource_types.streams import SAM_TABLE, TABLE

FUNCTION: Final = functions.FUNCTION.type
_QUEUE: Final = QUEUE.type
_TOPIC: Final = TOPIC.type
_BUCKET: Final = BUCKET.type
_TABLE: Final = TABLE.type


@dataclass(frozen=True, kw_only=True)
class ConnectorFacts:
    """One kind of connector that adds a policy to a function's role.

    Args:
        of_source: the function is the source, and not the destination.
        allows: permission (``Read`` or ``Write``) to actions.
        below: what follows the ARN of the other end, for each resource of the policy.
        together: the permissions are taken all at once only.
        before_mapping: a mapping of the two waits for the policy.
    """

    of_source: bool = True
    allows: Mapping[str, tuple[str, ...]]
    below: tuple[str, ...] = ("",)
    together: bool = False
    before_mapping: bool = False


CONNECTORS: Final[Mapping[tuple[str, str], ConnectorFacts]] = {
    (_QUEUE, FUNCTION): ConnectorFacts(
        of_source=False,
        allows={"Read": ("sqs:ReceiveMessage", "sqs:GetQueueAttributes"), "Write": ("sqs:DeleteMessage",)},
        together=True,
        before_mapping=True,
    ),
    (_TABLE, FUNCTION): ConnectorFacts(
        of_source=False,
        allows={
            "Read": (
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
            )
        },
        below=("/stream/*",),
        before_mapping=True,
    ),
    (FUNCTION, _QUEUE): ConnectorFacts(
        allows={
            "Read": ("sqs:ReceiveMessage", "sqs:GetQueueAttributes"),
            "Write": ("sqs:DeleteMessage", "sqs:SendMessage", "sqs:ChangeMessageVisibility", "sqs:PurgeQueue"),
        },
    ),
    (FUNCTION, _TOPIC): ConnectorFacts(allows={"Write": ("sns:Publish",)}),
    (FUNCTION, EVENT_BUS.type): ConnectorFacts(allows={"Write": ("events:PutEvents",)}),
    (FUNCTION, _BUCKET): ConnectorFacts(
        allows={
            "Read": (
                "s3:GetObject",
                "s3:GetObjectAcl",
                "s3:GetObjectLegalHold",
                "s3:GetObjectRetention",
                "s3:GetObjectTorrent",
                "s3:GetObjectVersion",
                "s3:GetObjectVersionAcl",
                "s3:GetObjectVersionForReplication",
                "s3:GetObjectVersionTorrent",
                "s3:ListBucket",
                "s3:ListBucketMultipartUploads",
                "s3:ListBucketVersions",
                "s3:ListMultipartUploadParts",
            ),
            "Write": (
                "s3:AbortMultipartUpload",
                "s3:DeleteObject",
                "s3:DeleteObjectVersion",
                "s3:PutObject",
                "s3:PutObjectLegalHold",
                "s3:PutObjectRetention",
                "s3:RestoreObject",
            ),
        },
        below=("", "/*"),
    ),
}
"""The types of both ends, as CloudFormation names them, to what the connector allows."""

OTHERS: Final = frozenset(
    {
        ("AWS::ApiGateway::RestApi", FUNCTION),
        ("AWS::ApiGatewayV2::Api", FUNCTION),
        ("AWS::AppSync::DataSource", FUNCTION),
        ("AWS::AppSync::GraphQLApi", FUNCTION),
        ("AWS::Events::Rule", FUNCTION),
        (FUNCTION, _TABLE),
        (FUNCTION, FUNCTION),
        (FUNCTION, "AWS::Location::PlaceIndex"),
        (FUNCTION, "AWS::StepFunctions::StateMachine"),
        (_BUCKET, FUNCTION),
        (_TOPIC, FUNCTION),
        ("AWS::StepFunctions::StateMachine", FUNCTION),
    }
)
"""The other connectors of a function: a poller needs nothing that they allow, and nothing comes back by them."""

AS_IN_CLOUDFORMATION: Final[Mapping[str, str]] = {
    "AWS::Serverless::Api": "AWS::ApiGateway::RestApi",
    functions.SAM_FUNCTION.type: FUNCTION,
    "AWS::Serverless::HttpApi": "AWS::ApiGatewayV2::Api",
    SAM_TABLE.type: _TABLE,
    "AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
}
"""SAM's types to those of the resources that they become."""
