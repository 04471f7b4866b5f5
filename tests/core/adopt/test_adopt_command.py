"""``cdk-esm adopt``: what it prints is Python, what it cannot know is marked, and what it cannot take over is named."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.__main__ import main
from cdk_esm.adopt.formats import to_text
from cdk_esm.adopt.marked import MARK
from cdk_esm.adopt.taking import adopt
from cdk_esm.sources import SOURCES
from tests.core.generated.legal import legal

Resources = dict[str, Any]
QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 60}}
STREAM = {"Type": "AWS::Kinesis::Stream", "Properties": {"ShardCount": 1}}


def a_mapping(source: Any, **settings: Any) -> Resources:
    invoked = {"Type": "AWS::Lambda::Function", "Properties": {"Timeout": 5}}
    given = {"EventSourceArn": source, "FunctionName": {"Ref": "Fulfil"}, **settings}
    return {"Fulfil": invoked, "Orders": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": given}}


def on_queue(**settings: Any) -> Resources:
    return {"Jobs": QUEUE, **a_mapping({"Fn::GetAtt": ["Jobs", "Arn"]}, **settings)}


def on_stream(**settings: Any) -> Resources:
    return {
        "Clicks": STREAM,
        **a_mapping({"Fn::GetAtt": ["Clicks", "Arn"]}, **{"StartingPosition": "TRIM_HORIZON", **settings}),
    }


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(resources: Resources, **more: Any) -> str:
        file = tmp_path / "Shop.template.json"
        file.write_text(json.dumps({"Resources": resources, **more}), encoding="utf-8")
        return str(file)

    return write


def keywords(text: str) -> dict[str, str]:
    """The keywords of the one statement in what was printed, as they are written."""
    (call,) = (
        node.value for node in ast.parse(text).body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
    )
    return {str(one.arg): ast.unparse(one.value) for one in call.keywords}


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = main(["adopt", *words])
    return status, capsys.readouterr().out


@pytest.mark.parametrize(
    ("resources", "wanted"),
    [
        pytest.param(
            on_queue(BatchSize=25, MaximumBatchingWindowInSeconds=90),
            {"batch_size": "25", "max_batching_window": "Duration.seconds(90)", "report_batch_item_failures": "False"},
            id="numbers and durations",
        ),
        pytest.param(
            on_queue(MaximumBatchingWindowInSeconds=120), {"max_batching_window": "Duration.minutes(2)"}, id="minutes"
        ),
        pytest.param(
            on_queue(ScalingConfig={"MaximumConcurrency": 7}, Enabled=False),
            {"max_concurrency": "7", "enabled": "False"},
            id="concurrency",
        ),
        pytest.param(
            on_queue(FilterCriteria={"Filters": [{"Pattern": '{"body": {"paid": [true, null]}}'}]}),
            {"filters": "[{'body': {'paid': [True, None]}}]"},
            id="filters as dicts",
        ),
        pytest.param(
            on_queue(FilterCriteria={"Filters": [{"Pattern": '{"body": {"a": [1], "a": [2]}}'}]}),
            {"filters": """['{"body": {"a": [1], "a": [2]}}']"""},
            id="a filter that a dict cannot say",
        ),
        pytest.param(on_queue(Tags=[{"Key": "team", "Value": "shop"}]), {"tags": "{'team': 'shop'}"}, id="tags"),
        pytest.param(
            on_queue(MetricsConfig={"Metrics": ["EventCount"]}),
            {"metrics_config": "lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT])"},
            id="metrics that are not ours by default",
        ),
        pytest.param(
            on_stream(MaximumRecordAgeInSeconds=3600, MaximumRetryAttempts=10),
            {
                "starting_position": "lambda_.StartingPosition.TRIM_HORIZON",
                "max_record_age": "Duration.hours(1)",
                "retry_attempts": "10",
                "bisect_batch_on_error": "False",
            },
            id="a stream",
        ),
        pytest.param(on_stream(), {"retry_attempts": "-1"}, id="retries without an end"),
        pytest.param(
            on_stream(DestinationConfig={"OnFailure": {"Destination": "arn:aws:s3:::failed"}}),
            {"on_failure": "esm.OnFailure.bucket(YOUR_failed_bucket)"},
            id="a bucket elsewhere",
        ),
    ],
)
def test_a_setting_is_written_in_the_words_of_cdk(
    resources: Resources, wanted: dict[str, str], written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    status, text = said(capsys, written(resources))

    assert status == 0
    assert {name: keywords(text).get(name) for name in wanted} == wanted
    assert keywords(text)["logical_id"] == "'Orders'"


@pytest.mark.parametrize(
    ("resources", "left_out"),
    [
        pytest.param(on_queue(BatchSize=10, Enabled=True), {"batch_size", "enabled"}, id="defaults of the service"),
        pytest.param(
            on_queue(FunctionResponseTypes=["ReportBatchItemFailures"], MetricsConfig={"Metrics": ["EventCount"]}),
            {"report_batch_item_failures", "metrics_config"},
            id="defaults of ours",
        ),
        pytest.param(on_stream(BisectBatchOnFunctionError=True), {"bisect_batch_on_error"}, id="bisecting"),
    ],
)
def test_what_the_construct_says_anyway_is_left_out(
    resources: Resources, left_out: set[str], written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not left_out & keywords(said(capsys, written(resources))[1]).keys()


def test_a_record_age_without_an_end_is_kept_by_a_line_behind_the_statement(
    written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    _, text = said(capsys, written(on_stream()))

    assert 'fulfil_clicks.mapping.add_property_deletion_override("MaximumRecordAgeInSeconds")' in text
    assert "max_record_age" not in keywords(text)


def test_a_value_of_a_parameter_is_a_marked_name_also_if_it_is_the_default(
    written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(on_queue(BatchSize={"Ref": "Batch"}), Parameters={"Batch": {"Type": "Number", "Default": 10}})
    _, text = said(capsys, file)

    assert keywords(text)["batch_size"] == "YOUR_fulfil_jobs_batch_size"
    assert "which the parameter Batch gives" in " ".join(text.replace("\n#     ", " ").split())
    assert 'such as Token.as_number(Fn.ref("Batch"))' in text


def test_a_danger_asks_for_a_reason_that_nobody_can_forget(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    _, text = said(capsys, written(on_stream()))
    reasons = ast.literal_eval(keywords(text)["acknowledge"].replace("YOUR_reason_", "'").replace("}", "'}"))

    assert [*reasons] == ["ESM318"]
    assert "YOUR_reason_esm318_fulfil_clicks: why this is right in" in text


def test_what_aws_refuses_is_to_be_mended_first(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    short = {**on_queue(), "Jobs": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 2}}}
    _, text = said(capsys, written(short))

    assert "mend this first (ESM301)" in text


def test_every_marked_name_is_listed_once_and_the_same_thing_has_one_name(
    written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    two = on_queue() | {"Other": on_queue(Enabled=False)["Orders"]}
    file = written(two)
    names = json.loads(said(capsys, file, "--format", "json")[1])["names"]
    _, text = said(capsys, file)
    used = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name) and node.id.startswith(MARK)}

    assert used == {one["name"] for one in names}
    assert len(used) == len(names)
    assert text.count("function=YOUR_fulfil_function") == 2
    for one in used:
        assert text.count(f"#   {one}: ") == 1


@pytest.mark.parametrize("kind", SOURCES)
def test_what_is_printed_is_python_for_every_source(kind: str, written: Any) -> None:
    for seed in range(25):
        document = legal(kind, seed).template()
        adoption = adopt([written(document.pop("Resources"), **document)])

        assert len(adoption.statements) == 1
        ast.parse(to_text(adoption))


def test_what_somebody_else_wrote_does_nothing(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    evil = '")\nimport os\n::add-mask::x\x1b[2J##vso[task]'
    _, text = said(capsys, written(on_queue(Tags=[{"Key": evil, "Value": evil}])))

    assert keywords(text)["tags"] == repr({evil: evil})
    assert "\x1b" not in text
    assert not [line for line in text.splitlines() if line.startswith(("::", "import os"))]


def test_json_has_every_part(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = said(capsys, written(on_queue()), "--format", "json")
    document = json.loads(text)
    (statement,) = document["statements"]

    assert status == 0
    assert document["summary"] == {"adopted": 1, "not_adopted": 0}
    assert (statement["logical_id"], statement["stack"], statement["construct"]) == ("Orders", "Shop", "SqsToLambda")
    assert {*statement["names"]} == {one["name"] for one in document["names"]}
    function = next(one for one in document["names"] if one["kind"] == "function")
    assert (function["logical_id"], function["stack"]) == ("Fulfil", "Shop")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        pytest.param("arn:aws:s3:::orders", "no construct for its source", id="no event source"),
        pytest.param({"Ref": "Given"}, "kind of source", id="a parameter without a default"),
    ],
)
def test_a_mapping_of_an_unknown_source_is_named_and_the_others_are_taken_over(
    source: Any, why: str, written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    other = a_mapping(source, StartingPosition="LATEST")["Orders"]
    file = written(on_queue() | {"Other": other}, Parameters={"Given": {"Type": "String"}})
    status, text = said(capsys, file)

    assert status == 1
    assert "# Not taken over:" in text
    assert "Shop/Other" in text
    assert why in " ".join(text.replace("\n#     ", " ").split())
    assert "esm.SqsToLambda(" in text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param("no json", "", id="no JSON"),
        pytest.param("{}", "Resources", id="no template"),
        pytest.param("[" * 5000, "", id="nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(
    content: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "it.json"
    file.write_text(content, encoding="utf-8")

    assert main(["adopt", str(file)]) == 2
    error = capsys.readouterr().err
    assert why in error
    assert error.count("\n") == 1


def test_a_path_that_is_not_there_ends_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["adopt", "/nowhere"]) == 2
    assert "/nowhere" in capsys.readouterr().err


def test_a_template_without_mappings_has_nothing_to_take_over(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, written({"Jobs": QUEUE})) == (0, "# There is no event source mapping in it.\n")


@pytest.mark.parametrize(
    "settings",
    [{"BatchSize": [1]}, {"Tags": 3}, {"FilterCriteria": "x"}, {"Topics": {}}, {"MetricsConfig": {"Metrics": "all"}}],
)
def test_settings_of_a_wrong_form_give_no_traceback(settings: Resources, written: Any) -> None:
    assert main(["adopt", written(on_stream(**settings))]) in (0, 1)
