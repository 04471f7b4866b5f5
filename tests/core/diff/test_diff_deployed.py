"""The list of deployed mappings, as the AWS CLI prints it, and the command that takes it."""

import json
from pathlib import Path

import pytest

from cdk_esm.__main__ import main
from cdk_esm.diff.deployed import read_deployed
from cdk_esm.errors import TemplateError
from tests.core.diff.diff_templates import changed, queue
from tests.core.diff.live_mappings import live


def write(path: Path, text: str) -> str:
    path.write_text(text)
    return str(path)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(json.dumps({"EventSourceMappings": [{"UUID": "1"}, {"UUID": "2"}]}), id="a page"),
        pytest.param(
            json.dumps({"EventSourceMappings": [{"UUID": "1"}], "NextToken": "x"})
            + "\n"
            + json.dumps({"EventSourceMappings": [{"UUID": "2"}, {"UUID": "1"}]}, indent=2),
            id="two pages, one mapping on both",
        ),
        pytest.param(json.dumps([{"UUID": "1"}, {"UUID": "2"}]), id="the list alone"),
        pytest.param('{"UUID": "1"} {"UUID": "2"}', id="single mappings"),
        pytest.param("EventSourceMappings:\n- UUID: '1'\n- UUID: '2'\n", id="YAML"),
    ],
)
def test_a_list_is_read_as_it_comes(tmp_path: Path, text: str) -> None:
    assert [one.uuid for one in read_deployed([write(tmp_path / "live.json", text)])] == ["1", "2"]


def test_several_files_are_one_list(tmp_path: Path) -> None:
    files = [write(tmp_path / f"{name}.json", json.dumps([{"UUID": name}])) for name in ("1", "2")]

    assert [one.uuid for one in read_deployed(files)] == ["1", "2"]


def test_a_list_without_its_last_page_is_refused(tmp_path: Path) -> None:
    page = write(tmp_path / "1.json", json.dumps({"EventSourceMappings": [{"UUID": "1"}], "NextToken": "x"}))
    last = write(tmp_path / "2.json", json.dumps({"EventSourceMappings": [{"UUID": "2"}], "NextToken": None}))

    with pytest.raises(TemplateError, match=r"1\.json: the list goes on"):
        read_deployed([page])
    assert [one.uuid for one in read_deployed([page, last])] == ["1", "2"]
    assert [one.uuid for one in read_deployed([last, page])] == ["2", "1"], "a shell puts page 10 before page 2"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{", id="half a page"),
        pytest.param('{"EventSourceMappings": [{}]}', id="a mapping without a UUID"),
        pytest.param('{"EventSourceMappings": {}}', id="no list"),
        pytest.param(json.dumps(queue()), id="a template"),
        pytest.param('{"EventSourceMappings": []} {', id="a page and a half"),
        pytest.param("[" * 100_000, id="too deep"),
        pytest.param("1", id="a number"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(TemplateError):
        read_deployed([write(tmp_path / "live.json", text)])


def test_the_command_takes_several_lists_and_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "Shop.json", json.dumps(queue()))
    first = write(tmp_path / "one.json", json.dumps({"EventSourceMappings": [live(State="Disabled")]}))
    second = write(tmp_path / "two.json", json.dumps({"EventSourceMappings": []}))

    assert main(["diff", "Shop.json", "Shop.json", "--live", first, "--live", second]) == 1
    printed = capsys.readouterr().out
    assert "  danger  live-disabled\n" in printed
    assert printed.endswith("1 mapping before, 1 after, 1 live: 1 danger\n")
    assert (
        main(["diff", "Shop.json", "Shop.json", "--live", first, "--accept", "live-disabled:Shop/Orders=maintenance"])
        == 0
    )
    capsys.readouterr()
    main(["diff", "Shop.json", "Shop.json", "--live", first, "--format", "json"])
    assert json.loads(capsys.readouterr().out)["summary"]["mappings_live"] == 1
    assert main(["diff", "Shop.json", "Shop.json", "--live", "nowhere.json"]) == 2


def test_what_is_not_tied_can_be_agreed_to_by_its_uuid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    document = changed(queue(), "Orders.Properties.EventSourceArn", {"Fn::ImportValue": "queue"})
    write(tmp_path / "Shop.json", json.dumps(document))
    write(tmp_path / "live.json", json.dumps([live()]))
    command = ["diff", "Shop.json", "Shop.json", "--live", "live.json"]

    assert main(command) == 1
    assert "(live side)" in capsys.readouterr().out
    assert main([*command, "--allow-unjudged", "11111111-aaaa=looked at by hand"]) == 0
