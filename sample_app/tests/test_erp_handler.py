from typing import Any

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from sample_app.erp.handler.erp.app import BatchFailedError, Handler, create_handler
from sample_app.erp.handler.erp.movement import Movement, UnreadableMovementError
from sample_app.tests.broker_events import rabbitmq


class FakeStock:
    """Stock in memory, each movement counted once; articles named here cannot be counted."""

    def __init__(self) -> None:
        self.pieces: dict[str, int] = {}
        self.counted: set[str] = set()
        self.broken: set[str] = set()

    def move(self, movement: Movement) -> bool:
        if movement.sku in self.broken:
            raise ConnectionError("the table of stock does not answer")
        if movement.movement_id in self.counted:
            return False
        self.counted.add(movement.movement_id)
        self.pieces[movement.sku] = self.pieces.get(movement.sku, 0) + movement.pieces
        return True


class FakeAside(list[tuple[bytes, str]]):
    """What was set aside."""

    def put(self, payload: bytes, reason: str) -> None:
        self.append((payload, reason))


@pytest.fixture
def stock() -> FakeStock:
    return FakeStock()


@pytest.fixture
def aside() -> FakeAside:
    return FakeAside()


@pytest.fixture
def handler(stock: FakeStock, aside: FakeAside) -> Handler:
    return create_handler(stock, aside)


def movement(movement_id: str, sku: str, pieces: object) -> dict[str, Any]:
    return {"movement_id": movement_id, "sku": sku, "pieces": pieces, "warehouse": "HH-2"}


def test_movements_are_counted(handler: Handler, stock: FakeStock, context: LambdaContext) -> None:
    handler(rabbitmq(movement("M-1", "TEAPOT", 10), movement("M-2", "TEAPOT", -3), movement("M-3", "CUP", 4)), context)

    assert stock.pieces == {"TEAPOT": 7, "CUP": 4}


def test_a_batch_that_comes_again_counts_nothing_twice(
    handler: Handler, stock: FakeStock, context: LambdaContext
) -> None:
    batch = rabbitmq(movement("M-1", "TEAPOT", 10), movement("M-2", "CUP", 4))
    stock.broken = {"CUP"}
    with pytest.raises(BatchFailedError, match="1 messages"):
        handler(batch, context)
    stock.broken = set()
    handler(batch, context)

    assert stock.pieces == {"TEAPOT": 10, "CUP": 4}


def test_a_message_that_fails_does_not_keep_those_behind_it(
    handler: Handler, stock: FakeStock, context: LambdaContext
) -> None:
    stock.broken = {"TEAPOT"}
    with pytest.raises(BatchFailedError):
        handler(rabbitmq(movement("M-1", "TEAPOT", 10), movement("M-2", "CUP", 4)), context)

    assert stock.pieces == {"CUP": 4}


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        pytest.param(b"\xff\xfe", "no JSON", id="no text"),
        pytest.param(b"", "no JSON", id="nothing"),
        pytest.param([1], "a list instead of an object", id="a list"),
        pytest.param(movement("M-1", "TEAPOT", 1.5), "pieces must be a whole number", id="half a piece"),
        pytest.param(movement("M-1", "TEAPOT", True), "pieces must be a whole number", id="yes"),
        pytest.param(movement("M-1", "TEAPOT", 0), "pieces must be a whole number", id="no piece"),
        pytest.param(movement("", "TEAPOT", 1), "movement_id must be a text", id="no id"),
        pytest.param({"movement_id": "M-1", "pieces": 1}, "sku must be a text", id="no article"),
    ],
)
def test_what_is_no_movement_is_set_aside_and_the_batch_succeeds(
    payload: object, reason: str, stock: FakeStock, aside: FakeAside, context: LambdaContext
) -> None:
    """RabbitMQ would deliver it for ever, and the whole batch with it."""
    create_handler(stock, aside)(rabbitmq(payload, movement("M-9", "CUP", 1)), context)
    ((_, said),) = aside

    assert said.startswith(reason)
    assert stock.pieces == {"CUP": 1}


def test_a_message_that_cannot_be_set_aside_comes_again(stock: FakeStock, context: LambdaContext) -> None:
    class Full:
        def put(self, payload: bytes, reason: str) -> None:  # noqa: ARG002 - the protocol has them
            raise ConnectionError("the queue does not answer")

    with pytest.raises(BatchFailedError):
        create_handler(stock, Full())(rabbitmq(b"?"), context)


def test_messages_of_every_queue_of_an_event_are_read(
    handler: Handler, stock: FakeStock, context: LambdaContext
) -> None:
    event = rabbitmq(movement("M-1", "CUP", 1))
    event["rmqMessagesByQueue"] |= rabbitmq(movement("M-2", "CUP", 2), virtual_host="erp")["rmqMessagesByQueue"]
    handler(event, context)

    assert stock.pieces == {"CUP": 3}


def test_a_movement_says_what_is_wrong_with_it() -> None:
    with pytest.raises(UnreadableMovementError, match="got 'two'"):
        Movement.of(b'{"movement_id": "M-1", "sku": "CUP", "pieces": "two"}')
