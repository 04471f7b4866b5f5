"""Changes that are meant: agreed to by kind, mapping and reason, on the command line and in a file."""

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.__main__ import main
from cdk_esm.testing.templates import without_fault
from tests.core.diff.diff_templates import renamed

DISABLED = "mapping-disabled:new/Orders=a maintenance window, ends on Friday"
FILTERED = {"Filters": [{"Pattern": '{"body": {"a": ["x"]}}'}]}


@pytest.fixture
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A deployed mapping, and the same switched off."""
    monkeypatch.chdir(tmp_path)
    write("old.json", without_fault())
    write("new.json", without_fault(Enabled=False))
    return ["diff", "old.json", "new.json"]


def write(name: str, document: Any) -> None:
    Path(name).write_text(json.dumps(document))


def test_an_accepted_change_is_shown_and_does_not_fail(sides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(sides) == 1
    capsys.readouterr()

    assert main([*sides, "--accept", DISABLED]) == 0
    printed = capsys.readouterr().out
    assert "  danger  mapping-disabled\n" in printed
    assert "          accepted: a maintenance window, ends on Friday\n" in printed
    assert printed.endswith("1 mapping before, 1 after: 1 accepted\n")


def test_json_keeps_the_reason_and_does_not_count_the_change(
    sides: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main([*sides, "--accept", DISABLED, "--format", "json"])

    document = json.loads(capsys.readouterr().out)
    assert document["changes"][0]["accepted"] == "a maintenance window, ends on Friday"
    assert (document["summary"]["danger"], document["summary"]["accepted"]) == (0, 1)


def test_markdown_shows_an_accepted_change_below_the_others(
    sides: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    write("new.json", without_fault(Enabled=False, FilterCriteria=FILTERED))
    main([*sides, "--accept", DISABLED, "--format", "markdown"])

    lines = capsys.readouterr().out.splitlines()
    rows = [line for line in lines if line.startswith("| ") and "<code>" in line]
    assert lines[1] == "### Event source mappings: 1 danger, 1 accepted"
    assert rows[0].startswith("| **danger** |")
    assert rows[1].startswith("| danger, accepted |")
    assert rows[1].endswith("; accepted: a maintenance window, ends on Friday |")


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param("mapping-disabled:new/Other=no such mapping", id="another mapping"),
        pytest.param("filters-wider:new/Orders=no such change", id="another kind"),
    ],
)
def test_what_is_accepted_elsewhere_counts_here(sides: list[str], entry: str) -> None:
    assert main([*sides, "--accept", entry]) == 1


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        pytest.param("mapping-disabld:new/Orders=why", "did you mean mapping-disabled?", id="no such kind"),
        pytest.param("mapping-disabled:new/Orders", "say which mapping, and why", id="no reason"),
        pytest.param("mapping-disabled:new/Orders= ", "say which mapping, and why", id="an empty reason"),
        pytest.param("mapping-disabled:=why", "say which mapping, and why", id="no mapping"),
        pytest.param("mapping-renamed:new/Sales=why", "AWS refuses mapping-renamed", id="what AWS refuses"),
    ],
)
def test_an_agreement_that_says_nothing_ends_with_2(
    sides: list[str], capsys: pytest.CaptureFixture[str], entry: str, said: str
) -> None:
    assert main([*sides, "--accept", entry]) == 2
    assert said in capsys.readouterr().err


def test_a_name_with_an_equals_sign_can_be_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, enabled in (("old.json", True), ("new.json", False)):
        document = without_fault(Enabled=enabled)
        document["Resources"]["Orders"]["Metadata"] = {"aws:cdk:path": "Shop/a=b/Orders/Resource"}
        write(name, document)

    assert main(["diff", "old.json", "new.json", "--accept", "mapping-disabled:Shop/a=b/Orders=meant"]) == 0


def test_a_file_keeps_what_is_accepted_with_its_reason(sides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    kept = ["--accepted", "accepted.json"]

    assert main([*sides, *kept, "--accept", DISABLED, "--write-accepted"]) == 0
    assert capsys.readouterr().out == "wrote accepted.json with 1 accepted change\n"
    assert main([*sides, *kept]) == 0
    assert json.loads(Path("accepted.json").read_text()) == {
        "version": 1,
        "accepted": [
            {
                "change": "mapping-disabled",
                "path": "new/Orders",
                "setting": "Enabled",
                "before": True,
                "after": False,
                "reason": "a maintenance window, ends on Friday",
            }
        ],
    }


def test_another_change_of_the_same_kind_is_told_again(sides: list[str]) -> None:
    kept = ["--accepted", "accepted.json"]
    entry = "filters-narrower:new/Orders=the other kinds go to another queue"
    write("new.json", without_fault(FilterCriteria=FILTERED))
    main([*sides, *kept, "--accept", entry, "--write-accepted"])
    other = {"Filters": [{"Pattern": '{"body": {"a": ["x"], "b": ["y"]}}'}]}

    assert main([*sides, *kept]) == 0
    write("new.json", without_fault(FilterCriteria=other))
    assert main([*sides, *kept]) == 1


def test_writing_again_keeps_what_still_changes_and_drops_the_rest(
    sides: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    kept = ["--accepted", "accepted.json", "--write-accepted"]
    main([*sides, *kept, "--accept", DISABLED])
    capsys.readouterr()

    write("new.json", without_fault(Enabled=False, FilterCriteria=FILTERED))
    assert main([*sides, *kept]) == 0
    assert capsys.readouterr().out == (
        "wrote accepted.json with 1 accepted change\nnot accepted, and not in it: filters-narrower:new/Orders\n"
    )
    write("new.json", without_fault())
    assert main([*sides, *kept]) == 0
    assert json.loads(Path("accepted.json").read_text())["accepted"] == []


def test_what_aws_refuses_counts_even_if_a_file_names_it(sides: list[str]) -> None:
    write("new.json", renamed(without_fault(), "Orders", "Sales"))
    entry = {"change": "mapping-renamed", "path": "new/Sales", "setting": None, "before": "Orders", "after": "Sales"}
    write("accepted.json", {"version": 1, "accepted": [{**entry, "reason": "meant"}]})

    assert main([*sides, "--accepted", "accepted.json"]) == 1


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(without_fault(), id="a template"),
        pytest.param({"version": 1, "findings": []}, id="a baseline"),
        pytest.param({"version": 2, "accepted": []}, id="another version"),
    ],
)
@pytest.mark.parametrize("option", [[], ["--write-accepted"]])
def test_what_is_no_file_of_accepted_changes_is_neither_read_nor_written_over(
    sides: list[str], document: Any, option: list[str]
) -> None:
    write("other.json", document)

    assert main([*sides, "--accepted", "other.json", *option]) == 2
    assert json.loads(Path("other.json").read_text()) == document


def test_a_file_that_is_not_there_is_named(sides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*sides, "--accepted", "nowhere.json"]) == 2
    assert "nowhere.json" in capsys.readouterr().err


def test_writing_needs_the_name_of_a_file(sides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*sides, "--write-accepted"]) == 2
    assert "--write-accepted needs --accepted FILE" in capsys.readouterr().err
