"""Filter patterns of which only the deployment knows some parts: what holds however these turn out.

Every gap is filled with values of all kinds that could make the pattern right. What is wrong with each of the resulting
texts, at the same place, is wrong with the pattern.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from typing import Final

from cdk_esm.facts import SourceFacts
from cdk_esm.plan import Gap, MappingPlan

Parts = tuple[str | Gap, ...]
GAP: Final = "${"
"""How a gap begins in the first text of a pattern."""
_TOGETHER: Final = 2
"""Gaps that are filled in every combination; of more, each is varied alone, and all of them at once."""
_IN_A_TEXT: Final = ("x", "1", "1.5", "", "1.2.3.4/24", "*", "prefix", "numeric", "exists", "=")
_BARE: Final = ("1", '["x"]', '{"x": ["y"]}', '"x", "y"', "", "true", '{"exists": true}', '[{"prefix": "x"}]', "[1]")


def open_patterns(plan: MappingPlan) -> Iterator[tuple[int, list[str]]]:
    """Yield the index of every such pattern, with the texts that it may come to; the first one is for messages."""
    for index, parts in plan.filter_parts.items():
        yield index, list(dict.fromkeys(_texts(parts, plan.facts)))


def within_texts(parts: Parts) -> bool:
    """Whether each gap is within quotation marks, so that it is a name, a value, or a part of one."""
    return all(quoted for part, quoted in _places(parts) if isinstance(part, Gap))


def _places(parts: Parts) -> Iterator[tuple[str | Gap, bool]]:
    """Every part, with whether it begins within quotation marks."""
    within = False
    for part in parts:
        yield part, within
        if isinstance(part, str):
            within ^= part.replace("\\\\", "").replace('\\"', "").count('"') % 2 == 1


def _texts(parts: Parts, facts: SourceFacts) -> Iterator[str]:
    """The texts that a pattern may come to."""
    fillings = _fillings(parts, facts)
    names = list(fillings)
    first = {name: values[0] for name, values in fillings.items()}
    if len(names) <= _TOGETHER:
        for values in product(*fillings.values()):
            yield _filled(parts, dict(zip(names, values, strict=True)))
        return
    yield _filled(parts, first)
    for name in names:
        for value in fillings[name]:
            yield _filled(parts, {**first, name: value})
    for place in range(max(map(len, fillings.values()))):
        yield _filled(parts, {name: values[place % len(values)] for name, values in fillings.items()})


def _fillings(parts: Parts, facts: SourceFacts) -> dict[str, list[str]]:
    """What each gap may be, by where it is: within quotation marks, or bare. The name of the gap itself comes first."""
    names = [name for name in (facts.filter_key, *facts.records.metadata) if name is not None]
    members = [f'"{name}": {value}' for name in names for value in ('["x"]', '{"x": ["y"]}')]
    found: dict[str, list[str]] = {}
    for part, within in _places(parts):
        if isinstance(part, Gap):
            shown = GAP + part.name + "}"
            words = [shown, *_IN_A_TEXT, *names] if within else [json.dumps(shown), *_BARE, *members]
            found.setdefault(part.name, [])
            found[part.name] = list(dict.fromkeys([*found[part.name], *words]))
    return found


def _filled(parts: Parts, values: dict[str, str]) -> str:
    return "".join(part if isinstance(part, str) else values[part.name] for part in parts)
