"""CDK's own event sources with legal settings: the rules about roles find what is truly wrong there, and no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
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

from cdk_esm.rules.engine import check
from cdk_esm.template.read import read_template
from tests.cdk.templates import template

START = lambda_.StartingPosition.TRIM_HORIZON
ID = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
PRIVATE = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS)


def key(stack: cdk.Stack) -> kms.Key:
    return kms.Key(stack, "Key")


def queue(stack: cdk.Stack) -> Any:
    return sources.SqsEventSource(sqs.Queue(stack, "Source", encryption_master_key=key(stack)))


def fifo_queue(stack: cdk.Stack) -> Any:
    return sources.SqsEventSource(sqs.Queue(stack, "Source", fifo=True))


def stream(stack: cdk.Stack) -> Any:
    made = kinesis.Stream(stack, "Source", encryption=kinesis.StreamEncryption.KMS, encryption_key=key(stack))
    bucket = s3.Bucket(stack, "Failed", encryption_key=made.encryption_key)
    return sources.KinesisEventSource(made, starting_position=START, on_failure=sources.S3OnFailureDestination(bucket))


def consumer(stack: cdk.Stack) -> Any:
    made = kinesis.StreamConsumer(stack, "C", stream=kinesis.Stream(stack, "Source"), stream_consumer_name="c")
    failed = sqs.Queue(stack, "Failed", encryption_master_key=key(stack))
    return sources.KinesisConsumerEventSource(made, starting_position=START, on_failure=sources.SqsDlq(failed))


def table(stack: cdk.Stack) -> Any:
    view = dynamodb.StreamViewType.NEW_IMAGE
    made = dynamodb.Table(stack, "Source", partition_key=ID, stream=view, encryption_key=key(stack))
    failed = sns.Topic(stack, "Failed", master_key=made.encryption_key)
    return sources.DynamoEventSource(made, starting_position=START, on_failure=sources.SnsDlq(failed))


def filtered_table(stack: cdk.Stack) -> Any:
    made = dynamodb.TableV2(stack, "Source", partition_key=ID, dynamo_stream=dynamodb.StreamViewType.KEYS_ONLY)
    inserts = lambda_.FilterCriteria.filter({"eventName": lambda_.FilterRule.is_equal("INSERT")})
    return sources.DynamoEventSource(made, starting_position=START, filters=[inserts], filter_encryption=key(stack))


def cluster(stack: cdk.Stack) -> str:
    subnets = ec2.Vpc(stack, "Network").select_subnets(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS).subnet_ids
    made = msk.CfnCluster(
        stack,
        "Source",
        cluster_name="shop",
        kafka_version="3.8.x",
        number_of_broker_nodes=2,
        broker_node_group_info={"clientSubnets": subnets, "instanceType": "kafka.m7g.large"},
        client_authentication={"sasl": {"iam": {"enabled": True}, "scram": {"enabled": True}}},
    )
    return made.attr_arn


def kafka_with_iam(stack: cdk.Stack) -> Any:
    failed = sources.KafkaDlq("failed")
    pollers = sources.ProvisionedPollerConfig(minimum_pollers=1, maximum_pollers=2)
    return sources.ManagedKafkaEventSource(
        cluster_arn=cluster(stack),
        topic="orders",
        starting_position=START,
        on_failure=failed,
        provisioned_poller_config=pollers,
    )


def kafka_with_password(stack: cdk.Stack) -> Any:
    name = "AmazonMSK_shop"
    secret = secretsmanager.Secret(stack, "Secret", secret_name=name, encryption_key=key(stack))
    return sources.ManagedKafkaEventSource(
        cluster_arn=cluster(stack), topic="orders", starting_position=START, secret=secret
    )


def kafka_with_password_by_id(stack: cdk.Stack) -> Any:
    """CDK's own example: an id that begins as the name should, and no name, so that CloudFormation makes another."""
    secret = secretsmanager.Secret(stack, "AmazonMSK_Secret", encryption_key=key(stack))
    return sources.ManagedKafkaEventSource(
        cluster_arn=cluster(stack), topic="orders", starting_position=START, secret=secret
    )


def own_kafka(stack: cdk.Stack) -> Any:
    return sources.SelfManagedKafkaEventSource(
        bootstrap_servers=["kafka.example.com:9092"],
        topic="orders",
        starting_position=START,
        secret=secretsmanager.Secret(stack, "Secret"),
    )


def own_kafka_in_a_network(stack: cdk.Stack) -> Any:
    network = ec2.Vpc(stack, "Network")
    return sources.SelfManagedKafkaEventSource(
        bootstrap_servers=["kafka.example.com:9092"],
        topic="orders",
        starting_position=START,
        secret=secretsmanager.Secret(stack, "Secret"),
        vpc=network,
        vpc_subnets=PRIVATE,
        security_group=ec2.SecurityGroup(stack, "Group", vpc=network),
    )


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        pytest.param(queue, set(), id="queue"),
        pytest.param(fifo_queue, set(), id="FIFO queue"),
        pytest.param(stream, {"ESM423"}, id="stream: the owner of the bucket is not checked"),
        pytest.param(consumer, set(), id="consumer"),
        pytest.param(table, set(), id="table"),
        pytest.param(filtered_table, set(), id="filtered table"),
        pytest.param(
            kafka_with_iam,
            {"ESM417", "ESM420", "ESM422"},
            id="Kafka with IAM: it may neither read nor write topics, and AWS's policy speaks of all clusters",
        ),
        pytest.param(kafka_with_password, {"ESM422"}, id="Kafka with a password: AWS's policy"),
        pytest.param(kafka_with_password_by_id, {"ESM422", "ESM431"}, id="Kafka with a password: no name"),
        pytest.param(own_kafka, set(), id="Kafka of one's own"),
        pytest.param(own_kafka_in_a_network, {"ESM418"}, id="Kafka of one's own in a network: no way into it"),
    ],
)
def test_roles_that_cdk_creates_have_these_findings_and_no_others(
    stack: cdk.Stack, code: str, source: Callable[[cdk.Stack], Any], wanted: set[str]
) -> None:
    function = lambda_.Function(
        stack,
        "Function",
        code=lambda_.Code.from_asset(code),
        handler="app.handler",
        runtime=lambda_.Runtime.PYTHON_3_13,
    )
    function.add_event_source(source(stack))

    assert {one.rule.id for one in check(read_template(template(stack)), select=["ESM4"])} == wanted
