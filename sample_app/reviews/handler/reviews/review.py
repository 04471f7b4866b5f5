"""A review, and a change of one, as the change stream tells it. No AWS in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

BEST: Final = 5
_HALF: Final = 2**32  # a time of the cluster is a second and a count within it, each of 32 bits


class UnreadableReviewError(ValueError):
    """The document is no review; delivering its change again will not change that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What the shop shows of a review: without who wrote it."""

    product_id: str
    stars: int
    text: str

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Review:
        """What is shown of a document.

        Args:
            document: in MongoDB's extended JSON, in which a number may be an object with its type.

        Raises:
            UnreadableReviewError: a field is missing or of another kind.
        """
        stars = _number(document.get("stars"))
        if stars not in range(1, BEST + 1):
            raise UnreadableReviewError(f"stars must be 1 to {BEST}, got {document.get('stars')!r}")
        texts = {name: document.get(name) for name in ("product_id", "text")}
        for name, value in texts.items():
            if not isinstance(value, str) or not value:
                raise UnreadableReviewError(f"{name} must be a text that is not empty, got {value!r}")
        return cls(product_id=str(texts["product_id"]), stars=stars, text=str(texts["text"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a review.

    Args:
        review_id: which review.
        at: a number that is higher for later changes.
        document: the review as it is now; ``None`` if it is gone.
    """

    review_id: str
    at: int
    document: Mapping[str, Any] | None

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> Change:
        """Read an event of the change stream."""
        time = event["clusterTime"]["$timestamp"]
        # An update of a review that was deleted meanwhile carries no document.
        gone = event["operationType"] == "delete"
        return cls(
            review_id=str(event["documentKey"]["_id"]["$oid"]),
            at=int(time["t"]) * _HALF + int(time["i"]),
            document=None if gone else event.get("fullDocument"),
        )


def _number(value: object) -> int:
    """A whole number, as extended JSON writes it; 0 for anything else."""
    if isinstance(value, Mapping):
        value = next((value[kind] for kind in ("$numberInt", "$numberLong") if kind in value), None)
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return value if type(value) is int else 0
