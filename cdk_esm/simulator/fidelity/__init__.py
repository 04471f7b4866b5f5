"""Fidelity as data: every semantic step of the simulation, how sure it is, and where it is from.

Code and trace name the steps, so that each decision can be looked up: ``cdk-esm simulate --fidelity`` prints them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cdk_esm.simulator.fidelity import common_steps, queue_steps, share_steps, stream_steps
from cdk_esm.simulator.fidelity.step import Label, Step
from cdk_esm.sources import SOURCES

__all__ = ["STEPS", "Label", "Step", "counts", "steps_of"]

STEPS: Final[Mapping[str, Step]] = {
    step.id: step
    for module in (common_steps, queue_steps, stream_steps, share_steps)
    for step in vars(module).values()
    if isinstance(step, Step)
}
"""Every step by its id."""


def steps_of(source: str) -> tuple[Step, ...]:
    """The steps of a source kind, in the order in which they are written."""
    shape = SOURCES[source].shape
    return tuple(step for step in STEPS.values() if shape in step.shapes and (not step.only or source in step.only))


def counts(source: str) -> Mapping[Label, int]:
    """How many steps of a source kind have which label."""
    found = [step.label for step in steps_of(source)]
    return {label: found.count(label) for label in Label}
