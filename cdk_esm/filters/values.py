"""Turns a condition into a test of one value of a record.

As recorded: ``numeric`` takes numbers only, never a text that looks like one; ``anything-but`` takes whatever it does
not name, null among it, but not a missing field; a text is compared character by character.

A bare number is compared by its value, so that 300, 300.0 and 3.0e2 are equal: EventBridge was recorded so, although
its guide and Lambda's say otherwise. Numbers that no double tells apart are equal only if their texts are. Not
recorded, and so as AWS's pages say: ``numeric`` takes no number beyond ±5e9 (EventBridge guide).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from cdk_esm.filters import letter_case
from cdk_esm.filters.addresses import read_address, read_network
from cdk_esm.filters.numbers import NUMBER_LIMIT, WrittenFloat, is_comparable, shortest
from cdk_esm.filters.pattern import EQUALS, Condition, Matcher, Number
from cdk_esm.filters.wildcards import split_wildcard

Test: TypeAlias = Callable[[Any], bool]


def needs_written_floats(condition: Condition) -> bool:
    """Whether the text of a record's numbers can decide: the condition names a bare number.

    A record's ``300.00000000000000001`` is the same double as 300, and not the same number.
    """
    return any(matcher.operator == EQUALS and isinstance(matcher.values[0], Number) for matcher in condition.matchers)


def plain_texts(condition: Condition) -> frozenset[str] | None:
    """The texts of a condition that names nothing but texts; ``None`` for any other."""
    texts = [matcher.values[0] for matcher in condition.matchers if matcher.operator == EQUALS]
    found = frozenset(text for text in texts if isinstance(text, str))
    return found if len(texts) == len(condition.matchers) and all(isinstance(text, str) for text in texts) else None


def takes_absence(condition: Condition) -> bool:
    """Whether a missing field satisfies the condition."""
    return any(matcher.operator == "exists" and matcher.values == (False,) for matcher in condition.matchers)


def condition_test(condition: Condition) -> Test:
    """The test whether one value, a text, a number, true, false or null, satisfies the condition."""
    tests = [matcher_test(matcher) for matcher in condition.matchers]
    if len(tests) == 1:
        return tests[0]
    return lambda value: any(test(value) for test in tests)


def matcher_test(matcher: Matcher) -> Test:
    """The test whether one value satisfies one matcher."""
    return _MAKERS[matcher.operator](matcher)


def is_number(value: Any) -> bool:
    """Whether a value is a JSON number; Python counts true and false among the integers, JSON does not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _texts(matcher: Matcher) -> list[str]:
    return [value for value in matcher.values if isinstance(value, str)]


def _numbers(matcher: Matcher) -> list[int | float]:
    return [value.value for value in matcher.values if isinstance(value, Number)]


def _equals(matcher: Matcher) -> Test:
    wanted = matcher.values[0]
    if isinstance(wanted, Number):
        return _same_number(wanted)
    if isinstance(wanted, str):
        return lambda value: isinstance(value, str) and value == wanted
    return lambda value: value is wanted


def _same_number(wanted: Number) -> Test:
    """Equal if the texts are the same, or if both can be compared and have the same value."""
    if not wanted.is_comparable:
        return _same_text(wanted)
    number = float(wanted.text)
    exact = shortest(number)
    whole = int(exact) if exact == exact.to_integral_value() else None

    def test(value: Any) -> bool:
        if isinstance(value, float):  # of Python's own floats each is exactly what it is written as
            return value == number and (not isinstance(value, WrittenFloat) or is_comparable(value.text))
        return isinstance(value, int) and not isinstance(value, bool) and value == whole

    return test


def _same_text(wanted: Number) -> Test:
    whole = wanted.value if wanted.is_whole else None

    def test(value: Any) -> bool:
        if isinstance(value, WrittenFloat):
            return value.text == wanted.text
        return isinstance(value, int) and not isinstance(value, bool) and value == whole

    return test


def _exists(matcher: Matcher) -> Test:
    wanted = matcher.values[0]
    return lambda _: bool(wanted)


def numeric_range(matcher: Matcher) -> tuple[str, float, str, float]:
    """The bounds of a ``numeric`` as ``lowest < value <= highest`` has them: two comparisons and two numbers."""
    low, lowest, high, highest = "<=", -NUMBER_LIMIT, "<=", NUMBER_LIMIT
    for comparison, number in zip(matcher.values[::2], _numbers(matcher), strict=True):
        if comparison in (">", ">=", "=") and number >= lowest:
            low, lowest = "<" if comparison == ">" else "<=", number
        if comparison in ("<", "<=", "=") and number <= highest:
            high, highest = "<" if comparison == "<" else "<=", number
    return low, lowest, high, highest


def _numeric(matcher: Matcher) -> Test:
    low, lowest, high, highest = numeric_range(matcher)
    over = operator.lt if low == "<" else operator.le
    under = operator.lt if high == "<" else operator.le
    return lambda value: is_number(value) and over(lowest, value) and under(value, highest)


def _anything_but(matcher: Matcher) -> Test:
    if matcher.inner is not None:
        excluded = [_MAKERS[matcher.inner](Matcher(matcher.inner, (text,))) for text in matcher.values]
        return lambda value: not any(test(value) for test in excluded)
    texts = frozenset(_texts(matcher))
    if texts:
        return lambda value: not isinstance(value, str) or value not in texts
    numbers = frozenset(_numbers(matcher))
    return lambda value: not is_number(value) or value not in numbers


def _prefix(matcher: Matcher) -> Test:
    (start,) = _texts(matcher)
    if matcher.inner is None:
        return lambda value: isinstance(value, str) and value.startswith(start)
    return _of_text(letter_case.beginning(start))


def _suffix(matcher: Matcher) -> Test:
    (end,) = _texts(matcher)
    if matcher.inner is None:
        return lambda value: isinstance(value, str) and value.endswith(end)
    return _of_text(letter_case.end(end))


def _ignore_case(matcher: Matcher) -> Test:
    (text,) = _texts(matcher)
    return _of_text(letter_case.equal(text))


def _of_text(test: Callable[[str], bool]) -> Test:
    return lambda value: isinstance(value, str) and test(value)


def _wildcard(matcher: Matcher) -> Test:
    (text,) = _texts(matcher)
    first, *others = split_wildcard(text)
    if not others:
        return lambda value: isinstance(value, str) and value == first
    *middle, last = others
    least = len(first) + len(last)

    def test(value: Any) -> bool:
        if not isinstance(value, str) or len(value) < least or not value.startswith(first) or not value.endswith(last):
            return False
        position, end = len(first), len(value) - len(last)
        for part in middle:
            position = value.find(part, position, end)
            if position < 0:
                return False
            position += len(part)
        return True

    return test


def _cidr(matcher: Matcher) -> Test:
    network = read_network(_texts(matcher)[0])
    assert network is not None, "checked when the pattern was read"
    width, lowest, highest = network

    def test(value: Any) -> bool:
        found = read_address(value) if isinstance(value, str) else None
        return found is not None and found[0] == width and lowest <= found[1] <= highest

    return test


_MAKERS: Final[dict[str, Callable[[Matcher], Test]]] = {
    EQUALS: _equals,
    "exactly": _equals,
    "exists": _exists,
    "numeric": _numeric,
    "anything-but": _anything_but,
    "prefix": _prefix,
    "suffix": _suffix,
    "equals-ignore-case": _ignore_case,
    "wildcard": _wildcard,
    "cidr": _cidr,
}
