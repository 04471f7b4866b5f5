"""Reads a pattern, from a dict, from JSON text or from the typed form, and refuses what AWS refuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from cdk_esm.errors import FilterPatternError
from cdk_esm.filters.branches import MOST_COMBINATIONS, combinations
from cdk_esm.filters.complexity import too_complex
from cdk_esm.filters.json_values import Members, Place, describe, is_scalar, read_text, read_value
from cdk_esm.filters.operators import RESERVED, read_operator
from cdk_esm.filters.pattern import EQUALS, OR, Condition, Either, Fields, Matcher, Path, Pattern, json_path
from cdk_esm.sources.common import PATTERN_CHARACTERS, WILDCARD_BEGINNINGS

LONGEST: Final = PATTERN_CHARACTERS.value
"""Characters of a pattern's text."""

FEWEST_BRANCHES: Final = 2
"""Branches of a ``$or``: with fewer it is taken for the name of a field."""


def parse(pattern: object, *, name: str = "pattern") -> Pattern:
    """Read one filter pattern.

    Args:
        pattern: a dict in AWS's own form, its JSON text, the typed form of ``cdk_esm.filters.f``, or a ``Pattern``.
        name: what JSON paths in errors begin with.

    Returns:
        The pattern; however it was written, two that say the same are equal.

    Raises:
        FilterPatternError: AWS refuses the pattern; the error names the place and the reason.
    """
    if isinstance(pattern, Pattern):
        return pattern
    place = Place(name)
    text = str.__str__(pattern) if isinstance(pattern, str) else None
    tree = read_value(pattern, place) if text is None else read_text(text, place)
    if not isinstance(tree, Members):
        hint = "; a list of filters holds one pattern in each member" if isinstance(tree, list) else ""
        raise place.refuse(f"a pattern is a JSON object, got {describe(tree)}{hint}")
    found = _read_root(tree, place, text)
    rendered = len(found.render())
    if rendered > LONGEST:
        raise place.refuse(f"a pattern has at most {LONGEST:,} characters, this one has {rendered:,}")
    if combinations(found.root) > MOST_COMBINATIONS:
        raise place.refuse(
            f"its $or lead to more than {MOST_COMBINATIONS:,} combinations; split it into several filters"
        )
    complex_at = too_complex(found.root)
    if complex_at is not None:
        path, count = complex_at
        raise FilterPatternError(
            json_path(name, path),
            f"the wildcards here are too complex: one text can be inside {count} of their beginnings at once, and the "
            f"service takes up to {WILDCARD_BEGINNINGS.value}; use fewer stars, or prefix or suffix",
        )
    return found


def render(pattern: object) -> str:
    """Write a pattern in AWS's JSON: compact, on one line, the same text every time.

    Args:
        pattern: a pattern in any form that ``parse`` takes; ``parse(render(pattern)) == parse(pattern)``.

    Raises:
        FilterPatternError: AWS refuses the pattern.
    """
    return parse(pattern).render()


def read_condition(members: Sequence[object], *, name: str) -> Condition:
    """Read what is in the list of one field.

    Args:
        members: values and operators in AWS's own form, and typed conditions.
        name: what JSON paths in errors begin with.

    Raises:
        FilterPatternError: AWS refuses one of them.
    """
    place = Place(name)
    tree: list[Any] = read_value(list(members), place)
    return _Reader().condition(tree, place)


def _read_root(tree: Members, place: Place, text: str | None) -> Pattern:
    """Read the outermost object. The engine falls back to ``$or`` as the name of a field, for the whole pattern."""
    reader = _Reader()
    try:
        return Pattern(reader.fields(tree, place), tuple(reader.duplicates), text)
    except _NotABranchingError as refusal:
        reader = _Reader(or_is_a_name=True)
        try:
            return Pattern(reader.fields(tree, place), tuple(reader.duplicates), text)
        except FilterPatternError:
            raise FilterPatternError(refusal.json_path, refusal.reason) from None


class _NotABranchingError(FilterPatternError):
    """A ``$or`` that does not branch."""


class _Reader:
    """Reads a tree of JSON values into the parts of a pattern."""

    def __init__(self, *, or_is_a_name: bool = False) -> None:
        self.or_is_a_name = or_is_a_name
        self.duplicates: list[Path] = []

    def fields(self, tree: Members, place: Place, *, inside_or: bool = False) -> Fields:
        """Read an object whose keys are names of fields."""
        if not len(tree):
            raise place.refuse("an object needs at least one field; an empty one is refused")
        items: list[tuple[str, Fields | Condition | Either]] = []
        seen: set[str] = set()
        for name, value in tree:
            here = place.into(name)
            if name in seen:
                self.duplicates.append(here.path)
            seen.add(name)
            if name == OR and not self.or_is_a_name:
                items.append((name, self._either(value, here)))
                continue
            if inside_or and name in RESERVED:
                raise _not_a_branching(here, f"{name!r} is an operator, which cannot name a field inside $or")
            items.append((name, self._field(name, value, here, inside_or=inside_or)))
        return Fields(tuple(items))

    def _field(self, name: str, value: Any, place: Place, *, inside_or: bool) -> Fields | Condition:
        if isinstance(value, Members):
            return self.fields(value, place, inside_or=inside_or)
        if isinstance(value, list):
            return self.condition(value, place)
        raise place.refuse(f"the value of a field is a list or an object, got {describe(value)}{_instead(name, value)}")

    def condition(self, members: list[Any], place: Place) -> Condition:
        """Read a list of values and operators."""
        if not members:
            raise place.refuse("the list is empty, so nothing could match; write at least one value")
        matchers: list[Matcher] = []
        for index, member in enumerate(members):
            here = place.into(index)
            if isinstance(member, Members):
                matchers.append(_operator(member, here))
            elif is_scalar(member):
                matchers.append(Matcher(EQUALS, (member,)))
            else:
                raise here.refuse(
                    f"a list holds texts, numbers, true, false, null or operators, got {describe(member)}"
                )
        return Condition(tuple(matchers))

    def _either(self, value: Any, place: Place) -> Either:
        """Read the branches of a ``$or``."""
        if not isinstance(value, list):
            raise _not_a_branching(place, f"$or takes a list of objects, got {describe(value)}")
        branches = []
        for index, member in enumerate(value):
            here = place.into(index)
            if not isinstance(member, Members):
                raise _not_a_branching(here, f"a branch of $or is an object, got {describe(member)}")
            branches.append(self.fields(member, here, inside_or=True))
        if len(branches) < FEWEST_BRANCHES:
            raise _not_a_branching(place, f"$or needs at least two branches, got {len(branches)}")
        return Either(tuple(branches))


def _not_a_branching(place: Place, reason: str) -> _NotABranchingError:
    return _NotABranchingError(json_path(place.root, place.path), reason)


def _operator(member: Members, place: Place) -> Matcher:
    if not len(member):
        raise place.refuse("an operator is missing in the empty object")
    if len(member) > 1:
        raise place.refuse(
            f"one operator stands in an object, got {' and '.join(map(repr, member.names))}; "
            "write one object for each, of which any may match"
        )
    ((operator, argument),) = member
    return read_operator(operator, argument, place)


def _instead(name: str, value: Any) -> str:
    """What to write instead of a bare value."""
    if name.lower() == "pattern" and isinstance(value, str):
        return "; give the pattern itself, not the Filter object around it"
    written = Matcher(EQUALS, (value,))
    operator = f'; if the operator is meant, it stands in a list: [{{"{name}": {written}}}]' if name in RESERVED else ""
    return f"; write [{written}]{operator}"
