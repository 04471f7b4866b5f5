"""A batch, or what is left of it, on its way from attempt to attempt."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_esm.simulator.fidelity.step import Step
from cdk_esm.simulator.record import Item


class Attempt:
    """A batch, or what is left of it."""

    __slots__ = ("error", "items", "request", "throttles", "tries", "waits")

    def __init__(self, items: list[Item], before: Attempt | None = None, *, tries: int = 0, waits: int = 0) -> None:
        self.items, self.tries = items, tries
        self.waits = waits  # failures in a row that the back-off before it counts; 0 for none
        self.throttles = 0
        self.request: str = before.request if before is not None else ""
        self.error: bool = before is not None and before.error


@dataclass(frozen=True)
class GaveUp:
    """A batch that is tried no more, and why."""

    items: list[Item]
    condition: str
    count: int
    request: str
    error: bool
    step: Step
