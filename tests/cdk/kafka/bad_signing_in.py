"""Bad ways into a Kafka cluster: who signs in how, and through which network; and what a share group does not take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_esm as esm
from tests.cdk.kafka.bad_case import WHY, Bad
from tests.cdk.kafka.variants import (
    ACCOUNT,
    CONNECTION,
    ELSEWHERE,
    IAM,
    POLLERS,
    REGION,
    SERVERLESS,
    a_cluster,
    a_secret,
)

ACCESS: Final = "SourceAccessConfigurations"
ARN: Final = "EventSourceArn"


def _own_secret(name: str | None, *, key: bool) -> Callable[[cdk.Stack], esm.MskAuthentication]:
    def make(stack: cdk.Stack) -> esm.MskAuthentication:
        encryption = kms.Key(stack, "Key") if key else None
        return esm.MskAuthentication.scram(
            secretsmanager.Secret(stack, "Password", secret_name=name, encryption_key=encryption)
        )

    return make


def _of_account(stack: cdk.Stack) -> lambda_.IFunction:
    return lambda_.Function.from_function_arn(stack, "Here", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:fulfil")


def _own(**changes: Any) -> dict[str, Any]:
    return {"base": "own-scram-512-public", "changes": changes}


SIGNING_IN: Final[Mapping[str, Bad]] = {
    "SCRAM where the cluster has IAM alone": Bad(
        "msk-iam-l1", {"authentication": esm.MskAuthentication.scram(a_secret())}, frozenset({("ESM243", ACCESS)})
    ),
    "a certificate where the cluster has IAM alone": Bad(
        "msk-iam-l1", {"authentication": esm.MskAuthentication.mutual_tls(a_secret())}, frozenset({("ESM243", ACCESS)})
    ),
    "IAM where the cluster has SCRAM alone": Bad(
        "msk-scram-l1", {"authentication": IAM}, frozenset({("ESM243", ACCESS)})
    ),
    "nobody where the cluster has IAM too": Bad(
        "msk-unauthenticated-l1",
        {
            "cluster": lambda stack: a_cluster(stack, iam=True, unauthenticated=True),
            "authentication": esm.MskAuthentication.unauthenticated(),
        },
        frozenset({("ESM243", ACCESS)}),
    ),
    "SCRAM on a serverless cluster": Bad(
        "msk-iam-serverless-arn",
        {"authentication": esm.MskAuthentication.scram(a_secret())},
        frozenset({("ESM243", ACCESS)}),
    ),
    "nobody on a serverless cluster": Bad(
        "msk-iam-serverless-arn",
        {"authentication": esm.MskAuthentication.unauthenticated()},
        frozenset({("ESM243", ACCESS)}),
    ),
    "a secret without the prefix": Bad(
        "msk-scram-arn", {"authentication": _own_secret("shop/kafka", key=True)}, frozenset({("ESM431", ACCESS)})
    ),
    "a secret without a name": Bad(
        "msk-scram-arn", {"authentication": _own_secret(None, key=True)}, frozenset({("ESM431", ACCESS)})
    ),
    "a secret without its own key": Bad(
        "msk-scram-arn", {"authentication": _own_secret("AmazonMSK_shop", key=False)}, frozenset({("ESM431", ACCESS)})
    ),
    "a cluster of another account by its own ARN": Bad(
        "msk-iam-arn",
        {"cluster": ELSEWHERE, "function": _of_account},
        frozenset({("ESM410", ARN)}),
    ),
    "a serverless cluster of another account": Bad(
        "msk-iam-connection",
        {"cluster": esm.ClusterConnection(CONNECTION, SERVERLESS.replace(ACCOUNT, "444455556666"))},
        frozenset({("ESM430", ARN)}),
    ),
    "nothing said of the way to the brokers": Bad(
        **_own(authentication=esm.KafkaAuthentication.unauthenticated()), found=frozenset({("ESM113", ACCESS)})
    ),
    "eleven servers": Bad(
        **_own(bootstrap_servers=[f"kafka-{place}.example.com:9092" for place in range(11)]),
        found=frozenset({("ESM113", "SelfManagedEventSource.Endpoints.KafkaBootstrapServers")}),
    ),
    "a server without a port": Bad(
        **_own(bootstrap_servers=["kafka.example.com"]),
        found=frozenset({("ESM114", "SelfManagedEventSource.Endpoints.KafkaBootstrapServers")}),
    ),
    "no server": Bad(
        **_own(bootstrap_servers=[]),
        found=frozenset({("ESM113", "SelfManagedEventSource.Endpoints.KafkaBootstrapServers")}),
    ),
    "a position in queue mode": Bad(
        **_own(consumption_mode="Queue", acknowledge={"ESM332": WHY}), found=frozenset({("ESM232", "StartingPosition")})
    ),
    "a window in queue mode": Bad(
        **_own(
            consumption_mode="Queue",
            starting_position=None,
            max_batching_window=Duration.seconds(1),
            acknowledge={"ESM332": WHY},
        ),
        found=frozenset({("ESM232", "MaximumBatchingWindowInSeconds")}),
    ),
    "retries without an end in queue mode": Bad(
        **_own(
            consumption_mode="Queue",
            starting_position=None,
            retry_attempts=-1,
            provisioned_poller_config=POLLERS,
            acknowledge={"ESM332": WHY},
        ),
        found=frozenset({("ESM232", "MaximumRetryAttempts")}),
    ),
    "a mode that there is not": Bad(
        **_own(consumption_mode="Topic"),
        found=frozenset({("ESM103", "SelfManagedKafkaEventSourceConfig.ConsumptionMode")}),
    ),
}
