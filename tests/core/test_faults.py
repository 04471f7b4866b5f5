"""``docs/guide/faults.md`` answers every fault, with rules, alarms and changes that are there."""

import re
from pathlib import Path

import pytest

from cdk_esm.alarms.select import KEYS
from cdk_esm.diff.kinds import KINDS
from cdk_esm.rules.engine import rules

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "guide" / "faults.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in TEXT.splitlines() if re.match(r"\| \d", line)]
FACTS = ROOT.parent / "shared" / "facts" / "faults.md"
NOT_VISIBLE_BEFORE = {"22", "23"}


@pytest.mark.skipif(not FACTS.is_file(), reason="the list of faults is not beside the project")
def test_every_fault_of_the_list_has_a_row_of_the_same_harm() -> None:
    known = {
        cells[0].strip(): set(cells[2].replace("deploy", "").replace("/", " ").split())
        for cells in (line.split("|")[1:] for line in FACTS.read_text(encoding="utf-8").splitlines())
        if len(cells) > 2 and cells[0].strip().isdigit()
    }

    assert {row[0]: set(row[2].split()) for row in ROWS} == known


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_rules_changes_and_alarms_that_answer_a_fault_exist(row: list[str]) -> None:
    number, _, _, ours, before, running = row

    assert set(re.findall(r"ESM\d{3}", before)) <= set(rules())
    assert set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", before)) <= {*KINDS, "cdk-esm"}
    assert set(re.findall(r"`(\w+)`", running)) <= set(KEYS)
    assert bool(re.search(r"ESM\d{3}|in a diff", before)) == (number not in NOT_VISIBLE_BEFORE)
    assert ours or before


def test_the_page_numbers_forty_faults() -> None:
    assert [row[0] for row in ROWS] == [str(number) for number in range(1, 41)]
