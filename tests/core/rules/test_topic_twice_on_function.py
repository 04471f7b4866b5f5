from dataclasses import replace

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import mapping, with_function

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
