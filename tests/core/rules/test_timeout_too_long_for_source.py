import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping, with_function

KAFKA = ["msk", "msk-serverless", "self-managed-kafka"]

ID = "ESM240"
BROKERS = [*KAFKA, "activemq", "rabbitmq", "documentdb"]


@pytest.mark.parametrize("kind", BROKERS)
def test_a_second_above_fourteen_minutes_is_refused(kind: str) -> None:
    assert ids(with_function(mapping(kind), timeout_seconds=841), select=[ID]) == [ID]
    assert ids(with_function(mapping(kind), timeout_seconds=840), select=[ID]) == []


@pytest.mark.parametrize("kind", ["sqs", "kinesis", "dynamodb"])
def test_queues_and_streams_wait_longer(kind: str) -> None:
    assert ids(with_function(mapping(kind), timeout_seconds=900), select=[ID]) == []


@pytest.mark.parametrize("kind", BROKERS)
def test_managed_instances_may_run_longer_only_behind_kafka(kind: str) -> None:
    plan = with_function(mapping(kind), timeout_seconds=900, managed_instances=True)

    assert ids(plan, select=[ID]) == ([] if kind in KAFKA else [ID])


def test_a_hidden_timeout_is_not_judged() -> None:
    assert ids(with_function(mapping("msk"), timeout_seconds=UNKNOWN), select=[ID]) == []
    hidden = with_function(mapping("msk"), timeout_seconds=900, managed_instances=UNKNOWN)
    assert ids(hidden, select=[ID]) == []
