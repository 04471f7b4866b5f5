"""What users write, for type checkers alone: every keyword of every construct and record, with all that each takes.

``test_type_checkers.py`` runs mypy and Pyright on it, and says which keyword is missing here. Nothing of it runs.
A new keyword goes into the call that has all of them, the first one of its function.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import assert_type

import aws_cdk as cdk
from aws_cdk import aws_amazonmq as amazonmq
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_docdb as docdb
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_glue as glue
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_msk as msk
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_ssm as ssm

import cdk_esm as esm
from cdk_esm.filters import f


def functions(stack: cdk.Stack, layer: lambda_.LayerVersion, vpc: ec2.Vpc, group: ec2.SecurityGroup) -> None:
    esm.NewFunction(
        code=Path("handlers/orders"),
        handler="app.handler",
        runtime=lambda_.Runtime.PYTHON_3_14,
        timeout=cdk.Duration.seconds(30),
        memory_mb=512,
        environment={"STAGE": "test"},
        reserved_concurrency=20,
        architecture=lambda_.Architecture.ARM_64,
        layers=[layer],
        description="takes orders",
        log_retention=logs.RetentionDays.ONE_MONTH,
        tracing=True,
        vpc=vpc,
        vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
        security_groups=[group],
        environment_encryption=kms.Key(stack, "Key"),
        alias="live",
    )
    esm.NewFunction("handlers/orders", "app.handler")
    esm.NewFunction(lambda_.Code.from_asset("handlers/orders"), "app.handler")


def sources_to_make(stack: cdk.Stack, key: kms.Key, imported: kms.IKey) -> None:
    esm.NewQueue(
        retention=cdk.Duration.days(4),
        encryption_key=key,
        delivery_delay=cdk.Duration.seconds(5),
        visibility_timeout=cdk.Duration.minutes(5),
        content_based_deduplication=True,
    )
    esm.NewQueue(encryption_key=imported)
    esm.NewStream(shard_count=2, retention=cdk.Duration.days(7), encryption_key=key)
    esm.NewStream(encryption_key=imported)
    esm.NewTable(
        partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
        sort_key=dynamodb.Attribute(name="at", type=dynamodb.AttributeType.NUMBER),
        stream_view=dynamodb.StreamViewType.NEW_IMAGE,
        encryption_key=key,
    )
    esm.NewTable(
        dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING), encryption_key=kms.Key(stack, "Own")
    )


def records(key: kms.Key, function: lambda_.IFunction, queue: sqs.Queue, other: sqs.IQueue) -> None:
    esm.Imported(
        resource=function,
        timeout=cdk.Duration.seconds(30),
        memory_size=512,
        reserved_concurrent_executions=5,
        visibility_timeout=cdk.Duration.minutes(5),
        retention_period=cdk.Duration.days(4),
        delivery_delay=cdk.Duration.seconds(1),
        max_receive_count=5,
        dead_letter_queue=queue,
    )
    esm.Imported(other, dead_letter_queue=esm.Imported(queue, retention_period=cdk.Duration.days(14)))
    esm.Imported(other, dead_letter_queue=esm.NoDeadLetterQueue(reason="clicks may go"))
    esm.ProvisionedPollers(minimum=2, maximum=10, group="orders")
    esm.SecretArn(arn="arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf", encryption_key=key)
    esm.SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf", encryption_key="arn:aws:kms:…")
    esm.MappingValidation(everyone=True)


def who_is_told(stack: cdk.Stack, topic: sns.Topic, imported: sns.ITopic) -> esm.Alarms:
    reboot = actions.Ec2Action(actions.Ec2InstanceAction.REBOOT)
    some: Sequence[cloudwatch.IAlarmAction] = []
    esm.Alarms(notify=some)
    esm.Alarms(notify=[imported, reboot, actions.LambdaAction(lambda_.Function.from_function_name(stack, "F", "f"))])
    return esm.Alarms(
        notify=[topic, actions.SnsAction(imported)],
        thresholds={"age": 60},
        off={"errors": "watched elsewhere"},
        grant=False,
    )


def where_failures_go(bucket: s3.Bucket, queue: sqs.IQueue, topic: sns.Topic) -> None:
    assert_type(esm.OnFailure.bucket(), esm.OnFailure[s3.Bucket])
    assert_type(esm.OnFailure.bucket(bucket=bucket), esm.OnFailure[s3.Bucket])
    assert_type(esm.OnFailure.queue(queue=queue), esm.OnFailure[sqs.IQueue])
    assert_type(esm.OnFailure.topic(topic=topic), esm.OnFailure[sns.Topic])
    esm.OnFailure.kafka_topic(name="failed")
    esm.OnFailure.discard(reason="clicks may go")


def standard_queue(stack: cdk.Stack, key: kms.Key, alarms: esm.Alarms, queue: sqs.Queue, other: sqs.IQueue) -> None:
    whole = esm.SqsToLambda(
        stack,
        "Whole",
        function=esm.NewFunction(code="handlers/orders", handler="app.handler", alias="live"),
        queue=esm.NewQueue(),
        dead_letter_queue=esm.NewQueue(),
        batch_size=100,
        max_batching_window=cdk.Duration.seconds(5),
        report_batch_item_failures=True,
        max_concurrency=20,
        provisioned_poller_config=esm.ProvisionedPollers(2, 10),
        filters=[f.body({"type": f.any_of("created")}), {"body": {"type": ["paid"]}}, '{"body": {"type": ["sent"]}}'],
        filter_encryption=key,
        metrics_config=lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT]),
        enabled=True,
        visibility_timeout_factor=7,
        max_receive_count=6,
        grants=True,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="Orders",
        alarms=alarms,
        acknowledge={"ESM308": "by a person"},
        tags={"team": "shop"},
    )
    assert_type(whole.function, lambda_.Function)
    assert_type(whole.target, lambda_.Alias)
    assert_type(whole.queue, sqs.Queue)
    assert_type(whole.dead_letter_queue, sqs.Queue)
    assert_type(whole.role, iam.IRole)
    assert_type(whole.log_group, logs.ILogGroup)
    assert_type(whole.mapping, lambda_.CfnEventSourceMapping)
    assert_type(whole.plan, esm.MappingPlan)
    whole.function.add_environment("QUEUE", whole.queue.queue_url)
    whole.target.add_auto_scaling(max_capacity=5)

    alone = esm.SqsToLambda(stack, "Alone", function=esm.NewFunction(code="handlers/orders", handler="app.handler"))
    alone.function.add_environment("QUEUE", alone.dead_letter_queue.queue_url)
    assert_type(alone.queue, sqs.Queue)
    assert_type(alone.dead_letter_queue, sqs.Queue)

    around = esm.SqsToLambda(stack, "Around", function=alone.function, queue=queue)
    assert_type(around.function, lambda_.Function)
    assert_type(around.target, lambda_.Function)
    assert_type(around.queue, sqs.Queue)
    assert_type(around.dead_letter_queue, sqs.IQueue | None)
    assert_type(around.role, iam.IRole | None)
    assert_type(around.log_group, logs.ILogGroup | None)

    imported = esm.SqsToLambda(
        stack,
        "Imported",
        function=esm.Imported(
            lambda_.Function.from_function_name(stack, "Old", "old"), timeout=cdk.Duration.seconds(3)
        ),
        queue=esm.Imported(other, visibility_timeout=cdk.Duration.minutes(3)),
    )
    assert_type(imported.function, lambda_.IFunction)
    assert_type(imported.queue, sqs.IQueue)

    given_up = esm.SqsToLambda(
        stack, "GivenUp", function=alone.function, dead_letter_queue=esm.NoDeadLetterQueue("clicks may go")
    )
    assert_type(given_up.dead_letter_queue, None)


def fifo_queue(stack: cdk.Stack, key: kms.Key, alarms: esm.Alarms, alias: lambda_.Alias, own: sqs.IQueue) -> None:
    whole = esm.SqsFifoToLambda(
        stack,
        "Whole",
        function=alias,
        queue=esm.NewQueue(content_based_deduplication=True),
        dead_letter_queue=own,
        batch_size=10,
        report_batch_item_failures=True,
        max_concurrency=20,
        provisioned_poller_config=esm.ProvisionedPollers(2, 10),
        filters=[{"body": {"type": ["paid"]}}],
        filter_encryption=key,
        metrics_config=lambda_.MetricsConfig(metrics=[]),
        enabled=True,
        visibility_timeout_factor=7,
        max_receive_count=6,
        grants=True,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="Orders",
        alarms=alarms,
        acknowledge={"ESM308": "by a person"},
        tags={"team": "shop"},
    )
    assert_type(whole.function, lambda_.IFunction)
    assert_type(whole.target, lambda_.Alias)
    assert_type(whole.queue, sqs.Queue)
    assert_type(whole.dead_letter_queue, sqs.IQueue)


def stream(stack: cdk.Stack, key: kms.IKey, alarms: esm.Alarms, version: lambda_.Version, own: kinesis.Stream) -> None:
    whole = esm.KinesisToLambda(
        stack,
        "Whole",
        function=version,
        stream=esm.NewStream(),
        enhanced_fan_out=False,
        starting_position=lambda_.StartingPosition.AT_TIMESTAMP,
        starting_position_timestamp=datetime.now().astimezone(),
        batch_size=100,
        max_batching_window=cdk.Duration.seconds(5),
        parallelization_factor=2,
        report_batch_item_failures=True,
        bisect_batch_on_error=True,
        retry_attempts=5,
        max_record_age=cdk.Duration.hours(5),
        tumbling_window=cdk.Duration.minutes(1),
        on_failure=esm.OnFailure.queue(),
        filters=[f.data({"kind": f.any_of("click")})],
        filter_encryption=key,
        metrics_config=lambda_.MetricsConfig(metrics=[]),
        enabled=True,
        grants=True,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="Clicks",
        alarms=alarms,
        acknowledge={"ESM308": "by a person"},
        tags={"team": "shop"},
    )
    assert_type(whole.target, lambda_.Version)
    assert_type(whole.stream, kinesis.Stream)
    assert_type(whole.on_failure, sqs.Queue)

    alone = esm.KinesisToLambda(stack, "Alone", function=whole.function)
    assert_type(alone.stream, kinesis.Stream)
    assert_type(alone.consumer, None)
    assert_type(alone.on_failure, s3.Bucket)

    consumer = kinesis.StreamConsumer(stack, "Consumer", stream=own, stream_consumer_name="clicks")
    through = esm.KinesisToLambda(stack, "Through", function=whole.function, enhanced_fan_out=consumer)
    assert_type(through.stream, kinesis.IStream)
    assert_type(through.consumer, kinesis.StreamConsumer)

    given_up = esm.KinesisToLambda(
        stack, "GivenUp", function=whole.function, stream=own, on_failure=esm.OnFailure.discard(reason="clicks may go")
    )
    assert_type(given_up.stream, kinesis.Stream)
    assert_type(given_up.on_failure, None)


def table(stack: cdk.Stack, key: kms.Key, alarms: esm.Alarms, own: dynamodb.TableV2, old: dynamodb.ITable) -> None:
    whole = esm.DynamoDbToLambda(
        stack,
        "Whole",
        function=esm.NewFunction(code="handlers/products", handler="app.handler"),
        table=esm.NewTable(dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)),
        starting_position=lambda_.StartingPosition.LATEST,
        batch_size=100,
        max_batching_window=cdk.Duration.seconds(5),
        parallelization_factor=2,
        report_batch_item_failures=True,
        bisect_batch_on_error=True,
        retry_attempts=5,
        max_record_age=cdk.Duration.hours(5),
        tumbling_window=cdk.Duration.minutes(1),
        on_failure=esm.OnFailure.topic(),
        filters=[f.dynamodb(event_name="INSERT")],
        filter_encryption=key,
        metrics_config=lambda_.MetricsConfig(metrics=[]),
        enabled=True,
        grants=True,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="Products",
        alarms=alarms,
        acknowledge={"ESM308": "by a person"},
        tags={"team": "shop"},
    )
    assert_type(whole.table, dynamodb.TableV2)
    assert_type(whole.on_failure, sns.Topic)
    assert_type(esm.DynamoDbToLambda(stack, "Own", function=whole.function, table=own).table, dynamodb.TableV2)
    assert_type(esm.DynamoDbToLambda(stack, "Old", function=whole.function, table=old).table, dynamodb.ITable)


def msk_topic(stack: cdk.Stack, key: kms.Key, alarms: esm.Alarms, secret: secretsmanager.Secret) -> None:
    whole = esm.MskToLambda(
        stack,
        "Whole",
        function=esm.NewFunction(code="handlers/orders", handler="app.handler"),
        cluster=esm.ClusterConnection(arn="arn:aws:kafka:…", cluster_arn="arn:aws:kafka:…"),
        topic="orders",
        authentication=esm.MskAuthentication.scram(secret=secret),
        starting_position=lambda_.StartingPosition.TRIM_HORIZON,
        starting_position_timestamp=1_700_000_000,
        consumer_group_id=esm.ServiceGroup(uuid="…"),
        batch_size=100,
        max_batching_window=cdk.Duration.seconds(5),
        provisioned_poller_config=esm.ProvisionedPollers(1, 10, group="orders"),
        report_batch_item_failures=True,
        bisect_batch_on_error=True,
        retry_attempts=5,
        max_record_age=cdk.Duration.hours(5),
        on_failure=esm.OnFailure.kafka_topic("failed"),
        schema_registry=esm.SchemaRegistry.glue(
            registry=glue.CfnRegistry(stack, "Registry", name="orders"), event_record_format="JSON", validate=["VALUE"]
        ),
        log_level=lambda_.EventSourceMappingLogLevel.WARN,
        filters=[{"value": {"type": ["paid"]}}],
        filter_encryption=key,
        metrics_config=lambda_.MetricsConfig(metrics=[]),
        enabled=True,
        grants=True,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="Orders",
        alarms=alarms,
        acknowledge={"ESM308": "by a person"},
        tags={"team": "shop"},
    )
    assert_type(whole.function, lambda_.Function)
    assert_type(whole.on_failure, None)
    assert_type(whole.consumer_group, str | None)
    esm.MskAuthentication.iam()
    esm.MskAuthentication.mutual_tls(secret=esm.SecretArn("arn:aws:secretsmanager:…"))
    esm.MskAuthentication.unauthenticated()
    for cluster in (msk.CfnServerlessCluster.__name__, "arn:aws:kafka:…"):
        esm.MskToLambda(
            stack,
            cluster,
            function=whole.function,
            cluster=cluster,
            topic="orders",
            authentication=esm.MskAuthentication.iam(),
            starting_position=lambda_.StartingPosition.LATEST,
        )


def own_kafka(stack: cdk.Stack, key: kms.Key, alarms: esm.Alarms, secret: secretsmanager.Secret, vpc: ec2.Vpc) -> None:
    group = ec2.SecurityGroup(stack, "Pollers", vpc=vpc)
    esm.allow_pollers(group, port=9092, brokers=group, endpoints=group)
    whole = esm.SelfManagedKafkaToLambda(
        stack,
        "Whole",
        function=esm.NewFunction(code="handlers/orders", handler="app.handler"),
        bootstrap_servers=["broker-1.example.com:9092"],
        topic="orders",
        authentication=esm.KafkaAuthentication.oauth_bearer(
            secret=secret, scope="orders", audience="kafka", logical_cluster="lkc-1", identity_pool="pool-1"
        ),
        network=esm.VpcAccess(vpc=vpc, subnets=vpc.private_subnets, security_group=group),
        root_certificate=secret,
        starting_position=lambda_.StartingPosition.TRIM_HORIZON,
        starting_position_timestamp=1_700_000_000,
        consumption_mode="Queue",
        consumer_group_id="orders",
        batch_size=100,
        max_batching_window=cdk.Duration.seconds(5),
        provisioned_poller_config=esm.ProvisionedPollers(1, 10),
        report_batch_item_failures=True,
        bisect_batch_on_error=True,
        retry_attempts=5,
        max_record_age=cdk.Duration.hours(5),
        on_failure=esm.OnFailure.bucket(),
        schema_registry=esm.SchemaRegistry.confluent(
            url="https://registry.example.com",
            event_record_format="JSON",
            validate=["KEY", "VALUE"],
            authentication=esm.KafkaAuthentication.basic(secret=secret),
            root_certificate=secret,
        ),
        log_level=lambda_.EventSourceMappingLogLevel.WARN,
        filters=[{"value": {"type": ["paid"]}}],
        filter_encryption=key,
        metrics_config=lambda_.MetricsConfig(metrics=[]),
        enabled=True,
        grants=True,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="Orders",
        alarms=alarms,
        acknowledge={"ESM308": "by a person"},
        tags={"team": "shop"},
    )
    assert_type(whole.on_failure, s3.Bucket)
    esm.KafkaAuthentication.scram_256(secret=secret)
    esm.KafkaAuthentication.scram_512(secret=secret)
    esm.KafkaAuthentication.mutual_tls(secret=secret)
    esm.KafkaAuthentication.iam()
    esm.KafkaAuthentication.iam_oauth_bearer(audience="kafka")
    esm.KafkaAuthentication.unauthenticated()
    esm.VpcAccess(vpc, ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED), group)
    esm.PublicEndpoint()


def brokers(stack: cdk.Stack, key: kms.Key, alarms: esm.Alarms, secret: secretsmanager.Secret) -> None:
    function = esm.NewFunction(code="handlers/orders", handler="app.handler")
    whole = esm.ActiveMqToLambda(
        stack,
        "ActiveMq",
        function=function,
        broker="arn:aws:mq:…",
        queue_name="orders",
        credentials=secret,
        public_endpoint=False,
        batch_size=100,
        max_batching_window=cdk.Duration.seconds(5),
        filters=[f.data({"type": f.any_of("paid")})],
        filter_encryption=key,
        enabled=True,
        grants=True,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="Orders",
        alarms=alarms,
        acknowledge={"ESM308": "by a person"},
        tags={"team": "shop"},
    )
    assert_type(whole.function, lambda_.Function)

    def rabbit(broker: amazonmq.CfnBroker, credentials: secretsmanager.ISecret) -> None:
        esm.RabbitMqToLambda(
            stack,
            "RabbitMq",
            function=whole.function,
            broker=broker,
            queue_name="orders",
            credentials=credentials,
            virtual_host="shop",
            public_endpoint=True,
            batch_size=100,
            max_batching_window=cdk.Duration.seconds(5),
            filters=[f.data({"type": f.any_of("paid")})],
            filter_encryption=key,
            enabled=True,
            grants=True,
            removal_policy=cdk.RemovalPolicy.DESTROY,
            logical_id="Orders",
            alarms=alarms,
            acknowledge={"ESM308": "by a person"},
            tags={"team": "shop"},
        )

    assert callable(rabbit)


def documents(
    stack: cdk.Stack, alarms: esm.Alarms, cluster: docdb.DatabaseCluster, secret: docdb.DatabaseSecret
) -> None:
    whole = esm.DocumentDbToLambda(
        stack,
        "Whole",
        function=esm.NewFunction(code="handlers/orders", handler="app.handler"),
        cluster=cluster,
        database="shop",
        credentials=secret,
        collection="orders",
        full_document="UpdateLookup",
        starting_position=lambda_.StartingPosition.LATEST,
        starting_position_timestamp=1_700_000_000,
        batch_size=100,
        max_batching_window=cdk.Duration.seconds(5),
        enabled=True,
        grants=True,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="Orders",
        alarms=alarms,
        acknowledge={"ESM308": "by a person"},
        tags={"team": "shop"},
    )
    assert_type(whole.function, lambda_.Function)


class Orders(esm.SqsToLambda):
    """A construct of a team's own on top of ours."""

    def __init__(self, scope: cdk.Stack, id_: str, function: lambda_.IFunction, queue: sqs.Queue | None = None) -> None:
        super().__init__(scope, id_, function=function, queue=queue)
        assert_type(self.function, lambda_.IFunction)


def helpers(stack: cdk.Stack, queue: sqs.IQueue, kind: type[esm.SqsToLambda | esm.SqsFifoToLambda]) -> None:
    """Whatever was given to it, a construct is a construct."""
    new = esm.NewFunction(code="handlers/orders", handler="app.handler", alias="live")
    every: list[esm.SqsToLambda] = [Orders(stack, "Own", lambda_.Function.from_function_name(stack, "Old", "old"))]
    every.append(esm.SqsToLambda(stack, "New", function=new))
    every.append(esm.SqsToLambda(stack, "Around", function=every[0].target, queue=queue))
    for one in every:
        publish(stack, one)
    kind(stack, "OneOf", function=new)


def publish(stack: cdk.Stack, orders: esm.SqsToLambda) -> None:
    ssm.StringParameter(stack, "Queue", string_value=orders.queue.queue_arn)
    assert_type(orders.function, lambda_.IFunction)
    assert_type(orders.dead_letter_queue, sqs.IQueue | None)
