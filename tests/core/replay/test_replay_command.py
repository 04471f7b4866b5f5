"""``cdk-esm replay`` as a command: dry by default, in words, and never with a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.__main__ import main
from cdk_esm.cli import replay as command
from cdk_esm.replay import Progress
from cdk_esm.replay.meter import Meter
from tests.core.replay.fakes import BUCKET, UUID, AwsError, FakeLambda, FakeS3, click, document, key

QUEUE = "arn:aws:sqs:eu-west-1:111122223333:orders-dead"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeLambda:
    monkeypatch.chdir(tmp_path)
    found = FakeLambda(lambda _: None)
    s3 = FakeS3({key("2026-11-20T08.00.00"): document({"Records": [click(1), click(2)]})})
    monkeypatch.setattr(command, "clients", lambda: (s3, found))
    return found


@pytest.mark.parametrize("bucket", [BUCKET, f"s3://{BUCKET}/", f"arn:aws:s3:::{BUCKET}"])
def test_it_is_dry_by_default(bucket: str, client: FakeLambda, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", bucket, "--mapping", UUID]) == 0
    said = capsys.readouterr().out

    assert client.events == []
    assert not list(Path.cwd().iterdir())
    assert "1 object with 2 records" in said
    assert "Order is lost" in said
    assert "--execute" in said


def test_with_execute_it_invokes_and_remembers(client: FakeLambda, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", BUCKET, "--execute"]) == 0
    assert main(["replay", BUCKET, "--execute"]) == 0
    said = capsys.readouterr().out

    assert len(client.events) == 1
    assert "2 records processed" in said
    assert "1 done before" in said
    assert [*Progress.of(Path(f"esm-replay-{BUCKET}.json"), BUCKET).states.values()] == [{"state": "done"}]


def test_a_mapping_is_found_however_its_uuid_is_written(client: FakeLambda) -> None:
    assert main(["replay", BUCKET, "--mapping", UUID.upper(), "--execute"]) == 0
    assert len(client.events) == 1


def test_what_is_left_ends_with_one(client: FakeLambda, capsys: pytest.CaptureFixture[str]) -> None:
    client.handler = lambda _: {"batchItemFailures": [{"itemIdentifier": "1"}]}

    assert main(["replay", BUCKET, "--execute", "--function", "other"]) == 1
    assert client.names == ["other"]
    assert f"esm-replay-{BUCKET}.json remembers" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param([], "name the BUCKET", id="nothing"),
        pytest.param(["Not_A_Bucket"], "no name of a bucket", id="no bucket"),
        pytest.param([BUCKET, "--since", "soon"], "--since soon: write a time", id="no time"),
        pytest.param([BUCKET, "--until", "2026-11-20T08:00"], "has no time zone", id="no time zone"),
        pytest.param([BUCKET, "--since", "2026-11-20"], "write 2026-11-20T00:00Z", id="a day"),
        pytest.param([BUCKET, "--since", "1h", "--until", "24h"], "nothing was given up since", id="no time between"),
        pytest.param([BUCKET, "--mapping", "orders"], "no UUID", id="no mapping"),
        pytest.param([BUCKET, "--since", "9e99d"], "write a time", id="a time before all time"),
        pytest.param([BUCKET, "--rate", "0"], "is no rate", id="no rate"),
        pytest.param([BUCKET, "--queue", QUEUE], "and not both", id="both"),
        pytest.param(["--queue", "orders-dead"], "no ARN of a queue", id="no ARN"),
        pytest.param(["--queue", QUEUE, "--rate", "501/s"], "1 to 500", id="too fast"),
        pytest.param(["--queue", QUEUE, "--rate", "90/min"], "--rate 90/min: SQS moves whole messages", id="too odd"),
        pytest.param(["--queue", f"{QUEUE};ls"], "no ARN of a queue", id="more than an ARN"),
        pytest.param(["--queue", QUEUE, "--execute"], "--execute: only for a BUCKET", id="nothing to execute"),
        pytest.param(["--queue", QUEUE, "--verbose"], "--verbose: only for a BUCKET", id="nothing that takes long"),
    ],
)
@pytest.mark.usefixtures("client")
def test_what_cannot_be_done_is_said_in_one_line(
    words: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", *words]) == 2
    said = capsys.readouterr()

    assert why in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_an_answer_of_aws_that_is_an_error_is_said_in_one_line(
    client: FakeLambda, capsys: pytest.CaptureFixture[str]
) -> None:
    client.refusals = [AwsError("AccessDeniedException")]

    assert main(["replay", BUCKET, "--execute"]) == 2
    assert "cannot be invoked: An error occurred (AccessDeniedException)" in capsys.readouterr().err


def test_for_a_dead_letter_queue_it_prints_the_command_with_its_rate_and_rights(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["replay", "--queue", QUEUE, "--rate", "20/s"]) == 0
    first, *rest = capsys.readouterr().out.splitlines()

    assert first == (
        f"aws sqs start-message-move-task --region eu-west-1 --source-arn {QUEUE} "
        "--max-number-of-messages-per-second 20"
    )
    for words in ("sqs:StartMessageMoveTask", "sqs:DeleteMessage", "sqs:SendMessage", "kms:GenerateDataKey", "order"):
        assert any(words in line for line in rest)


def test_without_boto3_it_names_the_extra(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def gone(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(command, "import_module", gone)

    assert main(["replay", BUCKET]) == 2
    assert "cdk-esm[replay]" in capsys.readouterr().err


def test_nothing_of_it_imports_boto3() -> None:
    look = (
        "import sys, cdk_esm.replay, cdk_esm.cli.replay; sys.exit('boto3' in sys.modules or 'botocore' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", look], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize(
    ("terminal", "words", "heard"),
    [
        pytest.param(True, [], True, id="on a terminal"),
        pytest.param(False, [], False, id="in a log"),
        pytest.param(False, ["--verbose"], True, id="in a log that wants it"),
    ],
)
@pytest.mark.usefixtures("client")
def test_a_long_run_says_how_far_it_is_beside_its_answer(
    terminal: bool,
    words: list[str],
    heard: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(command, "Meter", lambda say: Meter(say, every=0))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)

    assert main(["replay", BUCKET, "--execute", *words]) == 0
    said = capsys.readouterr()
    assert ("0 of 1 object replayed" in said.err) is heard
    assert "objects replayed" not in said.out
