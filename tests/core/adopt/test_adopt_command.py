"""``cdk-esm adopt``: what it prints is Python, and what it cannot take over is named."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.__main__ import main
from cdk_esm.adopt.formats import to_text
from cdk_esm.adopt.marked import MARK
from cdk_esm.adopt.taking import adopt
from cdk_esm.sources import SOURCES
from tests.core.adopt.templates import QUEUE, Resources, a_mapping, keywords, on_queue, on_stream, said
from tests.core.generated.legal import legal


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
    for seed in range(12):
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


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        pytest.param({}, "no function and no source", id="neither"),
        pytest.param({"EventSourceArn": "arn:aws:sqs:eu-west-1:111122223333:jobs"}, "no function,", id="no function"),
        pytest.param({"FunctionName": "fulfil"}, "no source,", id="no source"),
        pytest.param({"FunctionName": ""}, "no function and no source", id="an empty name"),
        pytest.param({"FunctionName": ["fulfil"]}, "no function and no source", id="a list of names"),
        pytest.param({"FunctionName": {"Ref": "AWS::NoValue"}}, "no function and no source", id="no value"),
    ],
)
def test_a_mapping_that_names_nothing_is_not_taken_over(
    settings: Resources, why: str, written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    other = {"Type": "AWS::Lambda::EventSourceMapping", "Properties": settings}
    status, text = said(capsys, written(on_queue() | {"Other": other}))

    assert status == 1
    assert f"Shop/Other: it names {why}" in text
    assert text.count("esm.SqsToLambda(") == 1


def test_a_queue_that_sam_makes_of_an_event_is_not_lost(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    event = {"Type": "SNS", "Properties": {"Topic": "arn:aws:sns:eu-west-1:111122223333:news", "SqsSubscription": True}}
    function = {"Type": "AWS::Serverless::Function", "Properties": {"Events": {"News": event}}}
    status, text = said(capsys, written({"Tell": function}, Transform="AWS::Serverless-2016-10-31"))

    assert status == 1
    assert "AWS SAM makes its source, TellNewsQueue, of the same event" in " ".join(text.replace("\n#", "").split())
    assert "esm." not in text


def test_what_is_left_has_a_fix_that_this_command_knows(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = said(capsys, written(on_queue(), Transform="Ours"))

    assert status == 1
    assert "the macro Ours may make any resource" in " ".join(text.split())
    assert "--allow-unjudged" not in text


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


def test_what_belongs_to_one_construct_is_called_like_it(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Each construct of ours has a function and a queue of its own, which are called so in every one."""
    whole = json.dumps(on_queue())
    resources: dict[str, Any] = {}
    for name in ("Orders", "Refunds"):
        inner = {"Jobs": "Queue", "Fulfil": "Function", "Orders": "Resource"}
        one = re.sub(r'"(Jobs|Fulfil|Orders)"', lambda found: f'"{name}{inner[found[1]]}"', whole)  # noqa: B023
        for own, resource in json.loads(one).items():
            path = f"Shop/{name}/{own.removeprefix(name)}"
            resources[own] = {**resource, "Metadata": {"aws:cdk:path": path}}
    _, text = said(capsys, written(resources))

    assert "\norders = esm.SqsToLambda(" in text
    assert "\nrefunds = esm.SqsToLambda(" in text
