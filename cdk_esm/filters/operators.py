"""The operators of a filter pattern: which there are, and what AWS takes as their argument."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from cdk_esm.filters.addresses import read_network
from cdk_esm.filters.json_values import Members, Place, describe
from cdk_esm.filters.numbers import NUMBER_LIMIT
from cdk_esm.filters.pattern import Matcher, Number, Scalar

LISTED: Final = ("equals-ignore-case", "anything-but", "numeric", "exists", "prefix", "suffix")
"""The operators in the table of the Lambda guide's page on event filtering, beside plain values and ``$or``."""

UNLISTED: Final = ("wildcard", "cidr", "exactly")
"""Operators that EventBridge has and that table does not name."""

NESTED: Final[Mapping[str, tuple[str, ...]]] = {
    "anything-but": ("prefix", "suffix", "equals-ignore-case", "wildcard"),
    "prefix": ("equals-ignore-case",),
    "suffix": ("equals-ignore-case",),
}
"""Operators that EventBridge takes inside another; the same table names none of them."""

RESERVED: Final = frozenset(
    {*LISTED, *UNLISTED, "=", "<", "<=", ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case"}
    | {"date-after", "date-on-or-after", "date-before", "date-on-or-before", "in-date-range"}
    | {"ip-address-in-range", "ip-address-not-in-range"}
)
"""Words that cannot name a field inside ``$or``."""

_MEANT: Final[Mapping[str, str]] = {
    "not": '{"anything-but": [...]}',
    "notequals": '{"anything-but": [...]}',
    "ne": '{"anything-but": [...]}',
    "equals": 'the value itself, as in ["created"]',
    "eq": 'the value itself, as in ["created"]',
    "in": 'the values themselves, as in ["created", "paid"]',
    "anyof": 'the values themselves, as in ["created", "paid"]',
    "gt": '{"numeric": [">", 100]}',
    "gte": '{"numeric": [">=", 100]}',
    "lt": '{"numeric": ["<", 100]}',
    "lte": '{"numeric": ["<=", 100]}',
    "between": '{"numeric": [">=", 1, "<", 100]}',
    "range": '{"numeric": [">=", 1, "<", 100]}',
    "startswith": '{"prefix": ...}',
    "beginswith": '{"prefix": ...}',
    "endswith": '{"suffix": ...}',
    "missing": '{"exists": false}',
    "notexists": '{"exists": false}',
    "contains": '{"wildcard": "*...*"}, which the Lambda guide does not list',
}
"""What people write, and what AWS calls it."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one was meant to be; ``None`` if none is near."""
    plain = {_plain(name): name for name in known}
    found = difflib.get_close_matches(_plain(word), plain, n=1, cutoff=0.7)
    return plain[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question about a misspelt word, to end a message with; empty if no known word is near."""
    near = nearest(word, known)
    return "" if near is None else f"; did you mean {near!r}?"


def _plain(word: str) -> str:
    return word.lower().replace("_", "").replace("-", "")


def read_operator(name: str, argument: Any, place: Place) -> Matcher:
    """Read ``{name: argument}`` as it is in a condition's list.

    Raises:
        FilterPatternError: no such operator, or none that takes this argument.
    """
    reader = _READERS.get(name)
    if reader is not None:
        return reader(name, argument, place.into(name))
    meant = _MEANT.get(_plain(name))
    question = f"; did you mean {meant}?" if meant else did_you_mean(name, [*LISTED, *UNLISTED])
    raise place.into(name).refuse(f"there is no operator {name!r}{question}")


def _one_inner(name: str, argument: Members, place: Place) -> tuple[str, Any, Place]:
    """The single operator inside another."""
    if len(argument) != 1:
        raise place.refuse(f"one operator stands in an object, got {len(argument)}")
    ((inner, value),) = argument
    allowed = NESTED[name]
    if inner not in allowed:
        raise place.refuse(
            f"{name!r} takes {' or '.join(map(repr, allowed))} inside, not {inner!r}{did_you_mean(inner, allowed)}"
        )
    return inner, value, place.into(inner)


def _text(name: str, argument: Any, place: Place) -> Matcher:
    """``prefix``, ``suffix``, ``equals-ignore-case``, ``exactly``: one text."""
    if isinstance(argument, Members) and name in NESTED:
        inner, value, inside = _one_inner(name, argument, place)
        if not isinstance(value, str):
            raise inside.refuse(f"{inner!r} takes one text, got {describe(value)}")
        return Matcher(name, (value,), inner=inner, bare=True)
    if not isinstance(argument, str):
        several = "; write one object for each" if isinstance(argument, list) else ""
        raise place.refuse(f"{name!r} takes one text, got {describe(argument)}{several}")
    return Matcher(name, (argument,), bare=True)


def _exists(name: str, argument: Any, place: Place) -> Matcher:
    if not isinstance(argument, bool):
        raise place.refuse(f"'exists' takes true or false, got {describe(argument)}")
    return Matcher(name, (argument,), bare=True)


def _wildcard(name: str, argument: Any, place: Place) -> Matcher:
    if not isinstance(argument, str):
        raise place.refuse(f"'wildcard' takes one text, got {describe(argument)}")
    _check_wildcard(argument, place)
    return Matcher(name, (argument,), bare=True)


def _check_wildcard(text: str, place: Place) -> None:
    r"""A star means any text; ``\*`` is a star, ``\\`` a backslash, and two stars in a row are refused."""
    position = 0
    while position < len(text):
        if text[position] == "\\":
            if text[position + 1 : position + 2] not in ("*", "\\"):
                raise place.refuse("a backslash stands before a star or another backslash only")
            position += 1
        elif text.startswith("**", position):
            raise place.refuse(f"two stars in a row, at character {position + 1}; write one")
        position += 1


def _cidr(name: str, argument: Any, place: Place) -> Matcher:
    if not isinstance(argument, str):
        raise place.refuse(f"'cidr' takes one text such as '10.0.0.0/24', got {describe(argument)}")
    network = read_network(argument)
    if network is None:
        raise place.refuse(f"'cidr' takes an address and the bits of its mask, such as '10.0.0.0/24', got {argument!r}")
    width, lowest, highest = network
    if lowest == highest:
        raise place.refuse(
            f"'cidr' takes masks up to /{width - 1}, got {argument!r}; write the address itself as a value: "
            f'["{argument.partition("/")[0]}"]'
        )
    return Matcher(name, (argument,), bare=True)


def _anything_but(name: str, argument: Any, place: Place) -> Matcher:
    if isinstance(argument, Members):
        inner, value, inside = _one_inner(name, argument, place)
        values = value if isinstance(value, list) else [value]
        for text in values:
            if not isinstance(text, str):
                raise inside.refuse(f"{inner!r} takes texts here, got {describe(text)}")
            if not text and inner in ("prefix", "suffix"):
                raise inside.refuse(f"an empty {inner} would exclude every text")
            if inner == "wildcard":
                _check_wildcard(text, inside)
        return Matcher(name, tuple(values), inner=inner, bare=not isinstance(value, list))
    values = argument if isinstance(argument, list) else [argument]
    if not values:
        raise place.refuse("'anything-but' needs at least one value, got an empty list")
    for index, value in enumerate(values):
        if not isinstance(value, str | Number):
            raise place.into(index).refuse(f"'anything-but' takes texts or numbers, got {describe(value)}")
        _refuse_incomparable(value, place.into(index))
    if len({isinstance(value, Number) for value in values}) > 1:
        raise place.refuse("'anything-but' takes either texts or numbers, not both in one list")
    return Matcher(name, tuple(values), bare=not isinstance(argument, list))


def _refuse_incomparable(value: Any, place: Place) -> None:
    """Refuse a number that no version of the engine compares: beyond the old range, and no double is written so."""
    if isinstance(value, Number) and not abs(value.value) <= NUMBER_LIMIT and not value.is_comparable:
        raise place.refuse(
            f"{_short(value.text)} cannot be compared: numbers are compared as 64-bit doubles, and the shortest "
            "spelling of none says this; compare fewer digits, or let producers send a text"
        )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_LONGEST: Final = 40
"""Characters of a number that a refusal quotes. Our choice: more than any that is written by hand."""

_LOWER: Final = (">", ">=")
_UPPER: Final = ("<", "<=")
_MOST_COMPARISONS: Final = 2


def _numeric(name: str, argument: Any, place: Place) -> Matcher:  # noqa: C901 - one refusal for each fault
    """``["=", 5]``, ``[">", 5]``, ``["<=", 5]`` or ``[">", 0, "<=", 5]``: the lower bound first."""
    if not isinstance(argument, list):
        raise place.refuse(f"'numeric' takes a list such as [\">=\", 100], got {describe(argument)}")
    if not argument:
        raise place.refuse("'numeric' takes a comparison and a number, got an empty list")
    for index, term in enumerate(argument):
        here = place.into(index)
        if index % 2 and not isinstance(term, Number):
            raise here.refuse(f"a number has to follow {argument[index - 1]!r}, got {describe(term)}")
        _refuse_incomparable(term, here)
        if index % 2 == 0 and (not isinstance(term, str) or term not in ("=", *_LOWER, *_UPPER)):
            raise here.refuse(f"expected one of = < <= > >=, got {describe(term)}")
    if len(argument) % 2:
        raise place.refuse(f"a number has to follow {argument[-1]!r}")
    comparisons = argument[::2]
    if len(comparisons) == 1:
        return Matcher(name, tuple(argument))
    if len(comparisons) > _MOST_COMPARISONS:
        raise place.refuse(f"at most two comparisons make a range, got {len(comparisons)}")
    first, second = comparisons
    if first not in _LOWER or second not in _UPPER:
        order = "; the lower bound stands first" if first in _UPPER and second in _LOWER else ""
        raise place.refuse(f"a range is > or >= and then < or <=, got {first!r} and {second!r}{order}")
    if not argument[1].value < argument[3].value:
        raise place.refuse(f"the range is upside down: {argument[1].text} is not below {argument[3].text}")
    return Matcher(name, tuple(argument))


_READERS: Final[Mapping[str, Callable[[str, Any, Place], Matcher]]] = {
    "equals-ignore-case": _text,
    "prefix": _text,
    "suffix": _text,
    "exactly": _text,
    "exists": _exists,
    "numeric": _numeric,
    "anything-but": _anything_but,
    "wildcard": _wildcard,
    "cidr": _cidr,
}


def unlisted(matcher: Matcher) -> str | None:
    """The words for an operator that the Lambda guide's table lacks; ``None`` for one that it has."""
    if matcher.inner is not None:
        return f"{matcher.operator} with {matcher.inner} inside"
    return matcher.operator if matcher.operator in UNLISTED else None


def scalars(matcher: Matcher) -> tuple[Scalar, ...]:
    """The values a matcher compares to, without the comparison signs of a numeric range."""
    return matcher.values[1::2] if matcher.operator == "numeric" else matcher.values
