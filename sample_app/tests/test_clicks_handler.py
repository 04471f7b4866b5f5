from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
from aws_lambda_powertools.utilities.typing import LambdaContext

from sample_app.clicks.handler.clicks.app import Handler, create_handler
from sample_app.clicks.handler.clicks.click import Click
from sample_app.clicks.handler.clicks.session import GAP_MS, Session, join
from sample_app.tests.events import failed
from sample_app.tests.stream_events import ARRIVED_MS, from_checkpoint, kinesis, kinesis_number

START_MS = ARRIVED_MS - 3 * GAP_MS


class FakeSessions:
    """Sessions in memory, each click once; those of a visitor named here cannot be stored."""

    def __init__(self) -> None:
        self.kept: set[Session] = set()
        self.seen: list[str] = []
        self.broken: set[str] = set()

    def add(self, click: Click) -> bool:
        if click.visitor_id in self.broken:
            raise ConnectionError("the table of sessions does not answer")
        if click.click_id in self.seen:
            return False
        session, replaced = join(click, self.kept)
        self.kept = self.kept.difference(replaced) | {session}
        self.seen.append(click.click_id)
        return True

    def of(self, visitor: str) -> list[int]:
        """How many clicks each session of a visitor has, the first session first."""
        sessions = sorted(self.kept, key=lambda session: session.started_at_ms)
        return [session.clicks for session in sessions if session.visitor_id == visitor]


@pytest.fixture
def sessions() -> FakeSessions:
    return FakeSessions()


@pytest.fixture
def handler(sessions: FakeSessions) -> Handler:
    return create_handler(sessions)


def click(visitor: str, click_id: str, at_ms: int = 0) -> tuple[str, dict[str, Any]]:
    """A record: its partition key, which is the visitor, and its data."""
    body = {"click_id": click_id, "visitor_id": visitor, "page": "/teapots", "clicked_at_ms": START_MS + at_ms}
    return visitor, body


def test_clicks_are_grouped_into_sessions_by_visitor(
    handler: Handler, sessions: FakeSessions, context: LambdaContext
) -> None:
    batch = kinesis(
        click("ada", "K-1"),
        click("bob", "K-2", 1_000),
        click("ada", "K-3", GAP_MS),
        click("ada", "K-4", 2 * GAP_MS + 1),
    )

    assert failed(handler(batch, context)) == []
    assert sessions.of("ada") == [2, 1]
    assert sessions.of("bob") == [1]


def test_only_the_clicks_that_failed_are_reported(
    handler: Handler, sessions: FakeSessions, context: LambdaContext
) -> None:
    sessions.broken = {"bob"}
    batch = kinesis(click("ada", "K-1"), click("bob", "K-2"), click("ada", "K-3"), click("bob", "K-4"))

    assert failed(handler(batch, context)) == [kinesis_number(2), kinesis_number(4)]
    assert sessions.seen == ["K-1", "K-3"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'{"click_id": "K-2", "visi', id="cut-off"),
        pytest.param(b"\x1f\x8b\x08\x00\xff", id="compressed"),
        pytest.param(b"", id="empty"),
        pytest.param([1, 2], id="a-list"),
        pytest.param({**click("ada", "K-2")[1], "clicked_at_ms": "yesterday"}, id="a-text-for-the-time"),
        pytest.param(click("ada", "K-2", 9 * GAP_MS)[1], id="of-the-future"),
    ],
)
def test_a_record_that_is_no_click_fails_alone(
    handler: Handler, sessions: FakeSessions, context: LambdaContext, data: object
) -> None:
    response = handler(kinesis(click("ada", "K-1"), ("ada", data), click("ada", "K-3")), context)

    assert failed(response) == [kinesis_number(2)]
    assert sessions.of("ada") == [2]


def test_all_after_the_lowest_that_failed_come_again_and_change_nothing(
    handler: Handler, sessions: FakeSessions, context: LambdaContext
) -> None:
    batch = kinesis(click("ada", "K-1"), click("bob", "K-2"), click("ada", "K-3"), click("eve", "K-4"))
    sessions.broken = {"bob"}
    again = from_checkpoint(batch, handler(batch, context))
    sessions.broken = set()

    assert len(again["Records"]) == 3
    assert failed(handler(again, context)) == []
    assert sessions.seen == ["K-1", "K-3", "K-4", "K-2"]
    assert [sessions.of(visitor) for visitor in ("ada", "bob", "eve")] == [[2], [1], [1]]


def test_a_click_that_is_late_because_it_failed_joins_what_its_visitor_did_since(
    handler: Handler, sessions: FakeSessions, context: LambdaContext
) -> None:
    batch = kinesis(click("ada", "K-1"), ("ada", b"poison"), click("ada", "K-3", 2 * GAP_MS))
    handler(batch, context)
    assert sessions.of("ada") == [1, 1]

    handler(kinesis(click("ada", "K-2", GAP_MS)), context)
    assert sessions.of("ada") == [3]


@pytest.mark.parametrize("batches", [1, 2])
def test_a_click_sent_twice_counts_once(
    handler: Handler, sessions: FakeSessions, context: LambdaContext, batches: int
) -> None:
    twice = [click("ada", "K-1"), click("ada", "K-1")]
    for records in [twice] if batches == 1 else [[one] for one in twice]:
        assert failed(handler(kinesis(*records), context)) == []

    assert sessions.of("ada") == [1]


def test_a_batch_that_fails_as_a_whole_raises_so_that_the_error_alarm_sees_it(
    handler: Handler, context: LambdaContext
) -> None:
    with pytest.raises(BatchProcessingError, match="All records failed"):
        handler(kinesis(("ada", b"poison"), ("bob", b"poison")), context)
