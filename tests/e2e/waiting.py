"""Waiting for an effect: asked again and again, with a limit, and never slept for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

LIMIT: Final = 300.0
"""Seconds after which a test gives up: many times what an idle machine needs, because a busy one is no failure."""

_PAUSE: Final = 0.25

T = TypeVar("T")


def until(look: Callable[[], T], holds: Callable[[T], bool] = bool, *, limit: float = LIMIT) -> T:
    """Look until what is seen holds, or the time is over; in both cases, return what was seen last.

    The caller asserts on it: so a failure shows what was there, not only that time ran out.
    """
    end = time.monotonic() + limit
    while not holds(seen := look()) and time.monotonic() < end:
        time.sleep(_PAUSE)
    return seen
