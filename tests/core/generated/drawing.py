"""Draws from a seed: numbers in a setting's range with a liking for its ends, and choices."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final, TypeVar

from cdk_esm.facts import Setting

T = TypeVar("T")
_ENDS: Final = 0.35


class Draw:
    """A source of chance: the same seed gives the same template."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)  # noqa: S311 - no secret is made of it

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def one_of(self, choices: Sequence[T]) -> T:
        return self.random.choice(choices)

    def some_of(self, choices: Sequence[T], least: int = 0) -> list[T]:
        return self.random.sample(list(choices), self.random.randint(least, len(choices)))

    def between(self, least: int, greatest: int) -> int:
        """A number, often one of the two ends."""
        assert least <= greatest, (least, greatest)
        if self.chance(_ENDS):
            return self.one_of((least, greatest))
        span = greatest - least
        # Small numbers are what people write, so half of the draws stay near the lower end.
        return least + (self.random.randint(0, min(span, 20)) if self.chance(0.5) else self.random.randint(0, span))

    def within(self, setting: Setting, least: int | None = None, greatest: int | None = None) -> int:
        """A number in a setting's range, narrowed where another setting asks for it."""
        assert setting.minimum is not None
        low = setting.minimum if least is None else max(setting.minimum, least)
        high = [one for one in (setting.maximum, greatest) if one is not None]
        return self.between(low, min(high))

    def name(self, *words: str) -> str:
        return self.one_of(words or ("orders", "clicks", "sessions", "readings"))

    def uuid(self) -> str:
        digits = f"{self.random.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
