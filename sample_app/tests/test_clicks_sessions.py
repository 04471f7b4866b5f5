import json
from collections.abc import Iterable
from itertools import combinations_with_replacement, pairwise, permutations
from typing import Any

import boto3  # type: ignore[import-untyped]
import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from botocore.stub import Stubber  # type: ignore[import-untyped]

from sample_app.clicks.handler.clicks.click import AHEAD_MS, Click, InvalidClickError
from sample_app.clicks.handler.clicks.session import GAP_MS, Session, join
from sample_app.clicks.handler.clicks.sessions import DynamoDbSessions
from sample_app.tests.stream_events import ARRIVED_MS

CLICK = {"click_id": "K-1", "visitor_id": "ada", "page": "/teapots", "clicked_at_ms": ARRIVED_MS}
REFUSED = {"Code": "ConditionalCheckFailed"}
KEPT = {"Code": "None"}


def click(at_ms: int = ARRIVED_MS, visitor: str = "ada") -> Click:
    return Click(click_id=f"K-{at_ms}", visitor_id=visitor, page="/teapots", clicked_at_ms=at_ms)


def session(start_ms: int, end_ms: int, clicks: int = 2) -> Session:
    return Session(visitor_id="ada", started_at_ms=start_ms, ended_at_ms=end_ms, clicks=clicks)


def sessions_of(clicks: Iterable[Click]) -> set[Session]:
    kept: set[Session] = set()
    for one in clicks:
        joined, replaced = join(one, kept)
        kept = kept.difference(replaced) | {joined}
    return kept


def test_sessions_are_the_same_in_whatever_order_clicks_come() -> None:
    # Half the gap apart, the whole gap, more: all that four clicks can be to each other.
    for halves in combinations_with_replacement(range(10), 4):
        clicks = [click(half * GAP_MS // 2) for half in halves]
        kept = sorted(sessions_of(clicks), key=lambda one: one.started_at_ms)

        assert all(sessions_of(order) == set(kept) for order in permutations(clicks))
        assert sum(one.clicks for one in kept) == len(clicks)
        assert all(later.started_at_ms - earlier.ended_at_ms > GAP_MS for earlier, later in pairwise(kept))


def test_a_click_between_two_sessions_makes_them_one() -> None:
    first, second = session(0, 1_000), session(2 * GAP_MS, 2 * GAP_MS + 1_000, clicks=3)

    assert join(click(GAP_MS), [first, second]) == (session(0, 2 * GAP_MS + 1_000, clicks=6), (first, second))


def test_another_visitors_session_is_out_of_reach() -> None:
    assert join(click(500, visitor="bob"), [session(0, 1_000)])[1] == ()


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        pytest.param({"click_id": ""}, "click_id must be a text", id="empty-id"),
        pytest.param({"page": None}, "page must be a text", id="no-page"),
        pytest.param({"clicked_at_ms": True}, "whole number", id="true"),
        pytest.param({"clicked_at_ms": 1.5}, "whole number", id="half-a-millisecond"),
        pytest.param({"clicked_at_ms": -1}, "whole number", id="before-1970"),
        pytest.param({"clicked_at_ms": ARRIVED_MS + AHEAD_MS + 1}, "60001 ms after it arrived", id="of-the-future"),
    ],
)
def test_what_is_no_click_is_refused_by_field(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(InvalidClickError, match=complaint):
        Click.parse(json.dumps({**CLICK, **changes}).encode(), arrived_at_ms=ARRIVED_MS)


@pytest.mark.parametrize(("data", "complaint"), [(b"{}", "click_id is missing"), (b"[]", "not a click"), (b"", "not")])
def test_what_is_no_object_is_refused(data: bytes, complaint: str) -> None:
    with pytest.raises(InvalidClickError, match=complaint):
        Click.parse(data, arrived_at_ms=ARRIVED_MS)


class Table:
    """The sessions' table: a client whose requests are held against the service's model, and kept."""

    def __init__(self) -> None:
        self.client = boto3.client("dynamodb")
        self.requests: list[dict[str, Any]] = []
        self.client.meta.events.register("provide-client-params", lambda params, **_: self.requests.append(params))
        self.sessions = DynamoDbSessions(table="sessions", dynamodb=self.client)

    def add(self, one: Click, *known: Session, reasons: list[dict[str, Any]] | None = None) -> bool:
        items = [
            {name: {"N": str(getattr(old, name))} for name in ("started_at_ms", "ended_at_ms", "clicks")}
            for old in known
        ]
        with Stubber(self.client) as stub:
            stub.add_response("query", {"Items": items})
            if reasons is None:
                stub.add_response("transact_write_items", {})
            else:
                fields = {"CancellationReasons": reasons}
                stub.add_client_error("transact_write_items", "TransactionCanceledException", modeled_fields=fields)
            return self.sessions.add(one)


@pytest.fixture
def table() -> Table:
    return Table()


def test_a_click_and_its_session_are_put_in_one_transaction(table: Table) -> None:
    assert table.add(click()) is True

    query, transaction = table.requests
    assert (query["ScanIndexForward"], query["Limit"], query["ConsistentRead"]) == (False, 2, True)
    assert query["ExpressionAttributeValues"][":last"] == {"S": f"session#{ARRIVED_MS + GAP_MS:015d}"}
    of_click, of_session = (item["Put"] for item in transaction["TransactItems"])
    assert of_click["Item"]["entry"] == {"S": f"click#K-{ARRIVED_MS}"}
    assert of_session["Item"]["entry"] == {"S": f"session#{ARRIVED_MS:015d}"}
    assert of_session["Item"]["clicks"] == {"N": "1"}
    assert of_click["ConditionExpression"] == of_session["ConditionExpression"] == "attribute_not_exists(entry)"


def test_a_session_is_replaced_only_where_it_is_as_it_was_read(table: Table) -> None:
    table.add(click(ARRIVED_MS), session(ARRIVED_MS - 2_000, ARRIVED_MS - 1_000, clicks=7))

    _, of_session = table.requests[1]["TransactItems"]
    assert of_session["Put"]["Item"]["clicks"] == {"N": "8"}
    assert of_session["Put"]["ConditionExpression"] == "clicks = :clicks"
    assert of_session["Put"]["ExpressionAttributeValues"] == {":clicks": {"N": "7"}}


def test_of_two_sessions_that_become_one_the_second_is_deleted(table: Table) -> None:
    table.add(click(GAP_MS), session(2 * GAP_MS, 2 * GAP_MS), session(0, 0, clicks=5))

    _, put, deleted = table.requests[1]["TransactItems"]
    assert put["Put"]["ExpressionAttributeValues"] == {":clicks": {"N": "5"}}
    assert deleted["Delete"]["Key"]["entry"] == {"S": f"session#{2 * GAP_MS:015d}"}
    assert deleted["Delete"]["ExpressionAttributeValues"] == {":clicks": {"N": "2"}}


def test_a_click_that_is_there_changes_nothing(table: Table) -> None:
    assert table.add(click(), session(0, ARRIVED_MS), reasons=[REFUSED, REFUSED]) is False


@pytest.mark.parametrize(
    "reasons",
    [
        pytest.param([KEPT, REFUSED], id="its-session-changed-meanwhile"),
        pytest.param([{"Code": "TransactionConflict"}, KEPT], id="another-transaction"),
    ],
)
def test_any_other_trouble_is_passed_on_so_that_the_click_is_tried_again(
    table: Table, reasons: list[dict[str, Any]]
) -> None:
    with pytest.raises(ClientError, match="TransactionCanceledException"):
        table.add(click(), reasons=reasons)
