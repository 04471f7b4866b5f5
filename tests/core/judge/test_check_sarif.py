"""``cdk-esm check --format sarif``: what code scanning wants of it, and what no format hides."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from cdk_esm.__main__ import main
from cdk_esm.testing.templates import get, mapping, resource, template

DANGER = template({"Queue": resource("SQS::Queue", {"VisibilityTimeout": 18}), "Orders": mapping(get("Queue"))})


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(DANGER))
    return path.name


def test_sarif_tells_of_each_rule_what_code_scanning_shows(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", write(shop / "Shop.json"), "--format", "sarif"])

    [run] = json.loads(capsys.readouterr().out)["runs"]
    first, second = run["tool"]["driver"]["rules"]
    assert (first["id"], second["id"]) == ("ESM308", "ESM311")
    assert first["shortDescription"]["text"] == (
        "A queue without a dead-letter queue retries a bad message until it expires, and then it is gone."
    )
    assert first["fullDescription"]["text"] in " ".join(first["help"]["text"].split())
    assert first["help"]["text"].endswith(f"see: {first['helpUri']}")
    assert first["help"]["markdown"].endswith(f"({first['helpUri']}).")


@pytest.mark.parametrize(
    ("folder", "named", "uri"),
    [
        pytest.param("a b", "a b/Shop 100%.json", "a%20b/Shop%20100%25.json", id="blank"),
        pytest.param(".", "{here}/Shop 100%.json", "Shop%20100%25.json", id="absolute"),
    ],
)
def test_sarif_names_files_by_references_from_here(
    shop: Path, folder: str, named: str, uri: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(shop / folder / "Shop 100%.json")

    main(["check", named.format(here=shop), "--format", "sarif"])

    [run] = json.loads(capsys.readouterr().out)["runs"]
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]]
    assert places == [uri, uri]


def test_sarif_names_a_file_elsewhere_in_full(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(shop / "Shop.json")
    elsewhere = shop / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)

    main(["check", str(shop / "Shop.json"), "--format", "sarif"])

    [run] = json.loads(capsys.readouterr().out)["runs"]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == (shop / "Shop.json").as_uri()


def test_no_format_hides_what_was_not_judged(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    properties = {"EventSourceArn": {"Fn::ImportValue": "x"}, "FunctionName": "fulfil", "StartingPosition": "LATEST"}
    document = template({"Orders": resource("Lambda::EventSourceMapping", properties)})
    (shop / "Shop.json").write_text(json.dumps(document, indent=1))
    said = {}
    for form in ("text", "json", "sarif", "github", "junit"):
        assert main(["check", "Shop.json", "--format", form]) == 1
        said[form] = capsys.readouterr().out

    words = "Shop/Orders: not judged, because "
    assert "not judged: nothing in the template tells what kind of source it reads\n" in said["text"]
    assert "- Shop/Orders\n" in said["text"]
    [skipped] = json.loads(said["json"])["summary"]["skipped"]
    assert (skipped["path"], skipped["agreed"]) == ("Shop/Orders", None)
    assert skipped["fix"].startswith("write the ARN of the source")
    [invocation] = json.loads(said["sarif"])["runs"][0]["invocations"]
    [notification] = invocation["toolExecutionNotifications"]
    assert (notification["level"], notification["message"]["text"].startswith(words)) == ("warning", True)
    place = notification["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "Shop.json"}, "region": {"startLine": place["region"]["startLine"]}}
    assert place["region"]["startLine"] > 1
    line = place["region"]["startLine"]
    assert said["github"].startswith(f"::warning file=Shop.json,line={line},title=not judged::{words}")
    [suite] = ET.fromstring(said["junit"])  # noqa: S314 - our own
    assert [suite.attrib[name] for name in ("tests", "errors", "skipped")] == ["1", "1", "0"]
    assert [case.attrib["name"] for case in suite.iter("testcase")] == ["Shop/Orders"]
    assert suite.find("testcase/error") is not None


def test_what_somebody_agreed_to_leave_unjudged_is_said_without_alarm(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    properties = {"EventSourceArn": {"Fn::ImportValue": "x"}, "FunctionName": "fulfil", "StartingPosition": "LATEST"}
    document = template({"Orders": resource("Lambda::EventSourceMapping", properties)})
    (shop / "Shop.json").write_text(json.dumps(document))
    said = {}
    for form in ("text", "json", "sarif", "github", "junit"):
        assert main(["check", "Shop.json", "--format", form, "--allow-unjudged", "Shop/Orders=see runbook 7"]) == 0
        said[form] = capsys.readouterr().out

    assert said["text"] == "0 mappings in 1 template: 1 not judged, as agreed\n"
    assert json.loads(said["json"])["summary"]["skipped"][0]["agreed"] == "see runbook 7"
    [invocation] = json.loads(said["sarif"])["runs"][0]["invocations"]
    assert invocation["toolExecutionNotifications"][0]["level"] == "note"
    assert said["github"] == ""
    [suite] = ET.fromstring(said["junit"])  # noqa: S314 - our own
    assert [suite.attrib[name] for name in ("tests", "errors", "skipped")] == ["1", "0", "1"]
