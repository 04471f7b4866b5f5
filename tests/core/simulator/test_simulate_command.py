"""``cdk-esm simulate`` and ``cdk-esm capacity``."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.__main__ import main
from cdk_esm.sources import SOURCES
from cdk_esm.testing.templates import get, mapping, resource, template, without_fault


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.json").write_text(json.dumps(without_fault()), encoding="utf-8")
    (tmp_path / "r.jsonl").write_text(
        '{"n": 1}\n\nplain text\n{"payload": "bad", "at": 3, "id": "late"}\n', encoding="utf-8"
    )
    (tmp_path / "shop_handlers.py").write_text(
        "def handler(event, context):\n"
        "    failed = [one for one in event['Records'] if one['body'] == 'bad']\n"
        "    return {'batchItemFailures': [{'itemIdentifier': one['messageId']} for one in failed]}\n",
        encoding="utf-8",
    )
    sys.modules.pop("shop_handlers", None)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(words)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


SIMULATE = (
    "simulate",
    "shop.json",
    "--mapping",
    "Orders",
    "--records",
    "r.jsonl",
    "--handler",
    "shop_handlers:handler",
)


@pytest.mark.usefixtures("folder")
def test_the_timeline_ends_with_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, *SIMULATE)

    assert (status, err) == (0, "")
    assert "invocation 1: r1, r2 → 2 deleted" in out
    assert "late is moved to the dead-letter queue" in out
    assert "3 records: 1 dead-letter, 2 processed" in out


@pytest.mark.usefixtures("folder")
def test_json_is_the_whole_trace_and_html_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, *SIMULATE, "--format", "json", "--html", "trace.html")
    found = json.loads(out)

    assert status == 0
    assert [one["end"] for one in found["records"]] == ["processed", "processed", "dead-letter"]
    assert "<!doctype html>" in Path("trace.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_a_loss_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, *SIMULATE, "--until", "15d")

    assert status == 1
    assert "LOST: 1 (1 letter-age)" in out


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("simulate",), "name a template", id="no path"),
        pytest.param(("simulate", "shop.json", "--records", "none.jsonl"), "none.jsonl", id="no such file"),
        pytest.param(("simulate", "shop.json"), "--records FILE, or --rate 500/s", id="no records"),
        pytest.param((*SIMULATE[:2], "--mapping", "Nobody", *SIMULATE[4:]), "0 mappings are called Nobody", id="name"),
        pytest.param((*SIMULATE, "--assume", "Visibility=3"), "nothing is called Visibility", id="unknown assumption"),
        pytest.param((*SIMULATE, "--assume", "Visibility"), "write NAME=VALUE", id="no assumption"),
        pytest.param((*SIMULATE[:-1], "shop_handlers:nobody"), "has no attribute 'nobody'", id="no function"),
        pytest.param((*SIMULATE[:-1], "shop_handlers"), "write module:function", id="no colon"),
        pytest.param((*SIMULATE, "--sweep", "batch_size=1"), "--sweep needs --rate", id="sweep without rate"),
        pytest.param(("simulate", "shop.json", "--rate", "fast"), "'fast' is no rate", id="no rate"),
        pytest.param(
            ("simulate", "shop.json", "--rate", "1/s", "--sweep", "batch=1"), "--sweep batch=1", id="unknown setting"
        ),
        *(
            pytest.param(("simulate", "shop.json", "--rate", "1/s", "--sweep", sweep), why, id=sweep)
            for sweep, why in {
                "max_concurrency=": "'' is no value of ScalingConfig.MaximumConcurrency; it takes a whole number, 2 to",
                "batch_size=1,many": "'many' is no value of BatchSize; it takes a whole number",
                "batch_size=true": "'true' is no value of BatchSize",
                "max_batching_window=5s": "'5s' is no value of MaximumBatchingWindowInSeconds",
                "enabled=1": "it takes true or false",
                "filters=paid": "it takes a record, as JSON",
            }.items()
        ),
        pytest.param(
            ("simulate", "shop.json", "--rate", "1/s", "--sweep", "batch_size=100,20000"),
            "--sweep BatchSize 20000: AWS refuses it",
            id="a sweep of nothing that AWS takes",
        ),
        pytest.param(
            (*SIMULATE[:-1], "handlers/shop/app.py:handler"), "write handlers.shop.app:handler", id="a file as handler"
        ),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_says_why(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    status, out, err = run(capsys, *words)

    assert (status, out) == (2, "")
    assert said in err


@pytest.mark.usefixtures("folder")
def test_a_record_with_an_unknown_part_is_refused_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("r.jsonl").write_text('{"a": 1}\n{"payload": 1, "when": 3}\n', encoding="utf-8")
    status, _, err = run(capsys, *SIMULATE)

    assert status == 2
    assert "r.jsonl, line 2" in err
    assert "not when" in err


@pytest.mark.usefixtures("folder")
def test_a_sweep_sets_the_figures_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("simulate", "shop.json", "--rate", "500/s", "--duration", "80ms", "--lasting", "20s", "--until", "60s")
    status, out, _ = run(
        capsys, *words, "--sweep", "batch_size=1,10", "--sweep", "max_concurrency=2,20", "--format", "json"
    )
    rows = json.loads(out)
    _, text, _ = run(capsys, *words, "--sweep", "batch_size=1,10")

    assert status == 0
    assert [(one["BatchSize"], one["ScalingConfig.MaximumConcurrency"]) for one in rows] == [
        (1, 2),
        (1, 20),
        (10, 2),
        (10, 20),
    ]
    assert rows[0]["records/s"] < rows[1]["records/s"] < rows[3]["records/s"]
    assert rows[0]["at a time"] == 2
    assert text.splitlines()[0].split() == [
        "BatchSize",
        "invocations",
        "records/s",
        "lag",
        "s",
        "at",
        "a",
        "time",
        "errors",
        "throttles",
        "given",
        "up",
        "lost",
        "throughput",
    ]
    assert text.count("#") > 10


def test_fidelity_names_every_source_and_step(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "simulate", "--fidelity")
    _, rows, _ = run(capsys, "simulate", "--fidelity", "--format", "json")

    assert status == 0
    assert all(f"\n{kind}: " in f"\n{out}" for kind in SOURCES)
    assert {one["source"] for one in json.loads(rows)} == set(SOURCES)
    assert "chosen      back-off: " in out


@pytest.mark.usefixtures("folder")
def test_a_sam_template_can_be_simulated(capsys: pytest.CaptureFixture[str]) -> None:
    function = {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "Handler": "app.handler",
            "Runtime": "python3.14",
            "Events": {"Take": {"Type": "SQS", "Properties": {"Queue": get("Queue"), "BatchSize": 5}}},
        },
    }
    document = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": {"Queue": resource("SQS::Queue"), "Orders": function},
    }
    Path("sam.json").write_text(json.dumps(document), encoding="utf-8")
    status, out, _ = run(capsys, "simulate", "sam.json", "--records", "r.jsonl")

    assert status == 0
    assert "3 records: 3 processed" in out


@pytest.mark.usefixtures("folder")
def test_what_an_import_hides_is_named_and_can_be_assumed(capsys: pytest.CaptureFixture[str]) -> None:
    arn = "arn:aws:sqs:eu-west-1:111122223333:elsewhere"
    Path("shop.json").write_text(json.dumps(template({"Orders": mapping(arn)})), encoding="utf-8")
    status, _, err = run(capsys, "simulate", "shop.json", "--records", "r.jsonl")

    assert status == 2
    for name in ("VisibilityTimeout", "MessageRetentionPeriod", "maxReceiveCount"):
        assert f"{name} is not known: an import hides it" in err
    told: list[str] = []
    for name, value in {
        "VisibilityTimeout": 30,
        "MessageRetentionPeriod": 3600,
        "maxReceiveCount": 3,
        "DelaySeconds": 0,
    }.items():
        told += ["--assume", f"{name}={value}"]
    assert run(capsys, "simulate", "shop.json", "--records", "r.jsonl", *told)[0] == 0


@pytest.mark.usefixtures("folder")
def test_a_sweep_leaves_out_what_aws_refuses_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("simulate", "shop.json", "--rate", "10/s", "--lasting", "5s", "--sweep", "batch_size=10,100,null")
    status, text, _ = run(capsys, *words, "--html", "sweep.html")
    _, data, _ = run(capsys, *words, "--format", "json")
    _, with_window, _ = run(capsys, *words, "--sweep", "max_batching_window=1")

    assert status == 0
    assert "BatchSize 100 is not run: AWS refuses it, since BatchSize: 100 needs a" in text
    assert "[ESM201]" in Path("sweep.html").read_text(encoding="utf-8")
    assert ["invocations" in one for one in json.loads(data)] == [True, True, False]
    assert "refused" in json.loads(data)[2]
    assert "not run" not in with_window


@pytest.mark.usefixtures("folder")
def test_capacity_says_what_is_needed_and_ends_with_one_if_it_is_not_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    few, out, _ = run(capsys, "capacity", "shop.json", "--rate", "500/s", "--duration", "80ms", "--backlog", "1h")
    many, text, _ = run(capsys, "capacity", "shop.json", "--rate", "1M/s", "--duration", "80ms", "--backlog", "1h")
    _, data, _ = run(capsys, "capacity", "shop.json", "--rate", "500/s", "--duration", "80ms", "--format", "json")

    assert few == 0
    assert "needed: a concurrency of 4" in out
    assert many == 1
    assert "the backlog is never gone" in text
    assert "1,000,000 records/s arrive" in text
    assert "it takes 800 provisioned pollers" in text
    assert json.loads(data)["needs"]["concurrency"] == 4


def test_a_duration_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["simulate", "x", "--duration", "soon"])
    found: Any = capsys.readouterr().err
    assert "'soon' is no duration" in found


@pytest.mark.usefixtures("folder")
def test_a_long_run_shows_a_bar_on_a_terminal_and_takes_it_away(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cdk_esm.cli.simulate._LONG", 0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    _, out, err = run(capsys, *SIMULATE, "--until", "1h")

    assert "[##############################] 3 records have ended, 60 min of virtual time" in err
    assert err.endswith("\r\x1b[K")
    assert "\r" not in out


@pytest.mark.parametrize("words", [("simulate",), ("capacity", "--duration", "80ms")], ids=lambda words: words[0])
def test_what_is_hidden_is_asked_for_by_the_option_that_says_it(
    words: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
    mapped = {"EventSourceArn": stream, "FunctionName": {"Ref": "F"}, "StartingPosition": "LATEST"}
    resources = {
        "F": {"Type": "AWS::Lambda::Function", "Properties": {"Timeout": 5}},
        "Clicks": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": mapped},
    }
    (folder / "clicks.json").write_text(json.dumps({"Resources": resources}), encoding="utf-8")
    status, _, err = run(capsys, words[0], "clicks.json", "--rate", "1/s", *words[1:])

    assert status == 2
    assert "--assume ShardCount=…" in err
    assert "assume={" not in err
