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


def test_no_format_hides_what_could_not_be_judged(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broker = "arn:aws:mq:eu-west-1:111122223333:broker:shop:b-1234"
    properties = {"EventSourceArn": broker, "FunctionName": "fulfil", "Queues": ["orders"]}
    document = template({"Orders": resource("Lambda::EventSourceMapping", properties)})
    (shop / "Shop.json").write_text(json.dumps(document))
    said = {}
    for form in ("text", "json", "sarif", "github", "junit"):
        assert main(["check", "Shop.json", "--format", form]) == 0
        said[form] = capsys.readouterr().out

    words = "Shop/Orders: not judged, because "
    assert words in said["text"]
    assert [one["path"] for one in json.loads(said["json"])["summary"]["skipped"]] == ["Shop/Orders"]
    [invocation] = json.loads(said["sarif"])["runs"][0]["invocations"]
    [notification] = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith(words)
    assert said["github"].startswith(f"::notice title=not judged::{words}")
    [suite] = ET.fromstring(said["junit"])  # noqa: S314 - our own
    assert (suite.attrib["skipped"], suite.attrib["tests"]) == ("1", "1")
    assert [case.attrib["name"] for case in suite.iter("testcase")] == ["Shop/Orders"]
    assert suite.find("testcase/skipped") is not None
