"""An app of a team, with CDK's own event sources alone: what it shares, what it sells, and what it watches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_msk as msk
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from tests.cdk.templates import quiet_app

START = lambda_.StartingPosition.TRIM_HORIZON
Wire = Callable[[cdk.Stack], None]


def function(scope: Construct, id: str, seconds: int = 30) -> lambda_.Function:  # noqa: A002 - CDK's word
    return lambda_.Function(
        scope,
        id,
        code=lambda_.Code.from_inline("def handler(event, context): return {'batchItemFailures': []}"),
        handler="index.handler",
        runtime=lambda_.Runtime.PYTHON_3_13,
        timeout=cdk.Duration.seconds(seconds),
    )


class Shared(cdk.Stack):
    """What several stacks use: the queue of orders, and the one of payments."""

    def __init__(self, app: cdk.App) -> None:
        super().__init__(app, "Shared")
        dead = sqs.Queue(self, "OrdersDead", retention_period=cdk.Duration.days(14))
        self.orders = sqs.Queue(
            self,
            "Orders",
            visibility_timeout=cdk.Duration.minutes(4),
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=5),
        )
        dead = sqs.Queue(self, "PaymentsDead", fifo=True, retention_period=cdk.Duration.days(14))
        self.payments = sqs.Queue(
            self,
            "Payments",
            fifo=True,
            visibility_timeout=cdk.Duration.minutes(3),
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=5),
        )


class Shop(cdk.Stack):
    """What reads the queues."""

    def __init__(self, app: cdk.App, shared: Shared, wire: Wire | None) -> None:
        super().__init__(app, "Shop")
        self.fulfil, self.charge = function(self, "Fulfil"), function(self, "Charge")
        if wire is not None:
            wire(self)
            return
        self.fulfil.add_event_source(
            sources.SqsEventSource(
                shared.orders,
                batch_size=25,
                max_batching_window=cdk.Duration.seconds(20),
                max_concurrency=7,
                report_batch_item_failures=True,
                filters=[lambda_.FilterCriteria.filter({"body": {"type": lambda_.FilterRule.or_("created", "paid")}})],
            )
        )
        self.charge.add_event_source(sources.SqsEventSource(shared.payments))


class Watch(cdk.Stack):
    """What reads streams, a table, and topics of two clusters."""

    def __init__(self, app: cdk.App, wire: Wire | None) -> None:
        super().__init__(app, "Watch")
        self.clicks = kinesis.Stream(self, "Clicks", retention_period=cdk.Duration.hours(48))
        self.products = dynamodb.Table(
            self,
            "Products",
            partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        )
        self.failed = s3.Bucket(self, "Failed")
        network = ec2.Vpc(self, "Network", max_azs=2)
        private = network.select_subnets(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS)
        self.cluster = msk.CfnCluster(
            self,
            "Cluster",
            cluster_name="shop",
            kafka_version="3.8.x",
            number_of_broker_nodes=2,
            broker_node_group_info={"clientSubnets": private.subnet_ids, "instanceType": "kafka.m7g.large"},
            client_authentication={"sasl": {"iam": {"enabled": True}}},
        )
        self.secret = secretsmanager.Secret(self, "Broker")
        self.count, self.index = function(self, "Count"), function(self, "Index")
        self.bill, self.ship = function(self, "Bill"), function(self, "Ship")
        if wire is not None:
            wire(self)
            return
        self._read()

    def _read(self) -> None:
        failures: Any = sources.S3OnFailureDestination(self.failed)
        self.count.add_event_source(
            sources.KinesisEventSource(
                self.clicks,
                starting_position=START,
                batch_size=500,
                parallelization_factor=2,
                retry_attempts=4,
                max_record_age=cdk.Duration.hours(6),
                bisect_batch_on_error=True,
                on_failure=failures,
            )
        )
        self.index.add_event_source(sources.DynamoEventSource(self.products, starting_position=START))
        self.bill.add_event_source(
            sources.ManagedKafkaEventSource(
                cluster_arn=self.cluster.attr_arn,
                topic="bills",
                starting_position=START,
                provisioned_poller_config=sources.ProvisionedPollerConfig(minimum_pollers=1, maximum_pollers=3),
                on_failure=failures,
            )
        )
        self.ship.add_event_source(
            sources.SelfManagedKafkaEventSource(
                bootstrap_servers=["kafka-1.example.com:9092", "kafka-2.example.com:9092"],
                topic="parcels",
                starting_position=START,
                secret=self.secret,
                consumer_group_id="shipping",
                authentication_method=sources.AuthenticationMethod.SASL_SCRAM_512_AUTH,
            )
        )


def synthesized(folder: Path, wire: Callable[[cdk.App], Wire] | None = None) -> Path:
    """The app's assembly.

    Args:
        folder: where it goes.
        wire: given the app, wires a stack; by default CDK's own event sources do.
    """
    app = quiet_app(folder)
    by_stack = None if wire is None else wire(app)
    shared = Shared(app)
    Shop(app, shared, by_stack)
    Watch(app, by_stack)
    app.synth()
    return folder
