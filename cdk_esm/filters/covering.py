"""Whether one pattern surely matches all that another one matches, as far as their forms prove it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from math import inf, prod
from typing import Final

from cdk_esm.filters.branches import Branch, Leaf, branches, combinations
from cdk_esm.filters.numbers import NUMBER_LIMIT
from cdk_esm.filters.pattern import EQUALS, Condition, Matcher, Number, Pattern, same

_Bound = tuple[float, bool]
_MOST_COMPARISONS: Final = 10_000
_MOST_PARTS: Final = 100
"""Branches of one value for each field that one branch is compared as."""
_ASK_FOR_A_VALUE: Final = (EQUALS, "prefix", "suffix", "equals-ignore-case", "numeric")


def covers(wider: Pattern, narrower: Pattern) -> bool:
    """Whether every record that the second pattern matches is surely matched by the first one, too.

    ``False`` means that nothing proves it: a pattern that is written otherwise may still match the same records.
    """
    if wider == narrower and not wider.duplicates:
        return True
    if (
        wider.duplicates
        or narrower.duplicates
        or combinations(wider.root) * combinations(narrower.root) > _MOST_COMPARISONS
    ):
        return wider.render() == narrower.render()
    return _branches_covered(branches(wider.root), branches(narrower.root))


def all_covered(wider: Iterable[Pattern], narrower: Iterable[Pattern]) -> bool:
    """Whether some patterns, of which any may match, surely match all that some others match."""
    able = list(wider)
    parts: list[Branch] | None = None
    for other in narrower:
        if any(covers(one, other) for one in able):
            continue
        if parts is None:
            simple = (one for one in able if not one.duplicates and combinations(one.root) <= _MOST_PARTS)
            parts = [branch for one in simple for branch in branches(one.root)]
        if other.duplicates or combinations(other.root) > _MOST_PARTS:
            return False
        if not _branches_covered(parts, branches(other.root)):
            return False
    return True


def _branches_covered(wider: list[Branch], narrower: list[Branch]) -> bool:
    few = len(wider) * len(narrower) * _MOST_PARTS <= _MOST_COMPARISONS
    return all(
        any(_branch_covers(one, other) for one in wider)
        or (few and all(any(_branch_covers(one, part) for one in wider) for part in _parts(other)))
        for other in narrower
    )


def _parts(branch: Branch) -> list[Branch]:
    """What a branch comes to with one matcher for each field, or the branch itself where that are too many."""
    ways = [[Leaf(leaf.path, Condition((one,))) for one in leaf.condition.matchers] for leaf in branch.values()]
    if prod(map(len, ways)) > _MOST_PARTS:
        return [branch]
    return [dict(zip(branch, chosen, strict=True)) for chosen in product(*ways)]


def _branch_covers(wider: Branch, narrower: Branch) -> bool:
    """What asks of fewer fields, or asks less of them, is wider."""
    return all(
        name in narrower and _condition_covers(leaf.condition, narrower[name].condition) for name, leaf in wider.items()
    )


def _condition_covers(wider: Condition, narrower: Condition) -> bool:
    return all(any(_implies(one, other) for other in wider.matchers) for one in narrower.matchers)


def _implies(one: Matcher, other: Matcher) -> bool:  # noqa: C901, PLR0911 - one answer for each operator
    """Whether what the first matcher matches is surely matched by the second one, too."""
    if one == other:
        return True
    if one.inner is not None or other.inner is not None:
        return False
    if other.operator == "exists":
        return other.values == (True,) and one.operator in _ASK_FOR_A_VALUE
    if other.operator == "numeric":
        return _within(_interval(one), _interval(other))
    if other.operator == "anything-but":
        return one.operator == "anything-but" and set(map(same, other.values)) <= set(map(same, one.values))
    said, wanted = one.values[0], other.values[0]
    if isinstance(said, Number):
        return one.operator == other.operator == EQUALS and same(said) == same(wanted)
    if not isinstance(said, str) or not isinstance(wanted, str):
        return False
    if other.operator == "prefix":
        return one.operator in (EQUALS, "prefix") and said.startswith(wanted)
    if other.operator == "suffix":
        return one.operator in (EQUALS, "suffix") and said.endswith(wanted)
    if other.operator == "equals-ignore-case":
        ascii_only = said.isascii() and wanted.isascii()
        return one.operator in (EQUALS, other.operator) and ascii_only and said.lower() == wanted.lower()
    return False


def _interval(matcher: Matcher) -> tuple[_Bound, _Bound] | None:
    """The numbers that a matcher takes: from and to, each with whether it is among them."""
    terms = matcher.values
    if matcher.operator == EQUALS and isinstance(terms[0], Number):
        if not abs(terms[0].value) <= NUMBER_LIMIT:  # it equals itself, and no range is sure to hold it
            return None
        terms = ("=", terms[0])
    elif matcher.operator != "numeric":
        return None
    low, high = (-inf, False), (inf, False)
    for sign, bound in zip(terms[::2], terms[1::2], strict=True):
        assert isinstance(sign, str)
        assert isinstance(bound, Number)
        if not bound.is_comparable:
            return None
        value = float(bound.text)
        closed = "=" in sign
        low = low if "<" in sign else (value, closed)
        high = high if ">" in sign else (value, closed)
    return low, high


def _within(inner: tuple[_Bound, _Bound] | None, outer: tuple[_Bound, _Bound] | None) -> bool:
    if inner is None or outer is None:
        return False
    (low, has_low), (high, has_high) = inner
    (least, has_least), (most, has_most) = outer
    above = low > least or (low == least and (has_least or not has_low))
    below = high < most or (high == most and (has_most or not has_high))
    return above and below
