"""Python beside a template that is packed before the deployment, as by SAM: it is read, and what it lacks is open."""

import json
from pathlib import Path
from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.__main__ import main
from cdk_esm.testing.templates import get, mapping, resource
from tests.core.template.sam.building import QUEUE, event, source

HIDES = """def handler(event, context):
    for record in event["Records"]:
        try:
            process(record)
        except Exception:
            print("failed")
"""
RULES = ("ESM006", "ESM214", "ESM215", "ESM251", "ESM255", "ESM256", "ESM260")


def of_sam(metadata: dict[str, Any] | None = None, **properties: Any) -> dict[str, Any]:
    given = {"Runtime": "python3.14", "Handler": "app.handler", "CodeUri": "src/", **properties}
    events = {"Job": event("SQS", Queue=get("Jobs"))}
    function = {"Type": "AWS::Serverless::Function", "Properties": {**given, "Events": events}}
    return source(QUEUE, {"Worker": {**function, "Metadata": metadata or {}}})


def plain(**properties: Any) -> dict[str, Any]:
    given = {"Runtime": "python3.14", "Handler": "app.handler", "Code": "src/", **properties}
    function = resource("Lambda::Function", given)
    return {"Resources": {**QUEUE, "Function": function, "Orders": mapping(get("Jobs"))}}


def found(folder: Path, document: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What is found of a template in a folder, with what is beside it."""
    (folder / "template.json").write_text(json.dumps(document))
    main(["check", "--format", "json", "--select", ",".join(RULES), str(folder / "template.json")])
    return [one["rule"] for one in json.loads(capsys.readouterr().out)["findings"]]


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """A folder with the code of a function in a folder of its own, and more code outside of it."""
    folder = tmp_path / "shop"
    (folder / "src" / "till").mkdir(parents=True)
    for place in (folder / "src" / "app.py", folder / "src" / "till" / "sale.py", tmp_path / "app.py"):
        place.write_text(HIDES)
    (folder / "src" / "both").mkdir()
    (folder / "src" / "both.py").write_text(HIDES)
    return folder


@pytest.mark.parametrize("made", [of_sam, plain])
def test_python_beside_a_template_is_read(made: Any, beside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(beside, made(), capsys) == ["ESM260"]
    assert found(beside, made(Handler="till.sale.handler"), capsys) == ["ESM260"]
    assert found(beside, made(Handler="till/sale.handler"), capsys) == ["ESM260"]
    assert found(beside, made(Handler="app.handle"), capsys) == ["ESM256"]


@pytest.mark.parametrize("made", [of_sam, plain])
@pytest.mark.parametrize(
    "properties",
    [
        pytest.param({"Handler": "elsewhere.handler"}, id="a-module-that-may-come-with-the-build"),
        pytest.param({"Handler": "both.handler"}, id="a-module-and-a-folder"),
        pytest.param({"Handler": "app"}, id="no-function"),
        pytest.param({"Handler": "../app.handler"}, id="a-module-outside"),
        pytest.param({"Handler": "a\x00b.handler"}, id="no-name-of-a-file"),
        pytest.param({"Handler": {"Ref": "AWS::StackName"}}, id="a-handler-that-nobody-knows"),
        pytest.param({"Runtime": "nodejs22.x"}, id="another-language"),
        pytest.param({"Runtime": {"Fn::ImportValue": "runtime"}}, id="a-runtime-that-nobody-knows"),
    ],
)
def test_what_may_be_built_from_it_is_left_open(
    made: Any, properties: dict[str, Any], beside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(beside, made(**properties), capsys) == []


@pytest.mark.parametrize(
    "place", ["..", "../", "/", "s3://bucket/app.zip", "missing", "src/app.py", {"Bucket": "b", "Key": "k"}]
)
def test_code_outside_of_the_folder_of_the_template_is_not_read(
    place: Any, beside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(beside, of_sam(CodeUri=place), capsys) == []


def test_a_module_that_nobody_wrote_by_hand_is_not_read(
    beside: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cdk_esm.assets.look.LARGEST", len(HIDES) - 1)

    assert found(beside, of_sam(Handler="app.handle"), capsys) == []


def test_a_link_out_of_the_folder_is_not_followed(beside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (beside / "src" / "linked.py").symlink_to(beside.parent / "app.py")

    assert found(beside, of_sam(Handler="linked.handler"), capsys) == []


@pytest.mark.parametrize(
    ("method", "expected"), [("python3.14", ["ESM260"]), ("makefile", []), ({"Ref": "AWS::StackName"}, [])]
)
def test_what_a_makefile_builds_nobody_knows(
    method: Any, expected: list[str], beside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(beside, of_sam({"BuildMethod": method}), capsys) == expected


def test_code_in_the_template_comes_before_a_folder_of_globals(
    beside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = of_sam(InlineCode="def handler(event, context): return None", Handler="index.handler")

    assert found(beside, document, capsys) == []


def test_of_a_template_without_a_file_nothing_is_beside_it() -> None:
    [plan] = esm.read_template(of_sam(), name="shop")

    assert (plan.function.code, plan.function.inline) == (None, False)
