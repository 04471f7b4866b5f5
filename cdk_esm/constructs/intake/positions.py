"""Where a mapping begins to read: a position, and the moment that one of the positions wants."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from aws_cdk import aws_lambda as lambda_

from cdk_esm.constructs.intake.keywords import Intake
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Value

_TIMESTAMP: Final = "starting_position_timestamp"


def take_position(intake: Intake, given: object) -> Value[str]:
    """The position by CloudFormation's name; ``None`` if none was given."""
    intake.record("starting_position", given, "a lambda_.StartingPosition", lambda_.StartingPosition)
    if given is None:
        return None
    return given.name if isinstance(given, lambda_.StartingPosition) else UNKNOWN


def take_timestamp(intake: Intake, given: object) -> Value[int]:
    """The moment in Unix seconds."""
    if isinstance(given, datetime):
        if given.tzinfo is None:
            intake.refuse(_TIMESTAMP, "a datetime without a time zone", "a datetime with a time zone")
            return UNKNOWN
        return int(given.timestamp())
    seconds = intake.integer(_TIMESTAMP, given)
    if seconds is UNRESOLVED:
        intake.tokens["StartingPositionTimestamp"] = given
    return seconds
