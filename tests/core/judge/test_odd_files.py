"""Files and folders that are no ordinary ones: the check answers, and one odd file does not hide the others."""

import io
import json
import os
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.__main__ import main
from cdk_esm.cli import filter as filter_command
from cdk_esm.errors import TemplateError
from cdk_esm.judge.inputs import read_inputs
from cdk_esm.template.cloudformation import files
from cdk_esm.testing.templates import get, mapping, resource, template

ORDERS = json.dumps(template({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"))}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one template."""
    (tmp_path / "shop.json").write_text(ORDERS)
    return tmp_path


def fifo(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def nowhere(path: Path) -> None:
    path.symlink_to("gone.json")


@pytest.mark.parametrize("make", [fifo, endless, nowhere])
@pytest.mark.parametrize("name", ["z.json", "manifest.json"])
def test_what_is_no_regular_file_is_passed_over_in_a_folder(
    folder: Path, make: Callable[[Path], None], name: str
) -> None:
    make(folder / name)

    inputs = read_inputs([str(folder)])

    assert (len(inputs.plans), inputs.skipped) == (1, [])


@pytest.mark.parametrize("name", ["z.json", "manifest.json"])
def test_a_link_to_itself_does_not_hide_the_other_files(folder: Path, name: str) -> None:
    loop(folder / name)

    assert len(read_inputs([str(folder)]).plans) == 1


def test_a_folder_that_nobody_may_look_into_is_not_judged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "closed").mkdir()
    scandir = os.scandir

    def refusing(path: Any) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)

    inputs = read_inputs([str(folder)])

    assert len(inputs.plans) == 1
    [skipped] = inputs.skipped
    assert (skipped.path, skipped.reason, skipped.unreadable) == (
        (folder / "closed").as_posix(),
        "Permission denied",
        True,
    )


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10_000)


@pytest.mark.usefixtures("small_limit")
@pytest.mark.parametrize("words", [["check", "/dev/zero"], ["diff", "/dev/zero", "/dev/zero"]], ids=["check", "diff"])
def test_a_device_that_never_ends_is_read_to_the_limit(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert "more than a template can have" in capsys.readouterr().err


def test_the_limit_is_the_last_byte_that_is_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", len(ORDERS))
    assert len(read_inputs([str(folder / "shop.json")]).plans) == 1

    monkeypatch.setattr(files, "LARGEST", len(ORDERS) - 1)
    with pytest.raises(TemplateError, match="more than a template can have"):
        read_inputs([str(folder / "shop.json")])


@pytest.mark.usefixtures("small_limit")
@pytest.mark.parametrize("word", ["--pattern", "--record", "--sample"])
def test_the_files_of_filter_have_the_same_limit(word: str, tmp_path: Path) -> None:
    pattern = tmp_path / "p.json"
    pattern.write_text('{"body": {"a": ["x"]}}')
    parser = ArgumentParser()
    filter_command.add_arguments(parser)
    given = parser.parse_args(["--source", "sqs", "--pattern", str(pattern), word, "/dev/zero"])
    stderr = io.StringIO()

    assert filter_command.try_filters(given, [], io.StringIO(), stderr) == 2
    assert "/dev/zero: it has more than 10000 bytes" in stderr.getvalue()


def test_a_line_that_never_ends_is_read_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filter_command, "LARGEST", 10_000)
    pattern = tmp_path / "p.json"
    pattern.write_text('{"body": {"a": ["x"]}}')
    parser = ArgumentParser()
    filter_command.add_arguments(parser)
    stderr = io.StringIO()

    with open("/dev/zero", encoding="utf-8") as stdin:  # noqa: PTH123 - a stream, as the standard input is one
        given = parser.parse_args(["--source", "sqs", "--pattern", str(pattern)])
        assert filter_command.try_filters(given, stdin, io.StringIO(), stderr) == 2

    assert "line 1: it has more than 10000 characters" in stderr.getvalue()


def through_a_pipe(path: Path, text: str) -> Path:
    """A pipe that gives a text once, as the shell's ``<(…)`` does."""
    os.mkfifo(path)
    threading.Thread(target=path.write_text, args=(text,), daemon=True).start()
    return path


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
def test_a_pipe_by_its_name_is_read_once(tmp_path: Path, form: str) -> None:
    pipe = through_a_pipe(tmp_path / "shop", ORDERS)

    assert main(["check", str(pipe), "--format", form]) == 1


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param({"body": {"a": ["x"]}}, id="pattern"),
        pytest.param([{"body": {"a": ["x"]}}], id="list"),
        pytest.param({"Filters": [{"Pattern": '{"body": {"a": ["x"]}}'}]}, id="criteria"),
    ],
)
def test_a_pattern_can_come_through_a_pipe(tmp_path: Path, pattern: Any, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = through_a_pipe(tmp_path / "pattern", json.dumps(pattern))
    record = tmp_path / "record.json"
    record.write_text(json.dumps({"messageId": "1", "body": '{"a": "x"}'}))

    assert main(["filter", "--source", "sqs", "--pattern", str(pipe), "--record", str(record)]) == 0
    assert capsys.readouterr().out == "matches filters[0]\n"


@pytest.mark.parametrize(
    "path", [pytest.param("x" * 5000, id="long"), pytest.param("\ud800", id="half a character"), "a\0b", ""]
)
@pytest.mark.parametrize(
    "words",
    [
        ["check", "{}"],
        ["check", "--templates-only", "{}"],
        ["check", "{folder}", "--baseline", "{}"],
        ["check", "{folder}", "--baseline", "{}", "--write-baseline"],
        ["diff", "{}", "{folder}"],
        ["diff", "{folder}", "{}"],
        ["filter", "--source", "sqs", "--pattern", "{}"],
        ["filter", "--sample", "{}"],
    ],
    ids=" ".join,
)
def test_a_path_of_any_kind_gets_an_answer(
    folder: Path, words: list[str], path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word.format(path, folder=folder) for word in words]) == 2

    said = capsys.readouterr().err
    assert said.startswith("cdk-esm: ")
    assert path or "a path is empty" in said


def test_what_lies_below_a_file_is_not_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(folder / "shop.json" / "manifest.json")]) == 2
    assert capsys.readouterr().err.endswith("Not a directory\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_template_in_a_folder_that_powershell_wrote_is_named(folder: Path, encoding: str) -> None:
    (folder / "late.json").write_bytes(ORDERS.encode(encoding))

    inputs = read_inputs([str(folder)])

    assert [(one.path, one.unreadable) for one in inputs.skipped] == [((folder / "late.json").as_posix(), True)]


def test_the_broken_manifest_of_an_assembly_is_named(folder: Path) -> None:
    stack = {"type": "aws:cloudformation:stack", "properties": {"templateFile": "shop.json"}}
    (folder / "manifest.json").write_text(json.dumps({"artifacts": {"Shop": stack}})[:-1])

    inputs = read_inputs([str(folder)])

    assert [(one.path, one.unreadable) for one in inputs.skipped] == [((folder / "manifest.json").as_posix(), True)]


def test_a_manifest_that_was_cut_short_beside_templates_of_cdk_is_named(folder: Path) -> None:
    (folder / "shop.json").rename(folder / "Shop.template.json")
    (folder / "manifest.json").write_text("{")

    inputs = read_inputs([str(folder)])

    assert (len(inputs.plans), [Path(one.path).name for one in inputs.skipped]) == (1, ["manifest.json"])


def test_the_broken_manifest_of_something_else_is_nobodys_fault(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"name": "a page", // of an app')

    assert read_inputs([str(folder)]).skipped == []
