"""Every kind of change: there is a case in which it is told, and it says what to do."""

from pathlib import Path
from types import ModuleType

import pytest

from cdk_esm.diff.changes import Change
from cdk_esm.diff.kinds import KINDS
from tests.core.diff import (
    test_diff_around,
    test_diff_changes,
    test_diff_handlers,
    test_diff_live,
    test_diff_load,
    test_diff_renewals,
    test_diff_updates,
)
from tests.core.diff.diff_templates import difference
from tests.core.diff.live_mappings import look
from tests.core.reviewed import reviewed

TEXTS = Path(__file__).parent / "texts"
MODULES = (
    test_diff_around,
    test_diff_changes,
    test_diff_load,
    test_diff_updates,
    test_diff_live,
    test_diff_renewals,
    test_diff_handlers,
)
TOLD_ELSEWHERE = {"stack-gone", "stack-renamed", "live-in-no-template", "live-missing"}


def test_every_kind_has_a_case_in_which_it_is_told() -> None:
    assert {case.values[2] for module in MODULES for case in module.FIRE} | TOLD_ELSEWHERE == set(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_says_why_it_matters_and_what_to_do(name: str) -> None:
    kind = KINDS[name]

    assert kind.why.endswith(".")
    assert kind.fix
    assert not kind.fix.endswith(".")
    assert kind.page.startswith("https://")


def _in_full(change: Change) -> str:
    """Every part of a change on lines of its own, as it is told."""
    parts = change.to_dict()
    told = (f"  {name}: {parts[name]}" for name in ("setting", "before", "after", "message", "fix", "evidence"))
    return "\n".join([f"{parts['severity']} {parts['change']} at {parts['path']}", *told])


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit("_", 1)[1])
def test_words_of_every_change_are_those_that_were_reviewed(module: ModuleType, tmp_path: Path) -> None:
    texts = []
    for case in module.FIRE:
        before, after = case.values[:2]
        found = look(before, after) if module is test_diff_live else difference(tmp_path, before, after)
        texts.append("\n".join([f"# {case.id}", *(_in_full(change) for change in found.changes)]))

    text = "\n\n".join(texts) + "\n"
    assert reviewed(TEXTS / f"{module.__name__.rsplit('_', 1)[1]}.txt", text) == text
