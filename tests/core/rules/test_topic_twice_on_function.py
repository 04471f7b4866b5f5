from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import mapping, with_function
from cdk_esm.testing.templates import get, plans, ref, resource
from cdk_esm.testing.templates import mapping as on

ID = "ESM239"


def other(*servers: str, **settings: object) -> MappingPlan:
    endpoints = {"Endpoints": {"KafkaBootstrapServers": list(servers)}}
    return replace(mapping("self-managed-kafka", SelfManagedEventSource=endpoints, **settings), path="Shop/Other")


def test_one_shared_server_is_enough() -> None:
    first, second = mapping("self-managed-kafka"), other("kafka-2.example.com:9092", "kafka-3.example.com:9092")
    (finding,) = check([first, second], select=[ID])

    assert finding.path == "Shop/Other"
    assert first.path in finding.message


def test_another_server_topic_or_function_is_fine() -> None:
    first = mapping("self-managed-kafka")

    assert check([first, other("kafka-9.example.com:9092")], select=[ID]) == []
    assert check([first, other("kafka-1.example.com:9092", Topics=["returns"])], select=[ID]) == []
    assert check([first, other("kafka-1.example.com:9092", Topics=UNKNOWN)], select=[ID]) == []
    assert check([first, with_function(mapping("self-managed-kafka"), identity="bill")], select=[ID]) == []


def test_two_topics_of_one_cluster_are_no_conflict_on_amazon_msk() -> None:
    assert check([mapping("msk"), mapping("msk", Topics=["returns"])], select=[ID, "ESM208"]) == []


CLUSTER = "arn:aws:kafka:eu-west-1:111122223333:cluster/depot/aaaabbbb-0000-1111-2222-333344445555-3"
FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:fulfil"


def twice(
    first: Any, second: Any, functions: tuple[Any, Any], topics: tuple[str, str] = ("orders", "orders")
) -> list[str]:
    resources = {"Serverless": resource("MSK::ServerlessCluster"), "Depot": resource("MSK::Cluster")}
    for name, source, function, topic in zip(("One", "Two"), (first, second), functions, topics, strict=True):
        mapped = on(source, Topics=[topic], StartingPosition="LATEST")
        mapped["Properties"]["FunctionName"] = function
        resources[name] = mapped
    return [finding.path for finding in check(plans(resources), select=[ID, "ESM208"])]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(CLUSTER, CLUSTER, id="ARN in words"),
        pytest.param(ref("Serverless"), get("Serverless"), id="serverless by Ref and by ARN"),
        pytest.param(ref("Depot"), {"Fn::Sub": "${Depot.Arn}"}, id="provisioned by Ref and in a text"),
    ],
)
@pytest.mark.parametrize(
    "functions",
    [
        pytest.param((ref("Function"), get("Function")), id="function by name and ARN"),
        pytest.param(("fulfil", FUNCTION), id="function elsewhere by name and ARN"),
        pytest.param(("fulfil:live", f"{FUNCTION}:live"), id="alias elsewhere by name and ARN"),
    ],
)
def test_topic_of_amazon_msk_is_taken_once(first: Any, second: Any, functions: tuple[Any, Any]) -> None:
    assert twice(first, second, functions) == ["Shop/Two"]


@pytest.mark.parametrize(
    ("first", "second", "functions", "topics"),
    [
        pytest.param(CLUSTER, CLUSTER, ("fulfil", "fulfil"), ("orders", "returns"), id="two topics"),
        pytest.param(CLUSTER, CLUSTER, ("fulfil", "bill"), ("orders", "orders"), id="two functions"),
        pytest.param(CLUSTER, CLUSTER, ("fulfil", "fulfil:live"), ("orders", "orders"), id="function and alias"),
        pytest.param(CLUSTER, ref("Depot"), ("fulfil", "fulfil"), ("orders", "orders"), id="two clusters"),
    ],
)
def test_another_topic_function_or_cluster_of_amazon_msk_is_fine(
    first: Any, second: Any, functions: tuple[Any, Any], topics: tuple[str, str]
) -> None:
    assert twice(first, second, functions, topics) == []
