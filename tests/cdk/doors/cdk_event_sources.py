"""Apps with CDK's own event sources: as its documentation begins, and with all that production wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_msk as msk
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

Make = Callable[[cdk.Stack], object]
START: Final = lambda_.StartingPosition
HALF_A_DAY: Final = cdk.Duration.hours(12)
PAID: Final[dict[str, Any]] = {"type": lambda_.FilterRule.is_equal("paid")}
METRICS: Final = lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT])
RETRIES: Final[dict[str, Any]] = {
    "starting_position": START.TRIM_HORIZON,
    "report_batch_item_failures": True,
    "bisect_batch_on_error": True,
    "retry_attempts": 10,
    "max_record_age": HALF_A_DAY,
}
SERVERS: Final = ["kafka-1.example.com:9092", "kafka-2.example.com:9092"]


def _function(stack: cdk.Stack, **changes: Any) -> lambda_.Function:
    return lambda_.Function(
        stack,
        "Fulfil",
        code=lambda_.Code.from_inline("handler = print"),
        handler="index.handler",
        runtime=lambda_.Runtime.PYTHON_3_14,
        **{"timeout": cdk.Duration.seconds(30), **changes},
    )


def _queue(stack: cdk.Stack, *, fifo: bool | None = None, **changes: Any) -> sqs.Queue:
    dead = sqs.Queue(stack, "Dead", fifo=fifo, retention_period=cdk.Duration.days(14))
    redrive = sqs.DeadLetterQueue(queue=dead, max_receive_count=5)
    given = {"visibility_timeout": cdk.Duration.seconds(190), "dead_letter_queue": redrive, "fifo": fifo}
    return sqs.Queue(stack, "Queue", **{**given, **changes})


def _bucket(stack: cdk.Stack, **given: Any) -> sources.S3OnFailureDestination:
    return sources.S3OnFailureDestination(s3.Bucket(stack, "Failed", **given))


def _table(stack: cdk.Stack) -> dynamodb.Table:
    key = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
    return dynamodb.Table(stack, "Table", partition_key=key, stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES)


def _cluster(stack: cdk.Stack, *, iam: bool) -> str:
    way = msk.CfnCluster.IamProperty(enabled=True) if iam else None
    by_password = None if iam else msk.CfnCluster.ScramProperty(enabled=True)
    sasl = msk.CfnCluster.SaslProperty(iam=way, scram=by_password)
    return msk.CfnCluster(
        stack,
        "Cluster",
        cluster_name="shop",
        kafka_version="3.8.x",
        number_of_broker_nodes=2,
        broker_node_group_info=msk.CfnCluster.BrokerNodeGroupInfoProperty(
            client_subnets=["subnet-1", "subnet-2"], instance_type="kafka.m7g.large"
        ),
        client_authentication=msk.CfnCluster.ClientAuthenticationProperty(sasl=sasl),
    ).attr_arn


# What production wants.


def sqs_right(stack: cdk.Stack) -> None:
    source = sources.SqsEventSource(
        _queue(stack),
        batch_size=100,
        max_batching_window=cdk.Duration.seconds(10),
        report_batch_item_failures=True,
        max_concurrency=10,
        filters=[lambda_.FilterCriteria.filter({"body": PAID})],
        metrics_config=METRICS,
    )
    _function(stack).add_event_source(source)


def sqs_fifo_right(stack: cdk.Stack) -> None:
    _function(stack).add_event_source(
        sources.SqsEventSource(_queue(stack, fifo=True), batch_size=1, report_batch_item_failures=True)
    )


def sqs_own_key_alias(stack: cdk.Stack) -> None:
    queue = _queue(stack, encryption_master_key=kms.Key(stack, "Key"))
    alias = _function(stack, reserved_concurrent_executions=20).add_alias("live")
    alias.add_event_source(sources.SqsEventSource(queue, report_batch_item_failures=True, max_concurrency=20))


def sqs_pollers(stack: cdk.Stack) -> None:
    pollers = lambda_.ProvisionedPollerConfig(minimum_pollers=2, maximum_pollers=20)
    source = sources.SqsEventSource(_queue(stack), report_batch_item_failures=True, provisioned_poller_config=pollers)
    _function(stack).add_event_source(source)


def kinesis_right(stack: cdk.Stack) -> None:
    stream = kinesis.Stream(stack, "Stream", shard_count=2, retention_period=cdk.Duration.days(3))
    source = sources.KinesisEventSource(
        stream,
        **RETRIES,
        parallelization_factor=2,
        on_failure=_bucket(stack),
        filters=[lambda_.FilterCriteria.filter({"data": PAID})],
        metrics_config=METRICS,
    )
    _function(stack).add_event_source(source)


def kinesis_consumer_right(stack: cdk.Stack) -> None:
    stream = kinesis.Stream(stack, "Stream")
    consumer = kinesis.StreamConsumer(stack, "Consumer", stream=stream, stream_consumer_name="fulfil")
    source = sources.KinesisConsumerEventSource(consumer, **RETRIES, on_failure=_bucket(stack))
    _function(stack).add_event_source(source)


def dynamodb_right(stack: cdk.Stack) -> None:
    source = sources.DynamoEventSource(
        _table(stack),
        **RETRIES,
        on_failure=_bucket(stack, encryption_key=kms.Key(stack, "Key")),
        filters=[lambda_.FilterCriteria.filter({"eventName": lambda_.FilterRule.is_equal("INSERT")})],
        metrics_config=METRICS,
    )
    _function(stack).add_event_source(source)


def dynamodb_queue(stack: cdk.Stack) -> None:
    failed = sqs.Queue(stack, "Failed", retention_period=cdk.Duration.days(14))
    source = sources.DynamoEventSource(_table(stack), **RETRIES, on_failure=sources.SqsDlq(failed))
    _function(stack).add_event_source(source)


def dynamodb_topic(stack: cdk.Stack) -> None:
    controls = {**RETRIES, "max_record_age": cdk.Duration.hours(1)}
    failed = sources.SnsDlq(sns.Topic(stack, "Failed"))
    _function(stack).add_event_source(sources.DynamoEventSource(_table(stack), **controls, on_failure=failed))


def msk_iam_right(stack: cdk.Stack) -> None:
    source = sources.ManagedKafkaEventSource(
        cluster_arn=_cluster(stack, iam=True),
        topic="orders",
        consumer_group_id="shop-orders",
        starting_position=START.TRIM_HORIZON,
        provisioned_poller_config=sources.ProvisionedPollerConfig(minimum_pollers=1, maximum_pollers=2),
        report_batch_item_failures=True,
        retry_attempts=10,
        on_failure=_bucket(stack),
    )
    _function(stack).add_event_source(source)


def msk_password_right(stack: cdk.Stack) -> None:
    secret = secretsmanager.Secret(
        stack,
        "Secret",
        secret_name="AmazonMSK_shop",  # noqa: S106 - a name
        encryption_key=kms.Key(stack, "SecretKey"),
    )
    source = sources.ManagedKafkaEventSource(
        cluster_arn=_cluster(stack, iam=False),
        topic="orders",
        secret=secret,
        consumer_group_id="shop-orders",
        starting_position=START.TRIM_HORIZON,
        on_failure=_bucket(stack),
    )
    _function(stack).add_event_source(source)


def own_kafka_right(stack: cdk.Stack) -> None:
    source = sources.SelfManagedKafkaEventSource(
        bootstrap_servers=SERVERS,
        topic="orders",
        secret=secretsmanager.Secret(stack, "Secret"),
        authentication_method=sources.AuthenticationMethod.SASL_SCRAM_512_AUTH,
        consumer_group_id="shop-orders",
        starting_position=START.TRIM_HORIZON,
        provisioned_poller_config=sources.ProvisionedPollerConfig(minimum_pollers=1, maximum_pollers=2),
        report_batch_item_failures=True,
        retry_attempts=10,
        on_failure=_bucket(stack),
    )
    _function(stack).add_event_source(source)


def own_kafka_in_a_vpc(stack: cdk.Stack) -> None:
    vpc = ec2.Vpc(stack, "Vpc", max_azs=1)
    source = sources.SelfManagedKafkaEventSource(
        bootstrap_servers=SERVERS,
        topic="orders",
        secret=secretsmanager.Secret(stack, "Secret"),
        vpc=vpc,
        vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
        security_group=ec2.SecurityGroup(stack, "Group", vpc=vpc),
        consumer_group_id="shop-orders",
        starting_position=START.TRIM_HORIZON,
        on_failure=_bucket(stack),
    )
    _function(stack).add_event_source(source)


# As the documentation of CDK begins.


def sqs_defaults(stack: cdk.Stack) -> None:
    _function(stack, timeout=None).add_event_source(sources.SqsEventSource(sqs.Queue(stack, "Queue")))


def sqs_long_function(stack: cdk.Stack) -> None:
    function = _function(stack, timeout=cdk.Duration.minutes(5))
    function.add_event_source(sources.SqsEventSource(sqs.Queue(stack, "Queue"), batch_size=10))


def kinesis_defaults(stack: cdk.Stack) -> None:
    source = sources.KinesisEventSource(kinesis.Stream(stack, "Stream"), starting_position=START.LATEST)
    _function(stack).add_event_source(source)


def dynamodb_defaults(stack: cdk.Stack) -> None:
    _function(stack).add_event_source(
        sources.DynamoEventSource(_table(stack), starting_position=START.TRIM_HORIZON, batch_size=5)
    )


def dynamodb_documented(stack: cdk.Stack) -> None:
    failed = sources.SqsDlq(sqs.Queue(stack, "Failed"))
    source = sources.DynamoEventSource(
        _table(stack),
        starting_position=START.TRIM_HORIZON,
        batch_size=5,
        bisect_batch_on_error=True,
        on_failure=failed,
        retry_attempts=10,
    )
    _function(stack).add_event_source(source)


def msk_defaults(stack: cdk.Stack) -> None:
    source = sources.ManagedKafkaEventSource(
        cluster_arn=_cluster(stack, iam=True), topic="orders", starting_position=START.TRIM_HORIZON
    )
    _function(stack).add_event_source(source)


EVERY: Final[Mapping[str, Make]] = {
    make.__name__.replace("_", "-"): make
    for make in (
        sqs_right,
        sqs_fifo_right,
        sqs_own_key_alias,
        sqs_pollers,
        kinesis_right,
        kinesis_consumer_right,
        dynamodb_right,
        dynamodb_queue,
        dynamodb_topic,
        msk_iam_right,
        msk_password_right,
        own_kafka_right,
        own_kafka_in_a_vpc,
        sqs_defaults,
        sqs_long_function,
        kinesis_defaults,
        dynamodb_defaults,
        dynamodb_documented,
        msk_defaults,
    )
}
