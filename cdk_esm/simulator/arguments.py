"""What a run can take of what a user hands in; whatever it cannot take is refused in words, before anything runs."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from math import isfinite
from numbers import Integral, Real
from typing import Any, Final

from cdk_esm.errors import EsmError

_LONGEST: Final = 80
_FARTHEST: Final = 50_000_000_000
"""Seconds to the farthest moment of a run, on either side of its beginning: 1,500 years, which a calendar can name."""
_CLOSE: Final = 0.8


def refused(name: str, allowed: str, given: object, *, verb: str = "is") -> EsmError:
    """The error that says what came, and what is allowed.

    Args:
        name: the argument, as the user writes it.
        allowed: what it can be, in words.
        given: what came.
        verb: between the argument and what is allowed.
    """
    shown = f"{given!r:.{_LONGEST}}"
    plain = given is None or isinstance(given, bool | int | float | str | bytes | list | tuple | dict)
    return EsmError(f"{name} {verb} {allowed}, got {shown if plain else f'{type(given).__name__}: {shown}'}")


def is_number(given: object, *, least: float | None = None, above: float | None = None) -> bool:
    """Whether something is a number that ends somewhere, and is no less than it may be."""
    if isinstance(given, bool) or not isinstance(given, Real):
        return False
    try:
        number = float(given)
    except OverflowError:
        return False
    return isfinite(number) and (least is None or number >= least) and (above is None or number > above)


def check_seconds(name: str, given: Any, *, least: float | None = 0, above: float | None = None) -> None:
    """Refuse anything that is not a number of seconds.

    Raises:
        EsmError: it is none, or it is too small.
    """
    known = is_number(given, least=least, above=above)
    if not known or abs(given) > _FARTHEST:
        bound = f", more than {above:g}" if above is not None else "" if least is None else f", {least:g} or more"
        bound += f", at most {_FARTHEST:,}" if known else ""
        raise refused(name, f"a number of seconds{bound}", given)


def is_count(given: object, least: int = 0) -> bool:
    """Whether something is a whole number, and no less than it may be."""
    return isinstance(given, Integral) and not isinstance(given, bool) and int(given) >= least


def check_count(name: str, given: object, *, least: int = 0, instead: str = "") -> None:
    """Refuse anything that is not a whole number.

    Args:
        name: the argument.
        given: what came.
        least: the smallest that can be taken.
        instead: what else it can be, in words.

    Raises:
        EsmError: it is none, or it is too small.
    """
    if not is_count(given, least):
        raise refused(name, f"a whole number, {least} or more{instead}", given)


def check_text(name: str, given: object, allowed: str = "text") -> None:
    """Refuse what is neither text nor nothing.

    Raises:
        EsmError: it is something else.
    """
    if given is not None and not isinstance(given, str):
        raise refused(name, allowed, given)


def check_named(known: Iterable[str], given: dict[str, Any], called: str) -> None:
    """Refuse keywords that nobody reads.

    Raises:
        EsmError: one of them is not known.
    """
    known = list(known)
    for name in given:
        if name not in known:
            raise EsmError(f"{called} takes {', '.join(known)}, and not {name}{meant(name, known)}")


def meant(given: object, known: Iterable[str]) -> str:
    """Which name was meant, as a question to put at the end of an error; nothing if none is close."""
    close = get_close_matches(str(given), list(known), n=1, cutoff=_CLOSE)
    return f"; did you mean {close[0]!r}?" if close else ""
