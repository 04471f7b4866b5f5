"""Samples of what the New… records take: groups of properties that go together, with values of CDK for each.

Every property of a record is in a group; ``test_new_records.py`` compares what becomes of each with what CDK makes of
it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_codeguruprofiler as codeguru
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_efs as efs
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_signer as signer
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

Group = Callable[[cdk.Stack], dict[str, Any]]
KEEP: Final = cdk.RemovalPolicy.DESTROY
ID: Final = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
READS: Final = iam.PolicyStatement(
    actions=["dynamodb:GetItem"], principals=[iam.AccountRootPrincipal()], resources=["*"]
)
OTHER: Final = dynamodb.Attribute(name="other", type=dynamodb.AttributeType.NUMBER)


def _key(stack: cdk.Stack) -> kms.Key:
    return kms.Key(stack, "Key")


def _network(stack: cdk.Stack) -> dict[str, Any]:
    vpc = ec2.Vpc(stack, "Vpc", max_azs=2)
    files = efs.FileSystem(stack, "Files", vpc=vpc)
    point = files.add_access_point("Point", path="/data", create_acl=None)
    return {
        "vpc": vpc,
        "vpc_subnets": ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC),
        "allow_public_subnet": True,
        "allow_all_outbound": False,
        "allow_all_ipv6_outbound": False,
        "ipv6_allowed_for_dual_stack": False,
        "filesystem": lambda_.FileSystem.from_efs_access_point(point, "/mnt/data"),
    }


def _groups_of_network(stack: cdk.Stack) -> dict[str, Any]:
    vpc = ec2.Vpc(stack, "Vpc", max_azs=2)
    return {"vpc": vpc, "security_groups": [ec2.SecurityGroup(stack, "Group", vpc=vpc)]}


def _signed(stack: cdk.Stack) -> lambda_.CodeSigningConfig:
    profile = signer.SigningProfile(stack, "Profile", platform=signer.Platform.AWS_LAMBDA_SHA384_ECDSA)
    return lambda_.CodeSigningConfig(stack, "Signing", signing_profiles=[profile])


FUNCTION: Final[Mapping[str, Group]] = {
    "names": lambda stack: {
        "function_name": "fulfil",
        "description": "fulfils orders",
        "timeout": Duration.seconds(45),
        "memory_size": 1024,
        "environment": {"STAGE": "test"},
        "environment_encryption": _key(stack),
        "reserved_concurrent_executions": 20,
        "architecture": lambda_.Architecture.X86_64,
        "runtime": lambda_.Runtime.PYTHON_3_13,
        "ephemeral_storage_size": cdk.Size.mebibytes(2048),
        "tracing": lambda_.Tracing.PASS_THROUGH,
        "recursive_loop": lambda_.RecursiveLoop.ALLOW,
        "runtime_management_mode": lambda_.RuntimeManagementMode.FUNCTION_UPDATE,
        "current_version_options": lambda_.VersionOptions(description="of today"),
    },
    "snap-start": lambda _: {"snap_start": lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS},
    "logging": lambda _: {
        "logging_format": lambda_.LoggingFormat.JSON,
        "application_log_level_v2": lambda_.ApplicationLogLevel.WARN,
        "system_log_level_v2": lambda_.SystemLogLevel.WARN,
    },
    "logging-in-former-names": lambda _: {
        "log_format": "JSON",
        "application_log_level": "WARN",
        "system_log_level": "WARN",
    },
    "layers": lambda stack: {
        "layers": [lambda_.LayerVersion.from_layer_version_arn(stack, "Layer", "arn:aws:lambda:eu-west-1:1:layer:a:1")],
        "insights_version": lambda_.LambdaInsightsVersion.from_insight_version_arn(
            "arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension-Arm64:20"
        ),
        "params_and_secrets": lambda_.ParamsAndSecretsLayerVersion.from_version_arn(
            "arn:aws:lambda:eu-west-1:015030872274:layer:AWS-Parameters-and-Secrets-Lambda-Extension-Arm64:11"
        ),
        "profiling": True,
        "profiling_group": codeguru.ProfilingGroup(stack, "Profiles"),
    },
    "telemetry": lambda _: {
        "adot_instrumentation": lambda_.AdotInstrumentationConfig(
            exec_wrapper=lambda_.AdotLambdaExecWrapper.INSTRUMENT_HANDLER,
            layer_version=lambda_.AdotLayerVersion.from_python_sdk_layer_version(
                lambda_.AdotLambdaLayerPythonSdkVersion.LATEST
            ),
        ),
    },
    "network": _network,
    "groups-of-network": _groups_of_network,
    "signed": lambda stack: {"code_signing_config": _signed(stack)},
    "dead-letters": lambda stack: {"dead_letter_queue": sqs.Queue(stack, "Dead"), "dead_letter_queue_enabled": True},
    "dead-letter-topic": lambda stack: {"dead_letter_topic": sns.Topic(stack, "Dead")},
    "asynchronous": lambda stack: {
        "on_failure": destinations.SqsDestination(sqs.Queue(stack, "Failed")),
        "on_success": destinations.SnsDestination(sns.Topic(stack, "Done")),
        "max_event_age": Duration.hours(1),
        "retry_attempts": 1,
    },
    "events": lambda stack: {"events": [sources.SnsEventSource(sns.Topic(stack, "Topic"))]},
    "durable": lambda _: {
        "durable_config": lambda_.DurableConfig(
            execution_timeout=Duration.minutes(10), retention_period=Duration.days(7)
        ),
    },
    "policy": lambda _: {"initial_policy": [iam.PolicyStatement(actions=["s3:GetObject"], resources=["*"])]},
    "role": lambda stack: {
        "role": iam.Role(stack, "Mine", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com")),
        "log_group": logs.LogGroup(stack, "Logs"),
    },
}
ELSEWHERE_OF_FUNCTION: Final = {"code", "handler", "alias", "log_retention", "log_removal_policy", "tenancy_config"}
"""The properties of a function that other tests are about."""

QUEUE: Final[Mapping[str, Group]] = {
    "plain": lambda _: {
        "retention_period": Duration.days(5),
        "delivery_delay": Duration.seconds(5),
        "visibility_timeout": Duration.minutes(5),
        "receive_message_wait_time": Duration.seconds(20),
        "max_message_size_bytes": 262_144,
        "queue_name": "orders",
        "fifo": False,
        "removal_policy": KEEP,
    },
    "key": lambda stack: {
        "encryption": sqs.QueueEncryption.KMS,
        "encryption_master_key": _key(stack),
        "data_key_reuse": Duration.hours(1),
        "enforce_ssl": False,
    },
    "managed-key": lambda _: {"encryption": sqs.QueueEncryption.KMS_MANAGED},
    "no-encryption": lambda _: {"encryption": sqs.QueueEncryption.UNENCRYPTED},
    "redrive": lambda _: {
        "redrive_allow_policy": sqs.RedriveAllowPolicy(redrive_permission=sqs.RedrivePermission.DENY_ALL)
    },
}
FIFO: Final[Mapping[str, Group]] = {
    "fifo": lambda _: {
        "fifo": True,
        "queue_name": "orders.fifo",
        "content_based_deduplication": True,
        "deduplication_scope": sqs.DeduplicationScope.MESSAGE_GROUP,
        "fifo_throughput_limit": sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    },
}
STREAM: Final[Mapping[str, Group]] = {
    "plain": lambda stack: {
        "shard_count": 2,
        "stream_mode": kinesis.StreamMode.PROVISIONED,
        "retention_period": Duration.days(2),
        "encryption": kinesis.StreamEncryption.KMS,
        "encryption_key": _key(stack),
        "shard_level_metrics": [kinesis.ShardLevelMetrics.INCOMING_BYTES],
        "stream_name": "clicks",
        "removal_policy": KEEP,
    },
    "no-encryption": lambda _: {"encryption": kinesis.StreamEncryption.UNENCRYPTED},
}
TABLE: Final[Mapping[str, Group]] = {
    "plain": lambda stack: {
        "sort_key": OTHER,
        "dynamo_stream": dynamodb.StreamViewType.NEW_IMAGE,
        "billing": dynamodb.Billing.provisioned(
            read_capacity=dynamodb.Capacity.fixed(5), write_capacity=dynamodb.Capacity.autoscaled(max_capacity=9)
        ),
        "local_secondary_indexes": [dynamodb.LocalSecondaryIndexProps(index_name="local", sort_key=ID)],
        "time_to_live_attribute": "expires",
        "table_name": "products",
        "encryption": dynamodb.TableEncryptionV2.aws_managed_key(),
        "point_in_time_recovery_specification": dynamodb.PointInTimeRecoverySpecification(
            point_in_time_recovery_enabled=True, recovery_period_in_days=7
        ),
        "deletion_protection": True,
        "contributor_insights_specification": dynamodb.ContributorInsightsSpecification(enabled=True),
        "kinesis_stream": kinesis.Stream(stack, "Changes"),
        "table_class": dynamodb.TableClass.STANDARD_INFREQUENT_ACCESS,
        "resource_policy": iam.PolicyDocument(statements=[READS]),
        "stream_resource_policy": iam.PolicyDocument(statements=[READS]),
        "tags": [cdk.CfnTag(key="team", value="shop")],
        "removal_policy": KEEP,
    },
    "indexes": lambda _: {
        "global_secondary_indexes": [dynamodb.GlobalSecondaryIndexPropsV2(index_name="global", partition_key=OTHER)],
        "warm_throughput": dynamodb.WarmThroughput(read_units_per_second=13_000, write_units_per_second=5_000),
        "point_in_time_recovery": True,
        "contributor_insights": True,
    },
    "replicas": lambda _: {
        "replicas": [dynamodb.ReplicaTableProps(region="eu-central-1")],
        "witness_region": "eu-west-2",
        "multi_region_consistency": dynamodb.MultiRegionConsistency.STRONG,
        "global_table_settings_replication_mode": dynamodb.GlobalTableSettingsReplicationMode.ALL,
    },
}
BUCKET: Final[Mapping[str, Group]] = {
    "plain": lambda stack: {
        "lifecycle_rules": [s3.LifecycleRule(expiration=Duration.days(30))],
        "encryption": s3.BucketEncryption.KMS,
        "encryption_key": _key(stack),
        "bucket_key_enabled": True,
        "block_public_access": s3.BlockPublicAccess.BLOCK_ACLS_ONLY,
        "minimum_tls_version": 1.3,
        "bucket_name": "failed-orders",
        "versioned": True,
        "object_lock_enabled": True,
        "object_lock_default_retention": s3.ObjectLockRetention.governance(Duration.days(7)),
        "event_bridge_enabled": True,
        "notifications_skip_destination_validation": True,
        "notifications_handler_role": iam.Role(stack, "Mine", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com")),
        "server_access_logs_bucket": s3.Bucket(stack, "Logs"),
        "server_access_logs_prefix": "failed/",
        "target_object_key_format": s3.TargetObjectKeyFormat.simple_prefix(),
        "metrics": [s3.BucketMetrics(id="all")],
        "inventories": [
            s3.Inventory(inventory_id="all", destination=s3.InventoryDestination(bucket=s3.Bucket(stack, "Lists")))
        ],
        "intelligent_tiering_configurations": [
            s3.IntelligentTieringConfiguration(name="old", archive_access_tier_time=Duration.days(90))
        ],
        "transition_default_minimum_object_size": s3.TransitionDefaultMinimumObjectSize.VARIES_BY_STORAGE_CLASS,
        "transfer_acceleration": True,
        "cors": [s3.CorsRule(allowed_methods=[s3.HttpMethods.GET], allowed_origins=["https://example.com"])],
        "abac_status": True,
        "blocked_encryption_types": [s3.BlockedEncryptionType.NONE],
        "removal_policy": KEEP,
    },
    "copied": lambda stack: {
        "versioned": True,
        "replication_role": iam.Role(stack, "Mine", assumed_by=iam.ServicePrincipal("s3.amazonaws.com")),
        "replication_rules": [s3.ReplicationRule(destination=s3.Bucket(stack, "Copies", versioned=True), priority=0)],
    },
    "open": lambda _: {
        "enforce_ssl": False,
        "object_ownership": s3.ObjectOwnership.OBJECT_WRITER,
        "access_control": s3.BucketAccessControl.PRIVATE,
    },
    "emptied": lambda _: {"auto_delete_objects": True, "removal_policy": KEEP},
    "named": lambda _: {"bucket_namespace": s3.BucketNamespace.ACCOUNT_REGIONAL, "bucket_name_prefix": "failed"},
}
