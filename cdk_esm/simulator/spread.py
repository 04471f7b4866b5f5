"""How long things take: durations drawn from the seed, and the waits between attempts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from cdk_esm.errors import EsmError
from cdk_esm.simulator.arguments import is_number, refused
from cdk_esm.simulator.clock import ticks


@dataclass(frozen=True)
class Spread:
    """A distribution of durations, for ``simulate(…, duration=…)``. The same seed draws the same.

    Args:
        kind: ``uniform``, ``lognormal`` or ``choice``.
        numbers: what the kind takes, in seconds.
        weights: of a choice, one for each number.

    Raises:
        EsmError: the numbers are not what the kind takes.
    """

    kind: str
    numbers: tuple[float, ...]
    weights: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        numbers, weights = list(self.numbers), list(self.weights)
        allowed, holds = {
            "uniform": ("low and high in seconds, 0 <= low <= high", _are_bounds(numbers)),
            "lognormal": ("a median above 0 in seconds, and a sigma of 0 or more", _are_median_and_sigma(numbers)),
            "choice": (
                "durations in seconds with a weight each, as in {0.1: 99, 30: 1}",
                _are_weighed(numbers, weights),
            ),
        }.get(self.kind, ("uniform, lognormal or choice", False))
        if not holds:
            raise refused(
                f"Spread.{self.kind}", allowed, (self.numbers, self.weights) if weights else self.numbers, verb="takes"
            )

    @classmethod
    def uniform(cls, low: float, high: float) -> Spread:
        """Every duration between two, in seconds, is as likely."""
        return cls("uniform", (low, high))

    @classmethod
    def lognormal(cls, median: float, sigma: float = 0.5) -> Spread:
        """Mostly about the median, in seconds, with a long tail: with a sigma of 0.5, 1 % take over 3.2 medians."""
        return cls("lognormal", (median, sigma))

    @classmethod
    def choice(cls, weights: Mapping[float, float]) -> Spread:
        """One of these durations, in seconds, with a weight each: ``{0.1: 99, 30: 1}``."""
        if not isinstance(weights, Mapping):
            raise refused(
                "Spread.choice",
                "durations in seconds with a weight each, as in {0.1: 99, 30: 1}",
                weights,
                verb="takes",
            )
        return cls("choice", tuple(weights), tuple(weights.values()))

    def draw(self, random: Random) -> float:
        """The next duration in seconds."""
        if self.kind == "uniform":
            return random.uniform(*self.numbers[:2])
        if self.kind == "lognormal":
            median, sigma = self.numbers
            return median * random.lognormvariate(0, sigma)
        return random.choices(self.numbers, self.weights)[0]


def _are_bounds(numbers: list[float]) -> bool:
    return len(numbers) == 2 and all(is_number(one, least=0) for one in numbers) and numbers[0] <= numbers[1]  # noqa: PLR2004


def _are_median_and_sigma(numbers: list[float]) -> bool:
    return len(numbers) == 2 and is_number(numbers[0], above=0) and is_number(numbers[1], least=0)  # noqa: PLR2004


def _are_weighed(numbers: list[float], weights: list[float]) -> bool:
    known = all(is_number(one, least=0) for one in (*numbers, *weights))
    return known and 0 < len(numbers) == len(weights) and sum(weights) > 0


@dataclass(frozen=True)
class Backoff:
    """The wait before a batch of a stream, a topic or a broker is tried again. AWS does not say how long it is.

    Args:
        first: seconds before the first retry.
        factor: by what each further wait is multiplied.
        most: the longest wait in seconds.

    Raises:
        EsmError: a wait is not above 0, or the factor is below 1.
    """

    first: float = 0.25
    factor: float = 2
    most: float = 60

    def __post_init__(self) -> None:
        waits = is_number(self.first, above=0) and is_number(self.most, above=0)
        if not waits or not is_number(self.factor, least=1):
            raise EsmError(f"a back-off waits more than 0 seconds, and its factor is at least 1, got {self}")

    @classmethod
    def steady(cls, seconds: float) -> Backoff:
        """The same wait before every retry."""
        return cls(seconds, 1, seconds)

    @classmethod
    def doubling(cls, first: float = 0.25, *, most: float = 60) -> Backoff:
        """Twice the wait before every further retry, up to the longest one."""
        return cls(first, 2, most)

    def wait(self, failures: int) -> int:
        """The virtual time to wait after the given number of failures in a row, counted from 1."""
        exponent = min(failures - 1, 64)  # beyond, every factor above 1 has reached the longest wait
        return ticks(min(self.most, self.first * self.factor**exponent))
