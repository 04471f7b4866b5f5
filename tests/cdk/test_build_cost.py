"""What the benchmarks of building compare; seconds belong there, and calls to Node can be counted here."""

from types import ModuleType

import pytest

from benchmarks import build_cost, build_cost_brokers, build_cost_kafka, build_cost_streams
from benchmarks._beside import build, calls_to_node, what_both_must_have

both = pytest.mark.parametrize(
    "compared",
    [
        pytest.param(build_cost, id="sqs"),
        pytest.param(build_cost_streams, id="kinesis"),
        pytest.param(build_cost_brokers, id="rabbitmq"),
        pytest.param(build_cost_kafka, id="msk"),
    ],
)


@both
def test_a_bundle_gives_what_somebody_writes_by_hand(compared: ModuleType, code: str) -> None:
    ours, theirs = (
        what_both_must_have(build(make, 2, code)[1], compared.COMPARED) for make in (compared.bundle, compared.by_hand)
    )

    assert ours == theirs


@both
def test_a_bundle_asks_node_no_more_often_than_what_is_written_by_hand(compared: ModuleType, code: str) -> None:
    assert 0 < calls_to_node(compared.bundle, code) <= calls_to_node(compared.by_hand, code)
