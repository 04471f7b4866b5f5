"""How the program behaves as a process: its exit status says what happened, and a traceback is never the answer."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cdk_esm.testing.templates import get, mapping, resource, template

SOUND = template({"Topic": resource("SNS::Topic")})
BROKEN = template({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"), BatchSize=100)})
PATTERN = {"body": {"a": ["x"]}}
RECORD = {"messageId": "1", "body": '{"a": "x"}'}

FULL = "> /dev/full"
CLOSED = ">&-"
DEAF = "2>&-"
DEAF_AND_FULL = "2> /dev/full"
FILTER = "filter --source sqs --pattern pattern.json"

STATUSES = [
    pytest.param("check sound.json", 0, "", id="nothing found"),
    pytest.param("check broken.json", 1, "", id="something found"),
    pytest.param("check broken.json --fail-on never", 0, "", id="something found that does not count"),
    pytest.param("check gone.json", 2, "gone.json", id="no such file"),
    pytest.param("check nothing.json", 2, "nothing.json", id="no template"),
    pytest.param("check ''", 2, "a path is empty", id="an empty path"),
    pytest.param("check sound.json --baseline ''", 2, "a path is empty", id="an empty baseline"),
    pytest.param("check sound.json --nonsense", 2, "--nonsense", id="a word that nobody knows"),
    pytest.param("check --help", 0, "", id="help"),
    pytest.param("nonsense", 2, "nonsense", id="a command that nobody knows"),
    pytest.param("diff sound.json sound.json", 0, "", id="no change"),
    pytest.param("diff '' sound.json", 2, "a path is empty", id="an empty old side"),
    pytest.param("diff sound.json sound.json --accepted ''", 2, "a path is empty", id="no name of what is accepted"),
    pytest.param("diff sound.json sound.json --live ''", 2, "a path is empty", id="no name of what is deployed"),
    pytest.param("explain ESM000", 2, "ESM000", id="no such rule"),
    pytest.param("rules", 0, "", id="rules"),
    pytest.param(f"{FILTER} --record record.json", 0, "", id="a record that matches"),
    pytest.param(f"{FILTER} --record other.json", 1, "", id="a record that does not match"),
    pytest.param(f"{FILTER} --record ''", 2, "a path is empty", id="an empty record"),
    *(
        pytest.param(f"{words} {FULL}", 2, "cannot be written: No space left on device", id=f"full output: {words}")
        for words in (
            "check sound.json",
            "check broken.json",
            "check broken.json --fail-on never",
            "check broken.json --format json",
            "check broken.json --format junit",
            "check --help",
            "diff sound.json broken.json",
            "rules",
            "sources --format json",
            "explain ESM201",
            f"{FILTER} --record record.json",
            f"{FILTER} --record other.json --format json",
        )
    ),
    *(
        pytest.param(f"{words} {CLOSED}", 2, "the standard output is closed", id=f"closed output: {words}")
        for words in ("check broken.json", "diff sound.json sound.json", "rules", f"{FILTER} --record record.json")
    ),
    pytest.param(f"{FILTER} <&-", 2, "the standard input is closed", id="closed input"),
    pytest.param(f"{FILTER} --record record.json <&-", 0, "", id="closed input that nobody needs"),
    pytest.param(f"check gone.json {DEAF}", 2, "", id="closed error output"),
    pytest.param(f"check gone.json {DEAF_AND_FULL}", 2, "", id="full error output"),
    pytest.param(f"check sound.json {DEAF}", 0, "", id="closed error output that nobody needs"),
    pytest.param(f"check broken.json {FULL} {DEAF_AND_FULL}", 2, "", id="both outputs full"),
    pytest.param(f"check broken.json {CLOSED} {DEAF}", 2, "", id="both outputs closed"),
    pytest.param(f"{FILTER} --record gone.json {DEAF}", 2, "", id="closed error output of filter"),
    pytest.param(f"{FILTER} --record gone.json {DEAF_AND_FULL}", 2, "", id="full error output of filter"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with templates, a pattern and records."""
    other = {**RECORD, "body": "{}"}
    contents = {"sound": SOUND, "broken": BROKEN, "nothing": {}, "pattern": PATTERN, "record": RECORD, "other": other}
    for name, content in contents.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    return tmp_path


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
@pytest.mark.parametrize(("words", "status", "said"), STATUSES)
def test_the_exit_status_says_what_happened(folder: Path, words: str, status: int, said: str) -> None:
    command = f"'{sys.executable}' -m cdk_esm {words}"
    done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S602

    assert (done.returncode, "Traceback" in done.stderr) == (status, False)
    assert said in done.stderr
    assert "Exception ignored" not in done.stderr


def test_ctrl_c_ends_the_process_by_its_signal_without_a_word(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "cdk_esm", *FILTER.split(), "--record", str(pipe)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    with pipe.open("wb"):  # which waits until the process reads
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)

    assert (process.returncode, said) == (-signal.SIGINT, b"")


UNFORESEEN = "import cdk_esm.judge.inputs as i\ndef f(*a, **k): raise KeyError('a\\n::error::b')\ni.read = f\n"
RUN = "import sys; sys.argv[1:] = ['check', 'broken.json']; from cdk_esm.__main__ import run; run()"


@pytest.mark.parametrize("shown", [False, True])
def test_what_nobody_foresaw_is_one_line_and_ends_with_2(folder: Path, *, shown: bool) -> None:
    environment = {**os.environ, "CDK_ESM_TRACEBACK": "1"} if shown else os.environ
    command = [sys.executable, "-c", UNFORESEEN + RUN]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    *before, last = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert last.startswith("cdk-esm: unexpected KeyError: ")
    assert ("Traceback" in "".join(before)) is shown
    assert not any(line.lstrip().startswith("::") for line in before)


def test_sarif_names_a_file_that_is_no_utf_8(folder: Path) -> None:
    name = os.fsdecode(b"n\xff.json")
    (folder / name).write_text(json.dumps(BROKEN))
    command = [sys.executable, "-m", "cdk_esm", "check", name, "--format", "sarif"]

    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)

    [run] = json.loads(done.stdout)["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert (done.returncode, place) == (1, "n%FF.json")


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
def test_a_folder_that_is_gone_does_not_matter_to_files_elsewhere(folder: Path, form: str) -> None:
    gone = folder / "gone"
    gone.mkdir()
    words = f"rmdir '{gone}'; '{sys.executable}' -m cdk_esm check '{folder / 'broken.json'}' --format {form}"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONSAFEPATH": "1"}

    done = subprocess.run(words, shell=True, cwd=gone, env=environment, capture_output=True, check=False)  # noqa: S602

    assert (done.returncode, done.stderr) == (1, b"")


def test_answers_are_the_same_in_every_run(folder: Path) -> None:
    long = {"Fn::Sub": "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:" + "".join(f"${{P{n}}}" for n in range(99))}
    unknown = {"Fn::Unknown": [{"Ref": f"P{number}"} for number in range(99)]}
    mappings = {
        "Long": mapping(long, DestinationConfig={"OnFailure": {"Destination": unknown}}, StartingPosition=long),
        "Joined": mapping({"Fn::Join": [":", ["arn:aws:sqs:eu-west-1:1", unknown]]}),
        "Again": mapping({"Fn::Join": [":", ["arn:aws:sqs:eu-west-1:1", unknown]]}),
        "Beside": mapping(
            {"Fn::Join": ["", ["arn:aws:kinesis:eu-west-1:1:stream/", unknown]]},
            DestinationConfig={"OnFailure": {"Destination": {"Fn::Join": [":", ["arn:aws:dynamodb:x:1", unknown]]}}},
        ),
        "Unknown": mapping(unknown, BatchSize=unknown, FunctionResponseTypes=[unknown], FilterCriteria=unknown),
    }
    (folder / "long.json").write_text(json.dumps(template(mappings)))
    (folder / "later.json").write_text(json.dumps(template({**mappings, "Long": mapping(unknown)})))
    commands = (["check", "long.json", "--format", "json"], ["diff", "long.json", "later.json", "--format", "json"])
    answers = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        for words in commands:
            command = [sys.executable, "-m", "cdk_esm", *words]
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
            answers.append(done.stdout)

    assert b"\\u2026" in answers[0]
    assert answers[:2] == answers[2:]
