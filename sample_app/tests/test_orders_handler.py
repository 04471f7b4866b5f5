from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
from aws_lambda_powertools.utilities.idempotency.persistence.datarecord import DataRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from sample_app.orders.handler.orders.app import REMEMBER, Handler, create_handler
from sample_app.orders.handler.orders.order import Order, Verdict
from sample_app.tests.events import failed, message_id, sqs
from sample_app.tests.memory import InMemory


class FakeShop:
    """Keeps what was placed; an order for an article named here cannot be stored."""

    def __init__(self) -> None:
        self.placed: list[tuple[str, Verdict]] = []
        self.broken: set[str] = set()

    def place(self, order: Order, verdict: Verdict) -> None:
        if self.broken & {line.sku for line in order.lines}:
            raise ConnectionError("the order table does not answer")
        self.placed.append((order.order_id, verdict))


@pytest.fixture
def shop() -> FakeShop:
    return FakeShop()


@pytest.fixture
def seen() -> InMemory:
    return InMemory()


@pytest.fixture
def handler(shop: FakeShop, seen: InMemory) -> Handler:
    return create_handler(shop, seen)


def order(order_id: str, sku: str = "TEAPOT-RED", quantity: int = 1, price: int = 3_490) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "customer_id": "C-204",
        "currency": "EUR",
        "lines": [{"sku": sku, "quantity": quantity, "unit_price_cents": price}],
    }


def test_every_order_of_a_batch_is_placed(handler: Handler, shop: FakeShop, context: LambdaContext) -> None:
    response = handler(sqs(order("O-1"), order("O-2", quantity=30)), context)

    assert failed(response) == []
    assert shop.placed == [("O-1", Verdict.ACCEPTED), ("O-2", Verdict.REVIEW)]


def test_only_the_orders_that_failed_go_back_to_the_queue(
    handler: Handler, shop: FakeShop, context: LambdaContext
) -> None:
    shop.broken = {"CUP-BLUE"}
    batch = sqs(order("O-1"), order("O-2", "CUP-BLUE"), order("O-3"), order("O-4", "CUP-BLUE"))

    assert failed(handler(batch, context)) == [message_id(2), message_id(4)]
    assert [order_id for order_id, _ in shop.placed] == ["O-1", "O-3"]


def test_a_message_that_is_no_order_fails_alone(handler: Handler, shop: FakeShop, context: LambdaContext) -> None:
    response = handler(sqs(order("O-1"), '{"order_id": "O-2", "li', order("O-3")), context)

    assert failed(response) == [message_id(2)]
    assert [order_id for order_id, _ in shop.placed] == ["O-1", "O-3"]


def test_an_order_delivered_again_is_placed_once(handler: Handler, shop: FakeShop, context: LambdaContext) -> None:
    handler(sqs(order("O-1")), context)

    assert failed(handler(sqs(order("O-1"), receive_count=2), context)) == []
    assert len(shop.placed) == 1


def test_an_order_sent_twice_in_one_batch_is_placed_once(
    handler: Handler, shop: FakeShop, context: LambdaContext
) -> None:
    assert failed(handler(sqs(order("O-1"), order("O-1")), context)) == []
    assert len(shop.placed) == 1


def test_another_order_under_a_known_id_is_no_duplicate_and_fails(
    handler: Handler, shop: FakeShop, context: LambdaContext
) -> None:
    response = handler(sqs(order("O-1"), order("O-1", quantity=2)), context)

    assert failed(response) == [message_id(2)]
    assert len(shop.placed) == 1


def test_an_order_that_failed_is_placed_when_it_is_delivered_again(
    handler: Handler, shop: FakeShop, context: LambdaContext
) -> None:
    shop.broken = {"TEAPOT-RED"}
    handler(sqs(order("O-1"), order("O-2", "CUP-BLUE")), context)
    shop.broken = set()

    assert failed(handler(sqs(order("O-1"), receive_count=2), context)) == []
    assert [order_id for order_id, _ in shop.placed] == ["O-2", "O-1"]


def test_an_order_that_another_invocation_processes_waits_until_that_invocation_times_out(
    handler: Handler, shop: FakeShop, seen: InMemory, context: LambdaContext
) -> None:
    handler(sqs(order("O-1")), context)
    (done,) = seen.records.values()
    elsewhere = DataRecord(done.idempotency_key, "INPROGRESS", done.expiry_timestamp, payload_hash=done.payload_hash)
    seen.records[done.idempotency_key] = elsewhere
    shop.placed.clear()

    elsewhere.in_progress_expiry_timestamp = _milliseconds_from_now(20_000)
    assert failed(handler(sqs(order("O-1"), order("O-2")), context)) == [message_id(1)]

    elsewhere.in_progress_expiry_timestamp = _milliseconds_from_now(-1)
    assert failed(handler(sqs(order("O-1"), receive_count=2), context)) == []
    assert [order_id for order_id, _ in shop.placed] == ["O-2", "O-1"]


def test_a_batch_that_fails_as_a_whole_raises_so_that_the_error_alarm_sees_it(
    handler: Handler, shop: FakeShop, context: LambdaContext
) -> None:
    shop.broken = {"TEAPOT-RED"}

    with pytest.raises(BatchProcessingError, match="All records failed"):
        handler(sqs(order("O-1"), order("O-2")), context)


def test_an_order_is_remembered_for_longer_than_its_message_can_live(
    handler: Handler, seen: InMemory, context: LambdaContext
) -> None:
    handler(sqs(order("O-1")), context)

    (record,) = seen.records.values()
    assert (record.expiry_timestamp or 0) > (datetime.now(UTC) + timedelta(days=28)).timestamp()
    assert timedelta(days=28) < REMEMBER


def _milliseconds_from_now(milliseconds: int) -> int:
    return int(datetime.now(UTC).timestamp() * 1000) + milliseconds
