"""Where sessions are kept: every click once, and the sessions that come of them."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import Any, Final, Protocol

import boto3  # type: ignore[import-untyped]
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from .click import Click
from .session import GAP_MS, Session, join

# The bucket keeps failed records for 90 days, and until then somebody may put them into the stream again.
REMEMBER: Final = timedelta(days=100)

_NEW: Final = {"ConditionExpression": "attribute_not_exists(entry)"}


class Sessions(Protocol):
    """Where sessions are kept."""

    def add(self, click: Click) -> bool:
        """Put a click into its session, and answer whether it was new."""


class DynamoDbSessions:
    """Clicks and sessions of a visitor in one partition of a table.

    A click and its session change in one transaction: a click delivered again finds itself, and a function killed at
    any moment leaves either both or neither.
    """

    def __init__(self, *, table: str, dynamodb: Any) -> None:
        """Take the table's name and a client of DynamoDB."""
        self._table = table
        self._dynamodb = dynamodb

    @classmethod
    def from_environment(cls) -> DynamoDbSessions:
        """The sessions that the stack names in the function's environment."""
        return cls(table=os.environ["SESSION_TABLE"], dynamodb=boto3.client("dynamodb"))

    def add(self, click: Click) -> bool:
        """Put a click into its session; see ``Sessions``."""
        session, replaced = join(click, self._around(click))
        changes = [self._put_click(click), self._put_session(session, replaced)]
        changes += [self._delete(old) for old in replaced if old.started_at_ms != session.started_at_ms]
        try:
            self._dynamodb.transact_write_items(TransactItems=changes)
        except ClientError as error:
            reasons: list[dict[str, Any]] = error.response.get("CancellationReasons") or [{}]
            if reasons[0].get("Code") == "ConditionalCheckFailed":  # the click was there
                return False
            raise
        return True

    def _around(self, click: Click) -> list[Session]:
        """The sessions that may reach the click.

        Between two sessions lies more than the gap. So at most one begins between the click and the end of its
        reach, and of those that begin before, only the last can reach it.
        """
        answer = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="visitor_id = :visitor AND entry BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":visitor": {"S": click.visitor_id},
                ":first": {"S": _entry(0)},
                ":last": {"S": _entry(click.clicked_at_ms + GAP_MS)},
            },
            ScanIndexForward=False,
            Limit=2,
            ConsistentRead=True,
        )
        return [
            Session(
                visitor_id=click.visitor_id,
                started_at_ms=int(item["started_at_ms"]["N"]),
                ended_at_ms=int(item["ended_at_ms"]["N"]),
                clicks=int(item["clicks"]["N"]),
            )
            for item in answer["Items"]
        ]

    def _put_click(self, click: Click) -> dict[str, Any]:
        item = {
            "visitor_id": {"S": click.visitor_id},
            "entry": {"S": f"click#{click.click_id}"},
            "page": {"S": click.page},
            "clicked_at_ms": {"N": str(click.clicked_at_ms)},
            "expires_at": {"N": str(int(time.time() + REMEMBER.total_seconds()))},
        }
        return {"Put": {"TableName": self._table, "Item": item, **_NEW}}

    def _put_session(self, session: Session, replaced: tuple[Session, ...]) -> dict[str, Any]:
        item = {
            **_key(session),
            "started_at_ms": {"N": str(session.started_at_ms)},
            "ended_at_ms": {"N": str(session.ended_at_ms)},
            "clicks": {"N": str(session.clicks)},
        }
        old = next((old for old in replaced if old.started_at_ms == session.started_at_ms), None)
        condition = _NEW if old is None else _unless_changed(old)
        return {"Put": {"TableName": self._table, "Item": item, **condition}}

    def _delete(self, old: Session) -> dict[str, Any]:
        return {"Delete": {"TableName": self._table, "Key": _key(old), **_unless_changed(old)}}


def _entry(started_at_ms: int) -> str:
    return f"session#{started_at_ms:015d}"  # of one width, so that texts are in the order of the numbers


def _key(session: Session) -> dict[str, Any]:
    return {"visitor_id": {"S": session.visitor_id}, "entry": {"S": _entry(session.started_at_ms)}}


def _unless_changed(old: Session) -> dict[str, Any]:
    # Sessions only grow, so the same number of clicks is the same session.
    return {
        "ConditionExpression": "clicks = :clicks",
        "ExpressionAttributeValues": {":clicks": {"N": str(old.clicks)}},
    }
