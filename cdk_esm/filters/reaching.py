"""Whether a pattern can match what a service sends in the place of the payload: no guess is made against it.

A pattern counts as one that may match unless some condition of each of its branches asks for what no such document
has: a field that is not there, something below a text, or a value of another type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdk_esm.facts import SourceFacts
from cdk_esm.filters.branches import Branch, branches
from cdk_esm.filters.pattern import EQUALS, Condition, Matcher, Number, Path, Pattern, field_names
from cdk_esm.filters.values import takes_absence
from cdk_esm.sources.envelopes import Envelope, Leaf, Members, Named, Shape


@dataclass(frozen=True)
class Miss:
    """A condition that no document of an envelope satisfies.

    Args:
        path: the keys that lead to it in the pattern.
        in_text: it looks into the payload, which the envelope holds as a text.
    """

    path: Path
    in_text: bool = False


def miss_of(facts: SourceFacts, pattern: Pattern, envelope: Envelope, *, gap: str | None = None) -> Miss | None:
    """The first condition that keeps a pattern from every document of an envelope; ``None`` if it may match one.

    Args:
        facts: the source.
        pattern: the pattern.
        envelope: what is sent.
        gap: what marks a name of which only the deployment knows some part: it may be any.
    """
    misses: list[Miss] = []
    documents: tuple[Mapping[str, Shape] | None, ...] = envelope.documents or (None,)
    for branch in branches(pattern.root):
        for document in documents:
            path = _miss_in(facts, branch, document, gap)
            if path is None:
                return None
            misses.append(Miss(path, in_text=_looks_into_text(facts, path, envelope)))
    return misses[0]


def _miss_in(facts: SourceFacts, branch: Branch, document: Mapping[str, Shape] | None, gap: str | None) -> Path | None:
    """The first condition of a branch that a document does not satisfy; a document that is no JSON satisfies none."""
    for name, leaf in branch.items():
        key, *steps = name.split(".")
        if document is not None and gap is not None and gap in name:
            continue
        if key == facts.filter_key and (document is None or not _may_hold(document, tuple(steps), leaf.condition)):
            return leaf.path
    return None


def _looks_into_text(facts: SourceFacts, path: Path, envelope: Envelope) -> bool:
    steps = tuple(".".join(field_names(path)).split("."))
    into = (str(facts.filter_key), *envelope.as_text)
    return bool(envelope.as_text) and len(steps) > len(into) and steps[: len(into)] == into


def _may_hold(shape: Shape, steps: tuple[str, ...], condition: Condition) -> bool:
    """Whether a condition on what the steps lead to can be satisfied by a document of that shape."""
    if takes_absence(condition) or shape is Leaf.ANYTHING:
        return True
    if isinstance(shape, Members):
        return _may_hold(shape.each, steps, condition)
    if isinstance(shape, Named):  # a name may have dots in it
        return any(_may_hold(shape.each, steps[count:], condition) for count in range(1, len(steps) + 1))
    if isinstance(shape, Leaf):
        return not steps and any(_takes(matcher, shape) for matcher in condition.matchers)
    return bool(steps) and steps[0] in shape and _may_hold(shape[steps[0]], steps[1:], condition)


def _takes(matcher: Matcher, leaf: Leaf) -> bool:
    """Whether an operator can take a value of a type; ``anything-but`` takes whatever it does not name."""
    if matcher.operator in ("exists", "anything-but"):
        return True
    if matcher.operator == "numeric":
        return leaf in (Leaf.NUMBER, Leaf.SCALAR)
    if matcher.operator in (EQUALS, "exactly"):
        return _is_of(matcher.values[0], leaf)
    return leaf in (Leaf.TEXT, Leaf.SCALAR)  # all others compare texts


def _is_of(value: object, leaf: Leaf) -> bool:
    if isinstance(value, Number):
        return leaf in (Leaf.NUMBER, Leaf.SCALAR)
    if isinstance(value, bool):
        return leaf is Leaf.FLAG
    return leaf in (Leaf.TEXT, Leaf.SCALAR) if isinstance(value, str) else False
