"""What users write around brokers and document clusters, for type checkers alone."""

from __future__ import annotations

from typing import assert_type

import aws_cdk as cdk
from aws_cdk import aws_amazonmq as amazonmq
from aws_cdk import aws_docdb as docdb
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_esm as esm
from cdk_esm.filters import f


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
