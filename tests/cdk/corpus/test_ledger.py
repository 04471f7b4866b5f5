"""A change of templates and its CHANGELOG line come together, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cdk.corpus.ledger import Change, Ledger, NotAccepted, extended, faults, lines_of, read, write

CHANGELOG = """\
# Changelog

## Unreleased

### Template changes

- Queues keep messages
  for a week.
- Alarms tell more.

### Fixed

- Nothing.

## 0.1.0

### Template changes

- None: this is the first release.
"""
WEEK, TOLD = "Queues keep messages for a week.", "Alarms tell more."
BEFORE = Ledger({"sqs": "1", "kinesis": "1"})
AFTER = Ledger(BEFORE.introduced, (Change((WEEK,), {"sqs": "2"}),))
TODAY = {"sqs": "2", "kinesis": "1"}


def test_lines_are_those_about_templates_without_their_breaks() -> None:
    assert lines_of(CHANGELOG) == [WEEK, TOLD]
    assert lines_of("### Template changes\n\n- None: this is the first release.\n") == []


def test_templates_as_they_came_need_no_line() -> None:
    assert list(faults(BEFORE, BEFORE.introduced, [])) == []


def test_a_template_that_changed_without_a_line_is_a_fault() -> None:
    assert list(faults(BEFORE, TODAY, [])) == ["these templates are not as they were accepted: sqs"]


def test_a_change_with_its_line_is_accepted() -> None:
    assert list(faults(AFTER, TODAY, [WEEK])) == []


@pytest.mark.parametrize(
    ("ledger", "lines", "fault"),
    [
        pytest.param(AFTER, [], "this line is not under Template changes of CHANGELOG.md", id="line-gone"),
        pytest.param(AFTER, [WEEK, TOLD], "this CHANGELOG line names no change of a template", id="line-unused"),
        pytest.param(
            Ledger(AFTER.introduced, (*AFTER.changes, Change((WEEK,), {"sqs": "2"}))),
            [WEEK],
            "this line is named by two changes",
            id="line-twice",
        ),
        pytest.param(
            Ledger(AFTER.introduced, (Change((), {"sqs": "2"}),)), [], "no CHANGELOG line tells", id="no-line"
        ),
        pytest.param(
            Ledger(AFTER.introduced, (Change((WEEK,), {"sqs": None}),)), [WEEK], "not as they were", id="variant-back"
        ),
    ],
)
def test_a_ledger_that_does_not_fit_is_a_fault(ledger: Ledger, lines: list[str], fault: str) -> None:
    (found,) = faults(ledger, TODAY, lines)

    assert found.startswith((fault, f"these templates are {fault}"))


def test_an_update_without_a_line_is_refused() -> None:
    with pytest.raises(NotAccepted, match=r"write a line under .* about the change of sqs"):
        extended(BEFORE, TODAY, [])
    with pytest.raises(NotAccepted, match="write a line"):
        extended(AFTER, {**TODAY, "kinesis": "2"}, [WEEK])


def test_an_update_with_a_line_adds_the_change_and_leaves_the_beginning() -> None:
    assert extended(BEFORE, TODAY, [WEEK]) == AFTER
    assert extended(AFTER, {**TODAY, "kinesis": "2"}, [WEEK, TOLD]).changes == (
        *AFTER.changes,
        Change((TOLD,), {"kinesis": "2"}),
    )


def test_a_line_that_no_template_shows_is_refused() -> None:
    with pytest.raises(NotAccepted, match=TOLD):
        extended(AFTER, TODAY, [WEEK, TOLD])


def test_an_update_without_a_change_alters_nothing() -> None:
    assert extended(AFTER, TODAY, [WEEK]) == AFTER


def test_a_new_variant_needs_no_line() -> None:
    assert extended(AFTER, {**TODAY, "msk": "1"}, [WEEK]) == Ledger({**AFTER.introduced, "msk": "1"}, AFTER.changes)


def test_a_variant_that_leaves_needs_a_line() -> None:
    with pytest.raises(NotAccepted, match="kinesis"):
        extended(AFTER, {"sqs": "2"}, [WEEK])
    ledger = extended(AFTER, {"sqs": "2"}, [WEEK, TOLD])

    assert ledger.changes[-1] == Change((TOLD,), {"kinesis": None})
    assert ledger.accepted() == {"sqs": "2"}


def test_a_line_that_is_worded_anew_is_accepted_anew() -> None:
    assert extended(AFTER, TODAY, [TOLD]).changes == (Change((TOLD,), {"sqs": "2"}),)


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    write(tmp_path / "accepted.json", AFTER)

    assert read(tmp_path / "accepted.json") == AFTER


def test_a_ledger_that_is_gone_is_not_begun_anew(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "accepted.json")
