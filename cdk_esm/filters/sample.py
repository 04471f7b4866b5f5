"""Proposes a pattern from an example record, and shows what it would match and what not."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.errors import FilterPatternError
from cdk_esm.filters.decoding import Form, decoder
from cdk_esm.filters.events import records_in, source_of
from cdk_esm.filters.matching import match
from cdk_esm.filters.parsing import parse
from cdk_esm.filters.pattern import Pattern
from cdk_esm.sources import SOURCES

KINDS: Final = frozenset(
    {"type", "kind", "event", "eventtype", "eventname", "detailtype", "name", "action", "operation", "op"}
    | {"status", "state", "category", "source", "channel", "topic"}
)
"""Names of fields that tell what a record is. Our choice: what producers commonly call them."""

MOST: Final = 4
"""Conditions of a proposed pattern. Our choice: more would match little beside the sample."""

_DEEPEST: Final = 4
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z_.:-]{0,39}")


@dataclass(frozen=True)
class Proposal:
    """A pattern proposed from a sample.

    Args:
        source: the source kind of the sample.
        pattern: the pattern; the sample matches it.
        examples: changes to the sample in words, and whether the changed record would still match.
    """

    source: str
    pattern: Pattern
    examples: tuple[tuple[str, bool], ...]


def propose(sample: Mapping[str, Any], *, source: str | None = None) -> Proposal:
    """Propose a pattern from a record, or from an event that holds one.

    Args:
        sample: the record in the shape in which Lambda delivers it.
        source: the source kind, where the record does not tell.

    Raises:
        FilterPatternError: it is the record of no source that has filters, or it has nothing to filter on.
    """
    kind = source or source_of(sample)
    facts = SOURCES.get(kind or "")
    records = records_in(sample)
    if facts is None or facts.filter_key is None or not records or not isinstance(records[0], dict):
        raise FilterPatternError(
            "sample", "this is no record of a source that has filters; name the source if it is one"
        )
    document, form = decoder(facts)(records[0])
    payload = document.get(facts.filter_key)
    chosen: list[tuple[tuple[str, ...], Any]] = []
    if form is Form.TEXT and facts.records.takes_text and isinstance(payload, str):
        chosen = [((facts.filter_key,), {"prefix": payload.split(maxsplit=1)[0] if payload.strip() else payload})]
    elif form is Form.JSON:
        chosen = list(_choose(facts.filter_key, document, payload, typed=facts.records.typed_attributes))
    if not chosen:
        raise FilterPatternError(f"sample.{facts.filter_key}", "there is nothing in it that a filter could ask for")
    pattern = parse(_nest(chosen))
    return Proposal(facts.kind, pattern, tuple(_examples(pattern, document, [path for path, _ in chosen])))


def _choose(
    key: str, document: Mapping[str, Any], payload: Any, *, typed: bool
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The conditions to propose: what tells the kind of the record, else what looks like a constant, else presence."""
    if typed:
        event = document.get("eventName")
        if isinstance(event, str):
            yield ("eventName",), event
    leaves = sorted(_leaves((key,), _one_image(payload) if typed else payload), key=lambda leaf: len(leaf[0]))
    telling = [leaf for leaf in leaves if _is_constant(leaf[1]) and _bare(_own_name(leaf[0], typed=typed)) in KINDS]
    constant = [leaf for leaf in leaves if _is_constant(leaf[1])]
    if telling or constant:
        yield from (telling or constant)[:MOST]
    else:
        yield from ((path, {"exists": True}) for path, _ in leaves[:MOST])


def _own_name(path: tuple[str, ...], *, typed: bool) -> str:
    """The name of the field, which for an attribute with a type is before its type."""
    return path[-2] if typed else path[-1]


def _one_image(change: Any) -> Any:
    """Of a change the keys and one image, the new one where there is one."""
    if not isinstance(change, Mapping):
        return change
    image = "NewImage" if "NewImage" in change else "OldImage"
    return {name: value for name, value in change.items() if name in ("Keys", image)}


def _bare(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _is_constant(value: Any) -> bool:
    return isinstance(value, bool) or (isinstance(value, str) and _WORD.fullmatch(value) is not None)


def _leaves(path: tuple[str, ...], node: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The leaves outside of arrays that are not too deep."""
    if isinstance(node, dict):
        for name, inner in node.items():
            if isinstance(name, str) and "." not in name and name != "$or" and len(path) <= _DEEPEST:
                yield from _leaves((*path, name), inner)
    elif not isinstance(node, list) and len(path) > 1:
        yield path, node


def _nest(chosen: list[tuple[tuple[str, ...], Any]]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for (*steps, last), condition in chosen:
        node = root
        for step in steps:
            node = node.setdefault(step, {})
        node[last] = [condition]
    return root


def _examples(pattern: Pattern, document: dict[str, Any], paths: list[tuple[str, ...]]) -> Iterator[tuple[str, bool]]:
    """The sample, and the sample with one thing changed."""
    yield "the sample", match(pattern, document)
    for path in paths:
        name = ".".join(path)
        for change, words in (("another value", f"another value in {name}"), (None, f"no {name}")):
            changed = copy.deepcopy(document)
            holder = changed
            for step in path[:-1]:
                holder = holder[step]
            if change is None:
                del holder[path[-1]]
            else:
                holder[path[-1]] = change
            yield words, match(pattern, changed)
    yield "a further field beside the others", match(pattern, {**document, "further": 1})
