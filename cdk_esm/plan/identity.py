"""Identities of what belongs to something else: the stream of a table, the consumer of a stream, objects in a bucket.

Each form is written and read here and nowhere else. ``its-own`` is in the place of a name that only the deployment
gives, so that ``…/stream/*`` in a policy covers ``…/stream/its-own`` just as it covers the real name.
"""

from __future__ import annotations

from typing import Final

ITS_OWN: Final = "its-own"
CONSUMER: Final = "/consumer/"
"""What is between a stream and the name of its consumer."""
STREAM: Final = "/stream/"
"""What is between a table and the label of its stream."""
OWN_STREAM: Final = STREAM + ITS_OWN
"""What follows a table that is in the same templates as the mapping."""


def account_of(identity: str) -> str | None:
    """The account in an ARN that is written out; ``None`` for one without an account, and for everything else."""
    parts = identity.split(":", 5)
    is_arn = parts[0] == "arn" and len(parts) == 6  # noqa: PLR2004 - the parts of an ARN
    return parts[4] if is_arn and parts[4].isdigit() else None


def stream_of_table(table: str) -> str:
    """The stream of a table, whose label only the deployment knows."""
    return table + OWN_STREAM


def table_of_stream(stream: str) -> str:
    """The table of a stream as ``stream_of_table`` names it; every other identity as it is."""
    return stream.removesuffix(OWN_STREAM)


def consumer_of(stream: str, consumer: str) -> str:
    """A consumer of a stream, by the consumer's name and the time of its making."""
    return stream + CONSUMER + consumer


def split_consumer(identity: str) -> tuple[str, str] | None:
    """Stream and consumer in the identity of a consumer; ``None`` for everything else."""
    stream, between, consumer = identity.partition(CONSUMER)
    return (stream, consumer) if between else None


def below(place: str) -> str:
    """Something below a place, whose name only the deployment knows."""
    return place + ITS_OWN


def place_of(identity: str) -> str:
    """The place that something was put below; every other identity as it is."""
    return identity.removesuffix(ITS_OWN)


def as_pattern(identity: str) -> str:
    """The identity as a policy would write it."""
    return identity.replace(ITS_OWN, "*")
