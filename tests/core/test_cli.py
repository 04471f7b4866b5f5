import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from cdk_esm.__main__ import COMMANDS, main, parser
from cdk_esm.rules.engine import rule_modules
from cdk_esm.rules.explain import rule_text
from cdk_esm.sources import SOURCES

every_rule = pytest.mark.parametrize("module", [pytest.param(module, id=module.RULE.id) for module in rule_modules()])


def test_explain_prints_the_rule_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "ESM201"]) == 0

    assert (
        capsys.readouterr().out
        == """\
ESM201 batch-needs-window

A batch above ten messages needs a batching window.

A poller takes at most ten messages from a queue at once. To fill a larger batch it has to wait, and Lambda wants to be
told how long: without a window it refuses the mapping, on creation and on every update.

Bad, in a template:

    Resources:
      Orders:
        Type: AWS::Lambda::EventSourceMapping
        Properties:
          FunctionName: orders
          EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
          FunctionResponseTypes: [ReportBatchItemFailures]
          BatchSize: 100

Bad, with CDK, in a stack:

    import cdk_esm as esm

    function = esm.NewFunction(code="handlers/orders", handler="app.handler")
    esm.SqsToLambda(
        self,
        "Orders",
        function=function,
        batch_size=100,
    )

Good, in a template:

    Resources:
      Orders:
        Type: AWS::Lambda::EventSourceMapping
        Properties:
          FunctionName: orders
          EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
          FunctionResponseTypes: [ReportBatchItemFailures]
          BatchSize: 100
          MaximumBatchingWindowInSeconds: 1

Good, with CDK, in a stack:

    from aws_cdk import Duration

    import cdk_esm as esm

    function = esm.NewFunction(code="handlers/orders", handler="app.handler")
    esm.SqsToLambda(
        self,
        "Orders",
        function=function,
        batch_size=100,
        max_batching_window=Duration.seconds(1),
    )

severity: error, cannot be acknowledged
facts:
  SQS-BATCH-1, recorded: A batch of more than 10 messages needs a batching window of at least one second.
see: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
"""
    )


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["rules"], id="rules"),
        pytest.param(["sources"], id="sources"),
        pytest.param(["explain", "ESM201"], id="explain"),
    ],
)
def test_a_closed_output_ends_the_command_without_a_traceback(words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "-m", "cdk_esm", *words]
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)

    assert (done.returncode, done.stderr) == (2, b"")


@every_rule
def test_every_rule_has_all_the_parts_of_an_explanation(module: ModuleType) -> None:
    text = rule_text(module)

    assert all((text.summary, text.why, text.bad, text.good))


def test_explain_says_why_an_example_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "ESM006"]) == 0

    out = capsys.readouterr().out
    assert "Bad, in a template" not in out
    assert "There is no example in a template: the code is not in a template." in out


@pytest.mark.parametrize(
    "word", ["esm201", "201", "EESM201", "batch-needs-window", "Batch-Needs-Window", "batch_needs_window"]
)
def test_explain_takes_an_id_and_a_name_as_people_write_them(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", word]) == 0
    assert capsys.readouterr().out.startswith("ESM201 batch-needs-window\n")


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        pytest.param("ESM2001", "did you mean ESM201?", id="id"),
        pytest.param("batch-need-window", "did you mean batch-needs-window?", id="name"),
        pytest.param("ESM10", "did you mean ESM101 or ESM102 or ", id="beginning"),
        pytest.param("batch-needs", "did you mean batch-needs-window?", id="beginning-of-a-name"),
        pytest.param("ESM999", "`cdk-esm rules` lists them all", id="no-rule-is-near"),
    ],
)
def test_explain_says_which_rule_was_meant(word: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", word]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"there is no rule {word}; {hint}" in printed.err


def test_rules_lists_every_rule_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0

    heading, *lines = capsys.readouterr().out.splitlines()
    assert heading.split() == ["id", "name", "severity", "summary"]
    assert [line.split()[:3] for line in lines] == [
        [module.RULE.id, module.RULE.name, str(module.RULE.severity)] for module in rule_modules()
    ]


def test_rules_as_json_have_their_parts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--format", "json"]) == 0

    [rule] = [rule for rule in json.loads(capsys.readouterr().out) if rule["id"] == "ESM201"]
    assert rule == {
        "id": "ESM201",
        "name": "batch-needs-window",
        "severity": "error",
        "summary": "A batch above ten messages needs a batching window.",
        "can_be_acknowledged": False,
        "facts": ["SQS-BATCH-1"],
        "page": "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
    }


def test_sources_shows_every_setting_of_every_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources"]) == 0

    told: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in capsys.readouterr().out.splitlines():
        assert len(line) <= 100
        if line and not line.startswith(" "):
            words = told.setdefault(line, set())
        words.update(line.replace(",", " ").split())
    for sheet in SOURCES.values():
        taken = {name for name, words in told.items() if sheet.kind in words or {"every", "source"} <= words}
        assert taken == set(sheet.by_name), sheet.kind


@pytest.mark.parametrize("kind", SOURCES)
def test_one_source_is_shown_in_full(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", kind]) == 0

    printed = capsys.readouterr().out
    assert printed.startswith(f"{SOURCES[kind].label} ({kind})\n")
    assert all(page in printed for page in SOURCES[kind].pages)


def test_sources_as_json_keep_numbers_as_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "sqs", "--format", "json"]) == 0

    settings = json.loads(capsys.readouterr().out)
    [batch] = [setting for setting in settings if setting["setting"] == "BatchSize"]
    assert {setting["source"] for setting in settings} == {"sqs"}
    assert (batch["minimum"], batch["maximum"], batch["default"]) == (1, 10_000, 10)


@pytest.mark.parametrize(
    ("total", "status", "answer"),
    [
        pytest.param(120, 0, "matches filters[0]\n", id="match"),
        pytest.param(
            20, 1, "matches no filter\n  filters[0] body.total: found 20, wanted a number >= 100\n", id="none"
        ),
    ],
)
def test_filter_tries_a_pattern_on_a_record(
    total: int, status: int, answer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pattern, record = tmp_path / "p.json", tmp_path / "r.json"
    pattern.write_text('{"body": {"total": [{"numeric": [">=", 100]}]}}')
    record.write_text(json.dumps({"messageId": "1", "body": json.dumps({"total": total})}))
    words = ["filter", "--source", "sqs", "--pattern", str(pattern), "--record", str(record), "--explain"]

    assert main(words) == status
    assert capsys.readouterr().out.startswith(answer)


def test_filter_says_on_the_error_output_what_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pattern = tmp_path / "p.json"
    pattern.write_text('{"body": {"total": 100}}')

    assert main(["filter", "--source", "sqs", "--pattern", str(pattern)]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("cdk-esm: filters[0].body.total: ")


def test_every_file_of_a_command_is_listed() -> None:
    files = {file.stem for file in (Path(__file__).parents[2] / "cdk_esm" / "cli").glob("*.py")}

    assert files - {"__init__", "common", "common_inputs"} == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_describes_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])

    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: cdk-esm {command}")


def test_a_parser_can_be_used_again() -> None:
    words = parser()

    assert words.parse_args(["rules"]).run is words.parse_args(["rules", "--format", "json"]).run


def test_a_wrong_command_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["explian"])

    assert stopped.value.code == 2
    assert "invalid choice: 'explian'" in capsys.readouterr().err
