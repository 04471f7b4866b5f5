"""What a step of the simulation is, and how sure it is that AWS does the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cdk_esm.facts import Shape


class Label(StrEnum):
    """How sure a step is."""

    RECORDED = "recorded"
    """AWS's own answer was recorded."""

    DOCUMENTED = "documented"
    """A page of AWS says so."""

    CHOSEN = "chosen"
    """Neither: our deterministic choice."""


QUEUES = frozenset({Shape.QUEUE})
STREAMS = frozenset({Shape.STREAM, Shape.CONSUMER, Shape.TABLE})
KAFKA = frozenset({Shape.CLUSTER})
BROKERS = frozenset({Shape.BROKER})
DOCUMENTS = frozenset({Shape.DOCUMENT_CLUSTER})
EVERY = frozenset(Shape)


@dataclass(frozen=True)
class Step:
    """One semantic step.

    Args:
        id: its name, as the trace and ``cdk-esm simulate --fidelity`` print it.
        label: how sure it is.
        shapes: the shapes of sources that it is about.
        what: what happens, in a sentence.
        proof: the page, what was recorded, or why we chose so.
        only: the source kinds that it is about, if not every one of these shapes.
    """

    id: str
    label: Label
    shapes: frozenset[Shape]
    what: str
    proof: str
    only: frozenset[str] = frozenset()


def recorded(name: str, shapes: frozenset[Shape], what: str, proof: str) -> Step:
    """A step that AWS was seen to take."""
    return Step(name, Label.RECORDED, shapes, what, proof)


def documented(
    name: str, shapes: frozenset[Shape], what: str, proof: str, *, only: frozenset[str] = frozenset()
) -> Step:
    """A step that a page of AWS describes."""
    return Step(name, Label.DOCUMENTED, shapes, what, proof, only)


def chosen(name: str, shapes: frozenset[Shape], what: str, proof: str, *, only: frozenset[str] = frozenset()) -> Step:
    """A step that is our choice."""
    return Step(name, Label.CHOSEN, shapes, what, proof, only)
