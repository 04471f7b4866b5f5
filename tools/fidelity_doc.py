"""Writes docs/reference/fidelity.md: every step of the simulator, and how sure it is that AWS does the same."""

from __future__ import annotations

from cdk_esm.report.table import markdown_table
from cdk_esm.simulator.fidelity import STEPS, Label, counts, steps_of
from cdk_esm.sources import SOURCES

_HEAD = """\
# How sure the simulator is

This page is generated from `cdk_esm/simulator/fidelity`. `cdk-esm simulate --fidelity` prints the same.

Every decision in a trace has the id of its step, and every step has a label:

- `recorded`: AWS itself was seen to do so.
- `documented`: a page of AWS says so.
- `chosen`: neither; our choice, with the reason. If such a step loses a record, the summary of the trace says so.

"""


def fidelity_markdown() -> str:
    """The page: the count of labels for each source, and then every step."""
    sources = [{"source": kind, **{label.value: count for label, count in counts(kind).items()}} for kind in SOURCES]
    names = {id(step): [kind for kind in SOURCES if step in steps_of(kind)] for step in STEPS.values()}
    steps = [
        {
            "step": step.id,
            "what": step.what,
            "label": step.label.value,
            "proof or reason": step.proof,
            "sources": "all" if len(names[id(step)]) == len(SOURCES) else names[id(step)],
        }
        for step in STEPS.values()
    ]
    columns = ["step", "what", "label", "proof or reason", "sources"]
    return (
        _HEAD
        + markdown_table(sources, ["source", *(label.value for label in Label)])
        + "\n\n"
        + markdown_table(steps, columns)
        + "\n"
    )
