"""Where a mapping begins to read: a position, and the moment that one of the positions wants."""

from __future__ import annotations

from datetime import UTC, datetime
from math import isfinite
from typing import Final

from aws_cdk import aws_lambda as lambda_

from cdk_esm.constructs.intake.keywords import Intake
from cdk_esm.constructs.intake.pastes import number_pasted
from cdk_esm.constructs.intake.tokens import is_token
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Value

_TIMESTAMP: Final = "starting_position_timestamp"


def take_position(intake: Intake, given: object) -> Value[str]:
    """The position by CloudFormation's name; ``None`` if none was given."""
    intake.record("starting_position", given, "a lambda_.StartingPosition", lambda_.StartingPosition)
    if given is None:
        return None
    return given.name if isinstance(given, lambda_.StartingPosition) else UNKNOWN


def _in_utc(moment: datetime) -> str:
    moment = moment.replace(tzinfo=None) if moment.tzinfo is None else moment.astimezone(UTC)
    parts = f"{moment.year}, {moment.month}, {moment.day}, {moment.hour}, {moment.minute}, {moment.second}"
    return f"{_TIMESTAMP}=datetime({parts}, tzinfo=UTC) (from datetime import UTC, datetime)"


def _of_text(given: str) -> str:
    """A moment as a text, in UTC if it does not say in which zone."""
    try:
        return f"write {_in_utc(datetime.fromisoformat(given))}"
    except ValueError:
        return number_pasted(_TIMESTAMP, given)


def take_timestamp(intake: Intake, given: object) -> Value[float]:
    """The moment in Unix seconds, with a fraction if it was given as a number with one."""
    if isinstance(given, datetime):
        if given.tzinfo is None:
            came, fix = "a datetime without a time zone", f"write {_in_utc(given)}"
            intake.refuse(_TIMESTAMP, came, "a datetime with a time zone", problem="fraction", fix=fix)
            return UNKNOWN
        return int(given.timestamp())
    if isinstance(given, str) and not is_token(given):
        intake.refuse(_TIMESTAMP, given, "a datetime with a time zone, or Unix seconds", fix=_of_text(given))
        return UNKNOWN
    if isinstance(given, float) and not is_token(given) and isfinite(given):
        return given
    seconds = intake.integer(_TIMESTAMP, given)
    if seconds is UNRESOLVED:
        intake.tokens["StartingPositionTimestamp"] = given
    return seconds
