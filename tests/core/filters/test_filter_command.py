import argparse
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.cli import filter as cli

BIG = {"body": {"total": [{"numeric": [">=", 100]}]}}
RECORDS = [{"body": '{"total": 120}'}, {"body": '{"total": 20}'}, {"body": "text"}]
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command; a value that is no text becomes a file that holds it as JSON."""

    def command(*words: Any, stdin: str = "") -> tuple[int, str]:
        parser = argparse.ArgumentParser()
        cli.add_arguments(parser)
        written = []
        for number, word in enumerate(words):
            path = tmp_path / f"{number}.json"
            if not isinstance(word, str | Path):
                path.write_text(json.dumps(word))
            written.append(str(word if isinstance(word, str | Path) else path))
        stdout, stderr = io.StringIO(), io.StringIO()
        status = cli.try_filters(parser.parse_args(written), io.StringIO(stdin), stdout, stderr)
        return status, stdout.getvalue() + stderr.getvalue()

    return command


def test_record_that_matches_ends_with_zero(run: Run) -> None:
    assert run("--source", "sqs", "--pattern", BIG, "--record", RECORDS[0]) == (0, "matches filters[0]\n")


def test_record_that_does_not_match_ends_with_one(run: Run) -> None:
    assert run("--source", "sqs", "--pattern", BIG, "--record", RECORDS[1]) == (1, "matches no filter\n")


def test_explanation_says_why(run: Run) -> None:
    status, text = run("--source", "sqs", "--pattern", BIG, "--record", RECORDS[1], "--explain")

    assert status == 1
    assert text.startswith(
        "matches no filter\n  filters[0] body.total: found 20, wanted a number >= 100\n  so Lambda del"
    )


def test_input_that_is_no_utf_8_ends_with_two(tmp_path: Path) -> None:
    pattern = tmp_path / "pattern.json"
    pattern.write_text(json.dumps(BIG))
    command = [sys.executable, "-m", "cdk_esm", "filter", "--source", "sqs", "--pattern", str(pattern)]

    done = subprocess.run(command, input=b'{"body": "\xff"}\n', capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (2, b"cdk-esm: the standard input is no UTF-8 text\n")


def test_half_a_character_is_printed_as_json_writes_it(tmp_path: Path, run: Run) -> None:
    pattern, record = tmp_path / "pattern.json", tmp_path / "record.json"
    pattern.write_text(json.dumps(BIG))
    record.write_text(r'{"body": {"total": "\ud800"}}')
    command = [sys.executable, "-m", "cdk_esm", "filter", "--source", "sqs", "--pattern", str(pattern), "--explain"]

    done = subprocess.run([*command, "--record", str(record)], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (1, "")
    assert r'found "\ud800", wanted a number' in done.stdout
    status, text = run("--sample", record)
    assert (status, text.splitlines()[0]) == (0, '{"body":{"total":[{"exists":true}]}}')


def test_byte_order_mark_is_no_fault(tmp_path: Path, run: Run) -> None:
    record, pattern = tmp_path / "record.json", tmp_path / "pattern.json"
    for path, value in ((record, RECORDS[0]), (pattern, BIG)):
        path.write_text(json.dumps(value), encoding="utf-8-sig")

    assert run("--source", "sqs", "--pattern", pattern, "--record", record) == (0, "matches filters[0]\n")


def test_key_that_stands_twice_is_found_in_a_list_of_patterns_too(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "patterns.json"
    path.write_text(r' [ {"body": {"a": ["x"], "a": ["y"]}} , "{\"body\": {\"b\": [1]}}" ]')

    status, text = run("--source", "sqs", "--pattern", path, "--record", {"body": '{"b": 1}'})

    assert (status, text.splitlines()[-1]) == (0, "matches filters[1]")
    assert text.startswith("danger: filters[0].body.a: ")


@pytest.mark.parametrize(
    ("record", "words"),
    [
        pytest.param("[" * 300_000, "not JSON: nested too deeply", id="deep"),
        pytest.param("[" + "1" * 5000 + "," + "[" * 300_000, "not JSON: nested too deeply", id="long-number-and-deep"),
        pytest.param('{"body": NaN}', "not JSON: NaN", id="nan"),
    ],
)
def test_hostile_record_is_named(tmp_path: Path, run: Run, record: str, words: str) -> None:
    path = tmp_path / "record.json"
    path.write_text(record)

    status, text = run("--source", "sqs", "--pattern", BIG, "--record", path)

    assert (status, text) == (2, f"cdk-esm: {path}: {words}\n")


def test_event_holds_several_records(run: Run) -> None:
    status, text = run("--source", "sqs", "--pattern", BIG, "--record", {"Records": RECORDS})

    assert status == 1
    assert text == "matches filters[0]\nmatches no filter\nmatches no filter\n1 of 3 records match\n"


def test_event_without_records_matches_as_a_whole(run: Run) -> None:
    assert run("--source", "sqs", "--pattern", BIG, "--record", {"Records": []}) == (0, "0 of 0 records match\n")


def test_records_are_read_line_by_line(run: Run) -> None:
    lines = "\n\n".join(json.dumps(record) for record in RECORDS[:2])

    assert run("--source", "sqs", "--pattern", BIG, stdin=lines) == (
        1,
        "line 1: matches filters[0]\nline 3: matches no filter\n1 of 2 records match\n",
    )
    status, text = run("--source", "sqs", "--pattern", BIG, "--explain", stdin=lines)
    assert status == 1
    assert "line 3: matches no filter\n  filters[0] body.total: found 20" in text


def test_lines_that_all_match_end_with_zero(run: Run) -> None:
    assert run("--source", "sqs", "--pattern", BIG, stdin=json.dumps(RECORDS[0])) == (0, "line 1: matches filters[0]\n")


def test_answer_in_json_is_one_object_on_each_line(run: Run) -> None:
    lines = "\n".join(json.dumps(record) for record in RECORDS[:2])
    status, text = run("--source", "sqs", "--pattern", BIG, "--format", "json", stdin=lines)

    assert status == 1
    assert [json.loads(line) for line in text.splitlines()] == [
        {"line": 1, "matched": True, "filter_index": 0},
        {"line": 2, "matched": False, "filter_index": None},
        {"records": 2, "matched": 1, "findings": []},
    ]


def test_explanation_in_json_has_its_parts(run: Run) -> None:
    _, text = run("--source", "sqs", "--pattern", BIG, "--record", RECORDS[1], "--format", "json", "--explain")
    answer, summary = map(json.loads, text.splitlines())

    assert set(answer) == {"matched", "filter_index", "reasons", "consequence"}
    assert answer["reasons"][0]["path"] == "body.total"
    assert summary == {"records": 1, "matched": 0, "findings": []}


def test_findings_come_first_and_change_no_status(run: Run) -> None:
    pattern = {"data": {"total": [{"exists": False}]}}
    status, text = run("--source", "sqs", "--pattern", pattern, "--record", RECORDS[0])
    _, as_json = run("--source", "sqs", "--pattern", pattern, "--record", RECORDS[0], "--format", "json")

    assert status == 0
    assert text.startswith("danger: filters[0].data: ")
    assert text.endswith("\nmatches filters[0]\n")
    assert json.loads(as_json.splitlines()[-1])["findings"][0]["code"] == "unknown-key"


def test_several_filters_come_in_several_files_a_list_or_a_filter_criteria(run: Run) -> None:
    small = {"body": {"total": [{"numeric": ["<", 50]}]}}
    criteria = {"Filters": [{"Pattern": json.dumps(BIG)}, {"Pattern": json.dumps(small)}]}

    assert (
        run("--source", "sqs", "--pattern", BIG, "--pattern", small, "--record", RECORDS[1])[1]
        == "matches filters[1]\n"
    )
    assert run("--source", "sqs", "--pattern", [BIG, small], "--record", RECORDS[1])[1] == "matches filters[1]\n"
    assert run("--source", "sqs", "--pattern", criteria, "--record", RECORDS[1])[1] == "matches filters[1]\n"
    assert run("--source", "sqs", "--pattern", {"Filters": [BIG, small]}, "--record", RECORDS[1])[1] == (
        "matches filters[1]\n"
    )
    assert run("--source", "sqs", "--pattern", {"Filters": []}, "--record", RECORDS[1]) == (0, "matches\n")


def test_pattern_whose_field_is_called_filters_is_a_pattern(run: Run) -> None:
    status, text = run("--source", "sqs", "--pattern", {"Filters": {"a": ["x"]}}, "--record", RECORDS[1])

    assert status == 1
    assert "filters[0].Filters" in text


def test_key_that_stands_twice_in_the_file_is_found(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "twice.json"
    path.write_text('{"body": {"a": [1]},\n "body": {"b": [2]}}')

    assert "[ESM513 duplicate-key]" in run("--source", "sqs", "--pattern", path, "--record", {"body": "{}"})[1]


def test_what_is_known_is_taken_into_account(run: Run) -> None:
    text_pattern = {"body": [{"prefix": "te"}]}
    image = {"dynamodb": {"NewImage": {"a": {"S": ["x"]}}}}

    assert run("--source", "sqs", "--pattern", text_pattern, "--payload", "text", "--record", RECORDS[2]) == (
        0,
        "matches filters[0]\n",
    )
    assert (
        "[ESM510 image-not-in-stream]"
        in run("--source", "dynamodb", "--pattern", image, "--view-type", "KEYS_ONLY", "--record", {})[1]
    )


@pytest.mark.parametrize(
    ("words", "stdin", "error"),
    [
        pytest.param(["--source", "sqs"], "", "name a --source and a --pattern, or a --sample", id="no-pattern"),
        pytest.param(["--pattern", BIG], "", "name a --source and a --pattern, or a --sample", id="no-source"),
        pytest.param(["--source", "sqs", "--pattern", "/no/such/file"], "", "/no/such/file", id="no-file"),
        pytest.param(["--source", "sqs", "--pattern", BIG, "--record", "/no/file"], "", "/no/file", id="no-record"),
        pytest.param(["--source", "sqs", "--pattern", BIG], '{"body"', "line 1: not JSON", id="broken-line"),
        pytest.param(["--source", "sqs", "--pattern", BIG], "[" * 100_000, "line 1: not JSON", id="deep-line"),
        pytest.param(["--source", "sqs", "--pattern", {"body": {"a": 1}}], "", "filters[0].body.a: ", id="refused"),
        pytest.param(["--sample", {"a": 1}], "", "sample: ", id="no-sample"),
    ],
)
def test_what_cannot_be_read_ends_with_two(run: Run, words: list[Any], stdin: str, error: str) -> None:
    status, text = run(*words, stdin=stdin)
    _, as_json = run(*words, "--format", "json", stdin=stdin)

    assert status == 2
    assert text.startswith("cdk-esm: ")
    assert error in text
    assert error in json.loads(as_json.splitlines()[-1])["error"]


def test_file_that_is_no_json_is_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text("{")

    assert f"{path}: not JSON: " in run("--source", "sqs", "--pattern", path)[1]


def test_file_that_is_no_text_cannot_be_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bytes.json"
    path.write_bytes(b"\xff\xfe")

    assert run("--source", "sqs", "--pattern", path)[0] == 2


def test_sample_proposes_a_pattern_and_shows_what_it_matches(run: Run) -> None:
    sample = {"messageId": "1", "body": '{"type": "created"}'}

    status, text = run("--sample", sample)

    assert status == 0
    assert text.splitlines() == [
        '{"body":{"type":["created"]}}',
        "  matches: the sample",
        "  does not match: another value in body.type",
        "  does not match: no body.type",
        "  matches: a further field beside the others",
    ]


def test_sample_answers_in_json_for_a_named_source(run: Run) -> None:
    status, text = run("--sample", {"body": '{"type": "created"}'}, "--source", "sqs-fifo", "--format", "json")

    assert status == 0
    assert json.loads(text) == {
        "source": "sqs-fifo",
        "pattern": {"body": {"type": ["created"]}},
        "examples": [
            {"record": "the sample", "matches": True},
            {"record": "another value in body.type", "matches": False},
            {"record": "no body.type", "matches": False},
            {"record": "a further field beside the others", "matches": True},
        ],
    }


def test_command_says_what_it_takes() -> None:
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)

    assert "exit status: 0 every record matches" in parser.format_help()
    with pytest.raises(SystemExit):
        parser.parse_args(["--source", "s3"])


def test_a_pattern_in_the_place_of_its_file_is_answered_with_what_to_give(run: Run) -> None:
    assert "this takes the name of a file with the JSON" in run("--source", "sqs", "--pattern", '{"body": ["a"]}')[1]
    assert "this takes" not in run("--source", "sqs", "--pattern", "nowhere.json")[1]
