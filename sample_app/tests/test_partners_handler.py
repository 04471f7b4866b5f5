from typing import Any

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from sample_app.partners.handler.partners.app import BatchFailedError, Handler, create_handler
from sample_app.partners.handler.partners.count import Count
from sample_app.tests.kafka_events import Written, from_failures, msk, offset


class FakeStock:
    """Stock in memory; that of a partner named here cannot be kept."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Count] = {}
        self.broken: set[str] = set()
        self.asked = 0

    def keep(self, count: Count) -> bool:
        self.asked += 1
        if count.partner_id in self.broken:
            raise ConnectionError("the table of stock does not answer")
        place = count.partner_id, count.sku
        if place in self.kept and self.kept[place].counted_at_ms >= count.counted_at_ms:
            return False
        self.kept[place] = count
        return True

    def quantities(self) -> dict[str, int]:
        return {partner: count.quantity for (partner, _), count in self.kept.items()}


@pytest.fixture
def stock() -> FakeStock:
    return FakeStock()


@pytest.fixture
def handler(stock: FakeStock) -> Handler:
    return create_handler(stock)


def count(partner: str, quantity: int, at_ms: int = 1, partition: int = 0) -> Written:
    value = {"partner_id": partner, "sku": "TEAPOT-RED", "quantity": quantity, "counted_at_ms": at_ms}
    return partition, partner, value


def failed(response: Any) -> list[tuple[str, int]]:
    identifiers = [item["itemIdentifier"] for item in response["batchItemFailures"]]
    return [(one["partition"], one["offset"]) for one in identifiers]


def test_the_newest_count_of_each_partner_is_kept(handler: Handler, stock: FakeStock, context: LambdaContext) -> None:
    batch = msk(count("ada", 5, 1), count("bob", 7, 1, partition=1), count("ada", 4, 3), count("ada", 9, 2))

    assert failed(handler(batch, context)) == []
    assert stock.quantities() == {"ada": 4, "bob": 7}


def test_only_what_failed_is_reported_by_partition_and_offset(
    handler: Handler, stock: FakeStock, context: LambdaContext
) -> None:
    stock.broken = {"bob"}
    batch = msk(count("ada", 5), count("bob", 7), count("bob", 6, partition=2), count("eve", 1, partition=2))

    assert failed(handler(batch, context)) == [("partner-stock-0", offset(2)), ("partner-stock-2", offset(1))]
    assert stock.quantities() == {"ada": 5, "eve": 1}


def test_what_comes_again_changes_nothing_that_is_newer(
    handler: Handler, stock: FakeStock, context: LambdaContext
) -> None:
    stock.broken = {"bob"}
    batch = msk(count("bob", 7), count("ada", 5, 1), count("ada", 4, 2))
    again = from_failures(batch, handler(batch, context))
    stock.broken = set()

    assert len(again["records"]["partner-stock-0"]) == 3
    assert failed(handler(again, context)) == []
    assert stock.quantities() == {"ada": 4, "bob": 7}


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(b'{"partner_id": "ada", "sk', id="cut-off"),
        pytest.param(b"\x00\x01avro", id="not-json"),
        pytest.param([1, 2], id="a-list"),
        pytest.param({"partner_id": "ada", "sku": "TEAPOT-RED", "quantity": -1, "counted_at_ms": 1}, id="below-none"),
        pytest.param({"partner_id": "ada", "sku": "", "quantity": 1, "counted_at_ms": 1}, id="without-an-article"),
    ],
)
def test_a_record_that_is_no_count_fails_alone(
    handler: Handler, stock: FakeStock, context: LambdaContext, value: object
) -> None:
    response = handler(msk(count("ada", 5), (0, "ada", value), count("ada", 6, 2)), context)

    assert failed(response) == [("partner-stock-0", offset(2))]
    assert stock.quantities() == {"ada": 6}


def test_a_batch_that_fails_as_a_whole_raises_so_that_the_error_alarm_sees_it(
    handler: Handler, context: LambdaContext
) -> None:
    with pytest.raises(BatchFailedError, match="all 2 counts failed"):
        handler(msk((0, "ada", b"poison"), (1, "bob", b"poison")), context)
