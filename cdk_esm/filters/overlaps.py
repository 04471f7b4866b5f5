"""Looks for branches of a ``$or`` that the engine may leave out, since it takes them for copies of earlier ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_esm.facts import SourceFacts
from cdk_esm.filters.branches import Branch, branches
from cdk_esm.filters.findings import FilterFinding, Spot
from cdk_esm.filters.pattern import Matcher, Path, Pattern, same

_What = tuple[str, str | None, tuple[tuple[str, object], ...]]


def check(facts: SourceFacts, index: int, pattern: Pattern) -> Iterator[FilterFinding]:
    """Every finding about the branches of one filter: one for each branch of a ``$or`` that may be left out."""
    told: set[Path] = set()
    for earlier, later in _overlaps(branches(pattern.root)):
        place = _parting(earlier, later)
        if place in told:
            continue
        told.add(place)
        before = _conditions(earlier)
        differing = [name for name, asked in _conditions(later).items() if asked != before[name]]
        yield Spot(facts, index, place).finding(
            "or-branches-overlap",
            got=", ".join(f"{name}: {later[name].condition}" for name in differing),
            allowed="branches that differ in a field, or that share no condition of one",
            message="this branch asks for the same fields as an earlier one, and in each it shares a condition with "
            "it; the filter engine takes such a branch for a copy and may leave it out, so what only this branch takes "
            f"may never match: Lambda {facts.unmatched}",
            fix="put the values of one field into one list, or make the branches differ in a field",
        )


def _overlaps(found: list[Branch]) -> Iterator[tuple[Branch, Branch]]:
    """Pairs of branches of which the later one may be left out, and takes something that no earlier one does.

    Branches are the bits of numbers, so that a thousand of them are compared at once.
    """
    groups: dict[frozenset[str], list[Branch]] = {}
    for branch in found:
        groups.setdefault(frozenset(branch), []).append(branch)
    for names, group in groups.items():
        having: dict[str, dict[_What, int]] = {name: {} for name in names}
        for position, branch in enumerate(group):
            overlapping = covering = (1 << position) - 1
            for name, asked in _conditions(branch).items():
                some = 0
                for what in asked:
                    earlier = having[name].get(what, 0)
                    some |= earlier
                    covering &= earlier
                    having[name][what] = earlier | 1 << position
                overlapping &= some
            if overlapping and not covering:
                yield group[(overlapping & -overlapping).bit_length() - 1], branch


def _conditions(branch: Branch) -> Mapping[str, frozenset[_What]]:
    return {name: frozenset(map(_what, leaf.condition.matchers)) for name, leaf in branch.items()}


def _what(matcher: Matcher) -> _What:
    return matcher.operator, matcher.inner, tuple(map(same, matcher.values))


def _parting(earlier: Branch, later: Branch) -> Path:
    """Where the later branch parts from the earlier one: its number in the $or, in a place where they differ."""
    place: Path = ()
    for name, leaf in later.items():
        if leaf.path != earlier[name].path:
            others = earlier[name].path
            common = next((at for at, pair in enumerate(zip(leaf.path, others, strict=False)) if len({*pair}) > 1), 0)
            numbers = [at for at, step in enumerate(leaf.path) if isinstance(step, int) and at >= common]
            if numbers:
                return leaf.path[: numbers[0] + 1]
            place = leaf.path
    return place
