"""What AWS SAM's policy templates let a function's role do, as far as a poller may need it or a loop goes by it.

Read from the AWS SAM developer guide ("AWS SAM policy templates") and from the transform itself, aws-sam-translator
1.115.0, on 2026-11-28. A resource is written as ``Fn::Sub`` takes it: with the parameters of the template in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Allows:
    """One statement of a policy template.

    Args:
        actions: what it allows.
        resources: where.
        condition: it holds under a condition on a key.
    """

    actions: tuple[str, ...]
    resources: tuple[str, ...] = ("*",)
    condition: str | None = None


_HERE: Final = "${AWS::Region}:${AWS::AccountId}"
_QUEUE: Final = f"arn:${{AWS::Partition}}:sqs:{_HERE}:${{QueueName}}"
_TOPIC: Final = f"arn:${{AWS::Partition}}:sns:{_HERE}:${{TopicName}}"
_STREAM: Final = f"arn:${{AWS::Partition}}:kinesis:{_HERE}:stream/${{StreamName}}"
_TABLE: Final = f"arn:${{AWS::Partition}}:dynamodb:{_HERE}:table/${{TableName}}"
_KEY: Final = f"arn:${{AWS::Partition}}:kms:{_HERE}:key/${{KeyId}}"
_BUS: Final = f"arn:${{AWS::Partition}}:events:{_HERE}:event-bus/${{EventBusName}}"
_BUCKET: Final = "arn:${AWS::Partition}:s3:::${BucketName}"
_READ_OBJECTS: Final = (
    "s3:GetObject",
    "s3:ListBucket",
    "s3:GetBucketLocation",
    "s3:GetObjectVersion",
    "s3:GetLifecycleConfiguration",
)
_SETTINGS_OF_BUCKET: Final = (
    "s3:ListBucket",
    "s3:GetBucketLocation",
    "s3:GetLifecycleConfiguration",
    "s3:PutLifecycleConfiguration",
)

POLICY_TEMPLATES: Final[Mapping[str, tuple[Allows, ...]]] = {
    "SQSPollerPolicy": (
        Allows(
            (
                "sqs:ChangeMessageVisibility",
                "sqs:ChangeMessageVisibilityBatch",
                "sqs:DeleteMessage",
                "sqs:DeleteMessageBatch",
                "sqs:GetQueueAttributes",
                "sqs:ReceiveMessage",
            ),
            (_QUEUE,),
        ),
    ),
    "SQSSendMessagePolicy": (Allows(("sqs:SendMessage*",), (_QUEUE,)),),
    "SNSPublishMessagePolicy": (Allows(("sns:Publish",), (_TOPIC,)),),
    "SNSCrudPolicy": (
        Allows(
            (
                "sns:ListSubscriptionsByTopic",
                "sns:CreateTopic",
                "sns:SetTopicAttributes",
                "sns:Subscribe",
                "sns:Publish",
            ),
            (f"{_TOPIC}*",),
        ),
    ),
    "EventBridgePutEventsPolicy": (Allows(("events:PutEvents",), (_BUS,)),),
    "KinesisStreamReadPolicy": (
        Allows(
            ("kinesis:ListStreams", "kinesis:DescribeLimits"),
            (f"arn:${{AWS::Partition}}:kinesis:{_HERE}:stream/*",),
        ),
        Allows(
            (
                "kinesis:DescribeStream",
                "kinesis:DescribeStreamSummary",
                "kinesis:GetRecords",
                "kinesis:GetShardIterator",
            ),
            (_STREAM,),
        ),
    ),
    "KinesisCrudPolicy": (
        Allows(
            (
                "kinesis:AddTagsToStream",
                "kinesis:CreateStream",
                "kinesis:DecreaseStreamRetentionPeriod",
                "kinesis:DeleteStream",
                "kinesis:DescribeStream",
                "kinesis:DescribeStreamSummary",
                "kinesis:GetShardIterator",
                "kinesis:IncreaseStreamRetentionPeriod",
                "kinesis:ListTagsForStream",
                "kinesis:MergeShards",
                "kinesis:PutRecord",
                "kinesis:PutRecords",
                "kinesis:SplitShard",
                "kinesis:RemoveTagsFromStream",
            ),
            (_STREAM,),
        ),
    ),
    "DynamoDBStreamReadPolicy": (
        Allows(
            ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
            (f"{_TABLE}/stream/${{StreamName}}",),
        ),
        Allows(("dynamodb:ListStreams",), (f"{_TABLE}/stream/*",)),
    ),
    "S3ReadPolicy": (Allows(_READ_OBJECTS, (_BUCKET, f"{_BUCKET}/*")),),
    "S3WritePolicy": (
        Allows(("s3:PutObject", "s3:PutObjectAcl", "s3:PutLifecycleConfiguration"), (_BUCKET, f"{_BUCKET}/*")),
    ),
    "S3CrudPolicy": (
        Allows(
            (*_READ_OBJECTS, "s3:PutObject", "s3:PutObjectAcl", "s3:PutLifecycleConfiguration", "s3:DeleteObject"),
            (_BUCKET, f"{_BUCKET}/*"),
        ),
    ),
    "S3FullAccessPolicy": (
        Allows(
            (
                "s3:GetObject",
                "s3:GetObjectAcl",
                "s3:GetObjectVersion",
                "s3:PutObject",
                "s3:PutObjectAcl",
                "s3:DeleteObject",
                "s3:DeleteObjectTagging",
                "s3:DeleteObjectVersionTagging",
                "s3:GetObjectTagging",
                "s3:GetObjectVersionTagging",
                "s3:PutObjectTagging",
                "s3:PutObjectVersionTagging",
            ),
            (f"{_BUCKET}/*",),
        ),
        Allows(_SETTINGS_OF_BUCKET, (_BUCKET,)),
    ),
    "KMSDecryptPolicy": (Allows(("kms:Decrypt",), (_KEY,)),),
    "KMSEncryptPolicy": (Allows(("kms:Encrypt",), (_KEY,)),),
    "KMSEncryptPolicy_v2": (
        Allows(
            (
                "kms:Encrypt",
                "kms:GenerateDataKey",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:GenerateDataKeyPair",
                "kms:GenerateDataKeyPairWithoutPlaintext",
            ),
            (_KEY,),
        ),
    ),
    "AWSSecretsManagerGetSecretValuePolicy": (Allows(("secretsmanager:GetSecretValue",), ("${SecretArn}",)),),
    "AWSSecretsManagerRotationPolicy": (
        Allows(
            (
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetSecretValue",
                "secretsmanager:PutSecretValue",
                "secretsmanager:UpdateSecretVersionStage",
            ),
            (f"arn:${{AWS::Partition}}:secretsmanager:{_HERE}:secret:*",),
            condition="secretsmanager:resource/AllowRotationLambdaArn",
        ),
        Allows(("secretsmanager:GetRandomPassword",)),
    ),
    "VPCAccessPolicy": (
        Allows(
            (
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DetachNetworkInterface",
            )
        ),
    ),
}
"""Name to statements."""

SERVICE_ROLES: Final = (
    "AWSLambdaBasicDurableExecutionRolePolicy",
    "AWSLambdaBasicExecutionRole",
    "AWSLambdaDynamoDBExecutionRole",
    "AWSLambdaKinesisExecutionRole",
    "AWSLambdaMSKExecutionRole",
    "AWSLambdaSQSQueueExecutionRole",
    "AWSLambdaVPCAccessExecutionRole",
)
"""Policies of AWS whose ARNs have ``service-role/`` before the name."""

OF_NO_USE_TO_A_POLLER: Final = frozenset(
    (
        *("AMIDescribePolicy", "AcmGetCertificatePolicy", "AthenaQueryPolicy", "CloudFormationDescribeStacksPolicy"),
        *("CloudWatchDashboardPolicy", "CloudWatchDescribeAlarmHistoryPolicy", "CloudWatchPutMetricPolicy"),
        *("CodeCommitCrudPolicy", "CodeCommitReadPolicy", "CodePipelineLambdaExecutionPolicy"),
        *("CodePipelineReadOnlyPolicy", "ComprehendBasicAccessPolicy", "CostExplorerReadOnlyPolicy"),
        *("DynamoDBBackupFullAccessPolicy", "DynamoDBCrudPolicy", "DynamoDBReadPolicy", "DynamoDBReconfigurePolicy"),
        *("DynamoDBRestoreFromBackupPolicy", "DynamoDBWritePolicy", "EC2CopyImagePolicy", "EC2DescribePolicy"),
        *("EFSWriteAccessPolicy", "EKSDescribePolicy", "EcsRunTaskPolicy", "ElasticMapReduceAddJobFlowStepsPolicy"),
        *("ElasticMapReduceCancelStepsPolicy", "ElasticMapReduceModifyInstanceFleetPolicy"),
        *("ElasticMapReduceModifyInstanceGroupsPolicy", "ElasticMapReduceSetTerminationProtectionPolicy"),
        *("ElasticMapReduceTerminateJobFlowsPolicy", "ElasticsearchHttpPostPolicy"),
        *("FilterLogEventsPolicy", "FirehoseCrudPolicy", "FirehoseWritePolicy", "LambdaInvokePolicy"),
        *("MobileAnalyticsWriteOnlyAccessPolicy", "OrganizationsListAccountsPolicy", "PinpointEndpointAccessPolicy"),
        *("PollyFullAccessPolicy", "RekognitionDetectOnlyPolicy", "RekognitionFacesManagementPolicy"),
        *("RekognitionFacesPolicy", "RekognitionLabelsPolicy", "RekognitionNoDataAccessPolicy"),
        *("RekognitionReadPolicy", "RekognitionWriteOnlyAccessPolicy", "Route53ChangeResourceRecordSetsPolicy"),
        *("SESBulkTemplatedCrudPolicy", "SESBulkTemplatedCrudPolicy_v2", "SESCrudPolicy"),
        *("SESEmailTemplateCrudPolicy", "SESSendBouncePolicy", "SSMParameterReadPolicy"),
        *("SSMParameterWithSlashPrefixReadPolicy", "SageMakerCreateEndpointConfigPolicy"),
        *("SageMakerCreateEndpointPolicy", "ServerlessRepoReadWriteAccessPolicy", "StepFunctionsCallbackPolicy"),
        *("StepFunctionsExecutionPolicy", "StepFunctionsExecutionPolicy_v2", "TextractDetectAnalyzePolicy"),
        *("TextractGetResultPolicy", "TextractPolicy"),
    )
)
"""Policy templates of other services and actions: a poller needs none of them, and nothing comes back by them."""
