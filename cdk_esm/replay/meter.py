"""How far a long run is, said now and then."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from cdk_esm.durations import in_words
from cdk_esm.printed import counted

EVERY: Final = 10.0
"""Our choice: seconds between two lines, few enough to be read in the log of a build."""


class Meter:
    """Says how far something is.

    Args:
        say: takes a line; by default nobody hears it.
        every: seconds between two lines, and before the first one.
        clock: seconds since any moment; for tests.
    """

    def __init__(
        self,
        say: Callable[[str], None] | None = None,
        *,
        every: float = EVERY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._say, self._every, self._clock = say, every, clock
        self._began: dict[str, float] = {}
        self._last = clock()

    def __call__(self, what: str, done: int, total: int | None = None) -> None:
        """Say it, if it is time to.

        Args:
            what: what is done with the objects, such as ``read``.
            done: with how many of them.
            total: how many there are, as far as that is known.
        """
        if self._say is None:
            return
        now = self._clock()
        began = self._began.setdefault(what, now)
        if now - self._last < self._every:
            return
        self._last = now
        among = "" if total is None else f"{done} of "
        line = f"{among}{counted(done if total is None else total, 'object', '')} {what}"
        if total is not None and done and now > began:
            line += f", {in_words(round((now - began) / done * (total - done)))} to go at this pace"
        self._say(line)
