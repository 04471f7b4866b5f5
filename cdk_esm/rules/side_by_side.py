"""Ways in which a template may be deployed, for the rules that look at several mappings at once.

A mapping that depends on an open condition has a plan for each way, and never are two of them deployed together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cdk_esm.plan import MappingPlan

MOST_WAYS: Final = 64
"""Beyond that only those mappings are looked at that depend on no condition: silence is better than a guess."""

_Fact = tuple[str, str, bool]


def ways_deployed(plans: Sequence[MappingPlan]) -> Iterator[list[MappingPlan]]:
    """Yield, for each way in which the templates may be deployed, the mappings that are then deployed together."""
    answers: dict[str, list[str]] = {}
    for plan in plans:
        for subject, literal, _ in sorted(plan.when):
            known = answers.setdefault(subject, [])
            if literal not in known:
                known.append(literal)
    count = 1
    for literals in answers.values():
        count *= len(literals) + 1
        if count > MOST_WAYS:
            yield [plan for plan in plans if not plan.when]
            return
    for way in _combinations(list(answers.items())):
        yield [plan for plan in plans if all(_holds(fact, way) for fact in plan.when)]


def _combinations(answers: list[tuple[str, list[str]]]) -> Iterator[dict[str, str | None]]:
    """Every combination of answers: each subject is one of the values that were asked for, or none of them."""
    if not answers:
        yield {}
        return
    (subject, literals), *rest = answers
    for way in _combinations(rest):
        for literal in (*literals, None):
            yield {**way, subject: literal}


def _holds(fact: _Fact, way: dict[str, str | None]) -> bool:
    subject, literal, holds = fact
    return (way[subject] == literal) is holds
