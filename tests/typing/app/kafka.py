"""What users write around Apache Kafka, for type checkers alone."""

from __future__ import annotations

from typing import assert_type

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_glue as glue
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_msk as msk
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_esm as esm


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
