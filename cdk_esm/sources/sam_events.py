"""The events of an ``AWS::Serverless::Function`` that become event source mappings, in AWS SAM's own words.

Read from the AWS SAM developer guide (the pages of the event types, and "Generated CloudFormation resources") and from
the transform itself, aws-sam-translator 1.115.0, on 2026-11-28.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

SERVERLESS: Final = "AWS::Serverless::"
"""What the types of SAM's resources begin with."""

TRANSFORM: Final = "AWS::Serverless-2016-10-31"
"""The transform that expands them."""


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """One type of event.

    Args:
        source: the property that names the source; absent if the brokers are listed.
        renamed: SAM's properties to CloudFormation's, for those that have another name or place there.
        managed_policy: the policy of AWS that the event adds to a role that SAM makes.
        credentials: the types of access configurations whose secret it lets that role read.
        network: it lets that role work with network interfaces: always, or if a subnet is named.
        describes: actions that it allows on the source itself.
        describes_all: actions that it allows on everything of a kind, by the end of its ARN.
    """

    source: str | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)
    managed_policy: str | None = None
    credentials: tuple[str, ...] = ()
    network: str | None = None
    describes: tuple[str, ...] = ()
    describes_all: Mapping[str, str] = field(default_factory=dict)


SAME: Final = (
    "BatchSize",
    "BisectBatchOnFunctionError",
    "DestinationConfig",
    "Enabled",
    "FilterCriteria",
    "FunctionResponseTypes",
    "KmsKeyArn",
    "LoggingConfig",
    "MaximumBatchingWindowInSeconds",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "MetricsConfig",
    "ParallelizationFactor",
    "ProvisionedPollerConfig",
    "Queues",
    "ScalingConfig",
    "SourceAccessConfigurations",
    "StartingPosition",
    "StartingPositionTimestamp",
    "Topics",
    "TumblingWindowInSeconds",
)
"""Properties of every such event that go into the mapping as they are."""

FOR_THE_ROLE: Final = ("DynamicPolicyName", "SecretsManagerKmsKeyId")
"""Properties that are only about the role that SAM makes."""

SECRETS_KEY: Final = "SecretsManagerKmsKeyId"
REGISTRY: Final = "SchemaRegistryConfig"
SUBNET: Final = "VPC_SUBNET"
ALWAYS: Final = "always"

PULL_EVENTS: Final[Mapping[str, EventFacts]] = {
    "SQS": EventFacts(
        source="Queue",
        renamed={"Queue": "EventSourceArn"},
        managed_policy="AWSLambdaSQSQueueExecutionRole",
    ),
    "Kinesis": EventFacts(
        source="Stream",
        renamed={"Stream": "EventSourceArn"},
        managed_policy="AWSLambdaKinesisExecutionRole",
    ),
    "DynamoDB": EventFacts(
        source="Stream",
        renamed={"Stream": "EventSourceArn"},
        managed_policy="AWSLambdaDynamoDBExecutionRole",
    ),
    "MSK": EventFacts(
        source="Stream",
        renamed={
            "Stream": "EventSourceArn",
            "ConsumerGroupId": "AmazonManagedKafkaEventSourceConfig.ConsumerGroupId",
            REGISTRY: f"AmazonManagedKafkaEventSourceConfig.{REGISTRY}",
        },
        managed_policy="AWSLambdaMSKExecutionRole",
        credentials=("CLIENT_CERTIFICATE_TLS_AUTH",),
    ),
    "SelfManagedKafka": EventFacts(
        renamed={
            "KafkaBootstrapServers": "SelfManagedEventSource.Endpoints.KafkaBootstrapServers",
            "ConsumerGroupId": "SelfManagedKafkaEventSourceConfig.ConsumerGroupId",
            REGISTRY: f"SelfManagedKafkaEventSourceConfig.{REGISTRY}",
        },
        credentials=(
            "BASIC_AUTH",
            "CLIENT_CERTIFICATE_TLS_AUTH",
            "OAUTHBEARER_AUTH",
            "SASL_SCRAM_256_AUTH",
            "SASL_SCRAM_512_AUTH",
            "SERVER_ROOT_CA_CERTIFICATE",
        ),
        network=SUBNET,
    ),
    "MQ": EventFacts(
        source="Broker",
        renamed={"Broker": "EventSourceArn"},
        credentials=("BASIC_AUTH",),
        describes=("mq:DescribeBroker",),
    ),
    "DocumentDB": EventFacts(
        source="Cluster",
        renamed={
            "Cluster": "EventSourceArn",
            "DatabaseName": "DocumentDBEventSourceConfig.DatabaseName",
            "CollectionName": "DocumentDBEventSourceConfig.CollectionName",
            "FullDocument": "DocumentDBEventSourceConfig.FullDocument",
        },
        credentials=("BASIC_AUTH",),
        network=ALWAYS,
        describes=("rds:DescribeDBClusters",),
        describes_all={
            "rds:DescribeDBClusterParameters": "cluster-pg:*",
            "rds:DescribeDBSubnetGroups": "subgrp:*",
        },
    ),
}
"""The types of events that Lambda polls for."""

OTHER_EVENTS: Final = (
    "AlexaSkill",
    "Api",
    "CloudWatchEvent",
    "CloudWatchLogs",
    "Cognito",
    "EventBridgeRule",
    "HttpApi",
    "IoTRule",
    "S3",
    "SNS",
    "Schedule",
    "ScheduleV2",
)
"""The types of events that are pushed; an SNS event with a subscribed queue makes a mapping."""

BATCH_SIZE_OF_SUBSCRIBED_QUEUE: Final = 10
"""What SAM gives to the mapping of an SNS event's queue."""

NETWORK_ACTIONS: Final = (
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeVpcs",
    "ec2:DescribeSubnets",
    "ec2:DescribeSecurityGroups",
)
"""What the events of clusters in a network allow."""

WITHOUT_MAPPINGS: Final = (
    "Api",
    "CapacityProvider",
    "GraphQLApi",
    "HttpApi",
    "LayerVersion",
    "MicrovmImage",
    "NetworkConnector",
    "StateMachine",
    "WebFunction",
    "WebSocketApi",
)
"""SAM's resources that make no mapping, and give a function's role nothing."""

GLOBALS: Final[Mapping[str, tuple[str, ...]]] = {
    "Function": (
        "Architectures",
        "AssumeRolePolicyDocument",
        "AutoPublishAlias",
        "AutoPublishAliasAllProperties",
        "CapacityProviderConfig",
        "CodeSigningConfigArn",
        "CodeUri",
        "DeadLetterQueue",
        "DeploymentPreference",
        "Description",
        "DurableConfig",
        "Environment",
        "EphemeralStorage",
        "EventInvokeConfig",
        "FileSystemConfigs",
        "FunctionScalingConfig",
        "FunctionUrlConfig",
        "Handler",
        "KmsKeyArn",
        "Layers",
        "LoggingConfig",
        "MemorySize",
        "PermissionsBoundary",
        "PropagateTags",
        "ProvisionedConcurrencyConfig",
        "PublishToLatestPublished",
        "RecursiveLoop",
        "ReservedConcurrentExecutions",
        "RolePath",
        "Runtime",
        "RuntimeManagementConfig",
        "SnapStart",
        "SourceKMSKeyArn",
        "Tags",
        "TenancyConfig",
        "Timeout",
        "Tracing",
        "VersionDeletionPolicy",
        "VpcConfig",
    ),
    "SimpleTable": ("SSESpecification",),
}
"""What the Globals section may give to functions and to simple tables."""

OTHER_SECTIONS_OF_GLOBALS: Final = (
    "Api",
    "CapacityProvider",
    "HttpApi",
    "LayerVersion",
    "MicrovmImage",
    "NetworkConnector",
    "StateMachine",
    "WebSocketApi",
)
"""What else Globals has a section for."""

PROPERTIES_OF_A_FUNCTION: Final = (
    *GLOBALS["Function"],
    "AutoPublishCodeSha256",
    "Events",
    "FunctionName",
    "ImageConfig",
    "ImageUri",
    "InlineCode",
    "PackageType",
    "Policies",
    "Role",
    "VersionDescription",
)
"""Every property that SAM takes in a function."""

REPLACED_AS_A_WHOLE: Final = ("Architectures",)
"""Lists of a function that take the place of those in Globals; any other list is added to them."""
