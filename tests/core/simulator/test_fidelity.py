"""Every step of the simulation has its label, its source, and a test that shows it."""

import importlib
import re
from pathlib import Path

import pytest

import cdk_esm.simulator
from cdk_esm.simulator import Record, simulate
from cdk_esm.simulator.fidelity import STEPS, Label, counts, steps_of
from cdk_esm.sources import SOURCES
from cdk_esm.sources import pages as aws_pages
from cdk_esm.testing.plans import mapping, with_queue
from tests.core.simulator.helping import SHOWN, bad, raising

FOLDER = Path(__file__).parent
PAGES = {value for value in vars(aws_pages).values() if isinstance(value, str) and value.startswith("https://")}


def test_every_step_is_shown_by_a_test_that_states_its_label() -> None:
    for file in FOLDER.glob("test_*.py"):
        if file.name != Path(__file__).name:
            importlib.import_module(f"tests.core.simulator.{file.stem}")

    assert set(STEPS) - set(SHOWN) == set()


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_documented_step_names_its_page_and_the_others_a_reason(step: object) -> None:
    label, proof = step.label, step.proof  # type: ignore[attr-defined]

    assert (proof in PAGES) == (label is Label.DOCUMENTED)
    assert len(proof) > 10


@pytest.mark.parametrize("kind", SOURCES)
def test_every_source_has_steps_and_their_count(kind: str) -> None:
    found = counts(kind)

    assert sum(found.values()) == len(steps_of(kind)) > 15


def test_no_chosen_step_decides_a_loss_without_saying_so() -> None:
    plan = with_queue(mapping("sqs"), visibility_timeout_seconds=300, retention_seconds=900)
    trace = simulate(plan, raising(bad), [Record("bad", at=-1)])

    assert trace.summary.lost_by_choice == {"in-flight-expiry": 1}
    assert "our choice" in trace.show()


def test_the_code_names_no_step_that_is_not_listed() -> None:
    package = Path(cdk_esm.simulator.__file__).parent
    defined = {
        name
        for file in package.glob("fidelity/*_steps.py")
        for name in re.findall(r"^([A-Z_]+): Final", file.read_text(), re.MULTILINE)
    }

    assert len(defined) == len(STEPS)
