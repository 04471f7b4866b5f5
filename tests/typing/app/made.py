"""What users write, for type checkers alone: every new resource with every keyword, and what holds for a whole app."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import aws_cdk as cdk
from aws_cdk import aws_codeguruprofiler as codeguru
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_efs as efs
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm


def functions(  # noqa: PLR0917 - what a function may refer to
    stack: cdk.Stack,
    layer: lambda_.LayerVersion,
    vpc: ec2.Vpc,
    group: ec2.SecurityGroup,
    queue: sqs.Queue,
    topic: sns.Topic,
    other: sns.ITopic,
    access_point: efs.AccessPoint,
    role: iam.Role,
) -> None:
    esm.NewFunction(
        code=Path("handlers/orders"),
        handler="app.handler",
        runtime=lambda_.Runtime.PYTHON_3_14,
        timeout=cdk.Duration.seconds(30),
        memory_size=512,
        environment={"STAGE": "test"},
        reserved_concurrent_executions=20,
        architecture=lambda_.Architecture.ARM_64,
        layers=[layer],
        description="takes orders",
        log_retention=logs.RetentionDays.ONE_MONTH,
        tracing=lambda_.Tracing.ACTIVE,
        vpc=vpc,
        vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
        security_groups=[group],
        environment_encryption=kms.Key(stack, "Key"),
        alias="live",
        function_name="orders",
        role=role,
        initial_policy=[iam.PolicyStatement(actions=["s3:GetObject"], resources=["*"])],
        log_group=logs.LogGroup(stack, "Logs"),
        log_removal_policy=cdk.RemovalPolicy.DESTROY,
        logging_format=lambda_.LoggingFormat.JSON,
        application_log_level_v2=lambda_.ApplicationLogLevel.INFO,
        system_log_level_v2=lambda_.SystemLogLevel.WARN,
        log_format="JSON",
        application_log_level="INFO",
        system_log_level="WARN",
        ephemeral_storage_size=cdk.Size.gibibytes(1),
        insights_version=lambda_.LambdaInsightsVersion.VERSION_1_0_333_0,
        adot_instrumentation=lambda_.AdotInstrumentationConfig(
            exec_wrapper=lambda_.AdotLambdaExecWrapper.INSTRUMENT_HANDLER,
            layer_version=lambda_.AdotLayerVersion.from_python_sdk_layer_version(
                lambda_.AdotLambdaLayerPythonSdkVersion.LATEST
            ),
        ),
        params_and_secrets=lambda_.ParamsAndSecretsLayerVersion.from_version(lambda_.ParamsAndSecretsVersions.V1_0_103),
        snap_start=lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS,
        filesystem=lambda_.FileSystem.from_efs_access_point(access_point, "/mnt/orders"),
        runtime_management_mode=lambda_.RuntimeManagementMode.AUTO,
        recursive_loop=lambda_.RecursiveLoop.TERMINATE,
        code_signing_config=lambda_.CodeSigningConfig.from_code_signing_config_arn(stack, "Signed", "arn:aws:…"),
        current_version_options=lambda_.VersionOptions(description="of today"),
        durable_config=lambda_.DurableConfig(execution_timeout=cdk.Duration.days(1)),
        tenancy_config=lambda_.TenancyConfig.PER_TENANT,
        profiling=True,
        profiling_group=codeguru.ProfilingGroup(stack, "Profiles"),
        allow_all_outbound=True,
        allow_all_ipv6_outbound=False,
        allow_public_subnet=False,
        ipv6_allowed_for_dual_stack=False,
        dead_letter_queue=queue,
        dead_letter_queue_enabled=True,
        dead_letter_topic=topic,
        on_failure=destinations.SqsDestination(queue),
        on_success=destinations.SnsDestination(other),
        max_event_age=cdk.Duration.hours(1),
        retry_attempts=1,
        events=[event_sources.SnsEventSource(other)],
        memory_mb=512,
        reserved_concurrency=20,
    )
    esm.NewFunction("handlers/orders", "app.handler", tracing=True)
    esm.NewFunction(lambda_.Code.from_asset("handlers/orders"), "app.handler")
    esm.NewFunction(lambda_.DockerImageCode.from_image_asset("images/orders"))


def aliases(stack: cdk.Stack, queue: sqs.Queue, version: lambda_.IVersion) -> None:
    alias = esm.NewAlias(
        alias_name="live",
        provisioned_concurrent_executions=esm.ScaledConcurrency(
            minimum=2,
            maximum=20,
            utilization_target=0.6,
            scale_in_cooldown=cdk.Duration.minutes(5),
            scale_out_cooldown=cdk.Duration.minutes(1),
        ),
        additional_versions=[lambda_.VersionWeight(version=version, weight=0.1)],
        description="what the queue calls",
        on_failure=destinations.SqsDestination(queue),
        on_success=destinations.SqsDestination(queue),
        max_event_age=cdk.Duration.hours(1),
        retry_attempts=0,
    )
    function = esm.NewFunction("handlers/orders", "app.handler", alias=alias)
    assert_type(esm.SqsToLambda(stack, "Orders", function=function).target, lambda_.Alias)


def queues_and_streams(key: kms.Key, imported: kms.IKey) -> None:
    esm.NewQueue(
        retention_period=cdk.Duration.days(4),
        encryption=sqs.QueueEncryption.KMS,
        encryption_master_key=key,
        data_key_reuse=cdk.Duration.hours(1),
        delivery_delay=cdk.Duration.seconds(5),
        visibility_timeout=cdk.Duration.minutes(5),
        receive_message_wait_time=cdk.Duration.seconds(20),
        max_message_size_bytes=262_144,
        queue_name="orders.fifo",
        fifo=True,
        content_based_deduplication=True,
        fifo_throughput="high",
        deduplication_scope=sqs.DeduplicationScope.MESSAGE_GROUP,
        fifo_throughput_limit=sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
        redrive_allow_policy=sqs.RedriveAllowPolicy(redrive_permission=sqs.RedrivePermission.ALLOW_ALL),
        enforce_ssl=True,
        removal_policy=cdk.RemovalPolicy.RETAIN,
        retention=cdk.Duration.days(4),
        encryption_key=key,
    )
    esm.NewQueue(encryption_master_key=imported)
    esm.NewStream(
        shard_count=2,
        stream_mode=kinesis.StreamMode.PROVISIONED,
        retention_period=cdk.Duration.days(7),
        encryption=kinesis.StreamEncryption.KMS,
        encryption_key=key,
        shard_level_metrics=[kinesis.ShardLevelMetrics.ALL],
        stream_name="clicks",
        removal_policy=cdk.RemovalPolicy.RETAIN,
        retention=cdk.Duration.days(7),
    )
    esm.NewStream(encryption_key=imported)


def tables(stack: cdk.Stack, key: kms.Key, stream: kinesis.Stream) -> None:
    name = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
    esm.NewTable(
        partition_key=name,
        sort_key=dynamodb.Attribute(name="at", type=dynamodb.AttributeType.NUMBER),
        dynamo_stream=dynamodb.StreamViewType.NEW_IMAGE,
        encryption=key,
        billing=dynamodb.Billing.on_demand(),
        global_secondary_indexes=[dynamodb.GlobalSecondaryIndexPropsV2(index_name="by", partition_key=name)],
        local_secondary_indexes=[dynamodb.LocalSecondaryIndexProps(index_name="at", sort_key=name)],
        time_to_live_attribute="until",
        table_name="products",
        replicas=[dynamodb.ReplicaTableProps(region="eu-central-1")],
        global_table_settings_replication_mode=dynamodb.GlobalTableSettingsReplicationMode.ALL,
        multi_region_consistency=dynamodb.MultiRegionConsistency.EVENTUAL,
        witness_region="eu-west-2",
        point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
            point_in_time_recovery_enabled=True
        ),
        point_in_time_recovery=True,
        deletion_protection=True,
        contributor_insights_specification=dynamodb.ContributorInsightsSpecification(enabled=True),
        contributor_insights=True,
        kinesis_stream=stream,
        table_class=dynamodb.TableClass.STANDARD,
        warm_throughput=dynamodb.WarmThroughput(read_units_per_second=100),
        resource_policy=iam.PolicyDocument(),
        stream_resource_policy=iam.PolicyDocument(),
        tags=[cdk.CfnTag(key="team", value="shop")],
        removal_policy=cdk.RemovalPolicy.RETAIN,
        stream_view=dynamodb.StreamViewType.NEW_IMAGE,
        encryption_key=key,
    )
    esm.NewTable(name, encryption=kms.Key(stack, "Own"))
    esm.NewTable(name, encryption=dynamodb.TableEncryptionV2.aws_managed_key())


def buckets(stack: cdk.Stack, key: kms.Key, logs_of_access: s3.Bucket, role: iam.Role) -> None:
    esm.NewBucket(
        lifecycle_rules=[s3.LifecycleRule(expiration=cdk.Duration.days(30))],
        encryption=s3.BucketEncryption.KMS,
        encryption_key=key,
        bucket_key_enabled=True,
        blocked_encryption_types=[s3.BlockedEncryptionType.SSE_C],
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        enforce_ssl=True,
        minimum_tls_version=1.2,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        access_control=s3.BucketAccessControl.PRIVATE,
        abac_status=True,
        bucket_name="failed",
        bucket_name_prefix="failed-",
        bucket_namespace=s3.BucketNamespace.GLOBAL,
        versioned=True,
        object_lock_enabled=True,
        object_lock_default_retention=s3.ObjectLockRetention.governance(cdk.Duration.days(7)),
        event_bridge_enabled=True,
        notifications_handler_role=role,
        notifications_skip_destination_validation=False,
        server_access_logs_bucket=logs_of_access,
        server_access_logs_prefix="failed/",
        target_object_key_format=s3.TargetObjectKeyFormat.simple_prefix(),
        metrics=[s3.BucketMetrics(id="all")],
        inventories=[s3.Inventory(destination=s3.InventoryDestination(bucket=logs_of_access))],
        intelligent_tiering_configurations=[s3.IntelligentTieringConfiguration(name="old")],
        transition_default_minimum_object_size=(s3.TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K),
        replication_rules=[s3.ReplicationRule(destination=s3.Bucket(stack, "Copy"))],
        replication_role=role,
        transfer_acceleration=False,
        cors=[s3.CorsRule(allowed_methods=[s3.HttpMethods.GET], allowed_origins=["*"])],
        auto_delete_objects=False,
        removal_policy=cdk.RemovalPolicy.RETAIN,
    )


def a_whole_app(app: cdk.App, stack: cdk.Stack, topic: sns.Topic, key: kms.Key, orders: esm.SqsToLambda) -> str:
    esm.Defaults.of(scope=app)
    esm.Defaults.of(app).set(
        notify=[topic],
        log_retention=logs.RetentionDays.ONE_YEAR,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        encryption_key=key,
        visibility_timeout_factor=8,
        tags={"team": "shop"},
    )
    esm.Defaults.of(stack).set(tags=False)
    dashboard = esm.MappingDashboard(stack, "Dashboard", mappings=[orders], dashboard_name="shop", composite_alarm=True)
    assert_type(dashboard.dashboard_name, str)
    return esm.summary(app=app)
