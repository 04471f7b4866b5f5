"""What somebody else wrote is shown, and does nothing: not to a terminal, and not to a CI runner."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from cdk_esm.__main__ import main
from cdk_esm.judge.json_text import json_text
from cdk_esm.printed import harmless, laid_out, one_line
from cdk_esm.testing.templates import get, mapping, ref, resource, template

NASTY = [
    pytest.param("\x1b]0;owned\x07", id="title of the window"),
    pytest.param("\x1b[2J", id="clear"),
    pytest.param("\x9b2J", id="C1"),
    pytest.param("a\b\b", id="backspace"),
    pytest.param("a\rb", id="carriage return"),
    pytest.param("\u202egnp.exe", id="bidi"),
    pytest.param("\ud800", id="half a character"),
    pytest.param("a\n::error file=x::owned", id="command"),
    pytest.param("a\n    ::add-mask::x", id="indented command"),
    pytest.param("a\u2028::stop-commands::x", id="another line break"),
    pytest.param("a\x85::set-output name=x::y", id="C1 line break"),
    pytest.param("a##[group]b", id="old command"),
    pytest.param("a##vso[task.setvariable variable=x]y", id="command of Azure"),
    pytest.param("::error::owned", id="command without a line break"),
    pytest.param("a:\n{\n::error::owned\n}", id="command in what looks like JSON"),
]


def assert_harmless(text: str) -> None:
    assert all(line.isprintable() for line in text.split("\n"))
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    assert not re.search(r"##(vso)?\[", text)


@pytest.mark.parametrize("nasty", NASTY)
def test_an_output_with_it_is_harmless(nasty: str) -> None:
    for text in (nasty, f"a\n  {nasty}\nb", one_line(nasty), laid_out(nasty)):
        assert_harmless(harmless(text))


@pytest.mark.parametrize("nasty", NASTY)
def test_one_line_has_one_line(nasty: str) -> None:
    assert len(one_line(nasty).splitlines()) == 1


@pytest.mark.parametrize("text", ["Prüfung — 队列 ✓", "a: b", "a::b", "# heading", "## heading"])
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert harmless(text) == one_line(text) == laid_out(text) == text


def test_a_policy_to_paste_keeps_its_lines() -> None:
    text = f"add this:\n{json.dumps({'A': ['b', {}], 'C': 'd'}, indent=2)}\nand this one to the other:\n{{}}"

    assert laid_out(text) == text


@pytest.mark.parametrize("nasty", NASTY)
def test_json_says_the_same_and_holds_no_command(nasty: str) -> None:
    text = json_text({nasty: [nasty]}, indent=2)

    assert json.loads(text) == {nasty: [nasty]}
    assert_harmless(text)


def hostile(nasty: str) -> dict[str, Any]:
    """A template with a text in every name that is printed somewhere."""
    queue = resource("SQS::Queue", {"QueueName": nasty})
    path = {"Metadata": {"aws:cdk:path": f"Shop/{nasty}/Resource"}}
    elsewhere = f"arn:aws:sqs:eu-west-1:{nasty}:{nasty}"
    orders = {**mapping(get(nasty), BatchSize=nasty, FunctionResponseTypes=[nasty]), **path}
    return template(
        {
            nasty: queue,
            "Orders": orders,
            f"Orders{nasty}": mapping(get(nasty), BatchSize=100, **{nasty: 1}),
            "Other": mapping(elsewhere, DestinationConfig={"OnFailure": {"Destination": nasty}}),
            "Filtered": mapping(get(nasty), FilterCriteria={"Filters": [{"Pattern": nasty}]}),
            "Macro": mapping(ref(nasty), **{"Fn::Transform": {"Name": nasty}}),
        }
    ) | {"Transform": nasty}


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
def test_check_prints_names_harmlessly(
    tmp_path: Path, nasty: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name = nasty.replace("/", "").encode("utf-8", "replace").decode()
    (tmp_path / f"{name}.json").write_text(json.dumps(hostile(nasty)))

    assert main(["check", str(tmp_path), "--format", form]) == 1

    printed = capsys.readouterr().out
    assert printed.count("\n") > 10
    if form == "github":
        printed = re.sub(r"^::(error|warning|notice) (?=[a-z]+=)", "", printed, flags=re.MULTILINE)
    if form == "junit":
        assert printed.isascii()
        ET.fromstring(printed.encode("ascii"))  # noqa: S314 - our own output
    if form in ("json", "sarif"):
        json.loads(printed)
    assert_harmless(printed)


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("form", ["text", "json"])
def test_diff_prints_names_harmlessly(
    tmp_path: Path, nasty: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(hostile(nasty)))
    new.write_text(json.dumps(hostile(nasty + "2")))

    main(["diff", str(old), str(new), "--format", form])

    printed = capsys.readouterr().out
    assert printed.count("\n") > 3
    assert_harmless(printed)


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("form", ["text", "json"])
def test_filter_prints_fields_and_records_harmlessly(
    tmp_path: Path, nasty: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pattern, record = tmp_path / "p.json", tmp_path / "r.json"
    pattern.write_text(json.dumps({"body": {nasty: [nasty], "n": [{"numeric": [">", 1]}]}, nasty: {"a": [1]}}))
    record.write_text(json.dumps({"messageId": nasty, "body": json.dumps({nasty: nasty * 2, "n": nasty})}))
    words = ["filter", "--source", "sqs", "--pattern", str(pattern), "--record", str(record), "--explain"]

    assert main([*words, "--format", form]) in (1, 2)

    printed = capsys.readouterr()
    assert_harmless(printed.out)
    assert_harmless(printed.err)
    assert main(["filter", "--sample", str(record), "--source", "sqs", "--format", form]) == 0
    assert_harmless(capsys.readouterr().out)


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize(
    "words",
    [["check", "{}"], ["diff", "{}", "x"], ["explain", "{}"], ["filter", "--sample", "{}"], ["check", "x", "--{}"]],
    ids=" ".join,
)
def test_a_complaint_is_one_harmless_line(nasty: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = main([word.format(nasty) for word in words])
    except SystemExit as stopped:  # from argparse
        status = 2 if stopped.code == 2 else 0

    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    assert len([line for line in printed.err.splitlines() if not line.lstrip().startswith(("usage", "[", "PATH"))]) == 1
    assert_harmless(printed.err)


@pytest.mark.parametrize("nasty", NASTY)
def test_a_manifest_that_names_no_file_is_told_harmlessly(
    tmp_path: Path, nasty: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = {"type": "aws:cloudformation:stack", "properties": {"templateFile": nasty}}
    (tmp_path / "manifest.json").write_text(json.dumps({"artifacts": {nasty: shop}}))

    assert main(["check", str(tmp_path)]) == 2
    assert_harmless(capsys.readouterr().err)
