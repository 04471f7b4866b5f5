"""What is known of those who send to a source, and of the ways by which its function may send to it itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cdk_esm.facts import Value


@dataclass(frozen=True, kw_only=True)
class Feeder:
    """Somebody who sends to a source, as the templates show it.

    Args:
        name: what sends: a subscription, a rule, a bucket.
        envelope: the envelope that it sends, a key of ``ENVELOPES``; absent if it sends the payload itself, or if
            nobody can tell what it sends.
        inside: the envelope that is inside that one, if one is.
    """

    name: str
    envelope: str | None = None
    inside: str | None = None


@dataclass(frozen=True, kw_only=True)
class Feeders:
    """Those who send to a source.

    Args:
        shown: those that the templates show, each once.
        others: a policy lets somebody else send as well, or there may be one that nobody can read.
    """

    shown: tuple[Feeder, ...] = ()
    others: bool = False


class Way(StrEnum):
    """What a message goes through on its way back to the function."""

    TOPIC = "topic"
    EVENT_BUS = "event bus"
    BUCKET = "bucket"
    DEAD_LETTERS = "dead-letter queue"
    """The function reads the dead-letter queue of a queue that it may send to."""


@dataclass(frozen=True, kw_only=True)
class Loop:
    """A way by which what the function sends comes back to it.

    Args:
        through: what kind of thing it goes through.
        place: the topic, the bus, the bucket, or the queue whose dead letters come back.
        by: the subscription, the rule, or the notification that brings it back.
        narrowed: in words, what lets only some of it back; absent if all of it comes back.
    """

    through: Way
    place: str
    by: str
    narrowed: Value[str] = None
