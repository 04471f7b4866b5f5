"""A green answer means that everything was looked at: what was not read is named, and makes the check fail."""

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.__main__ import main
from cdk_esm.testing.templates import get, mapping, ref, resource, template, without_fault

CLEAN = without_fault()


def write(file: Path, document: Any) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(document if isinstance(document, str) else json.dumps(document))
    return str(file)


def with_resources(**more: Any) -> dict[str, Any]:
    """The template without a fault, with further resources."""
    return {**CLEAN, "Resources": {**CLEAN["Resources"], **more}}


def with_property(logical_id: str, name: str, value: Any) -> dict[str, Any]:
    """The template without a fault, with one more property of a resource."""
    body = CLEAN["Resources"][logical_id]
    return with_resources(**{logical_id: {**body, "Properties": {**body["Properties"], name: value}}})


INCLUDE = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://shop/part.yaml"}}}
NESTED = {"TemplateURL": "https://s3.amazonaws.com/shop/part.yaml"}
STREAM = resource("Kinesis::Stream", {"ShardCount": 1})

UNREAD = [
    pytest.param({**CLEAN, "Transform": "ShopMacro"}, "Shop: ShopMacro", id="macro of the whole template"),
    pytest.param({**CLEAN, "Transform": ["AWS::LanguageExtensions", "M"]}, "Shop: M", id="one of several macros"),
    pytest.param(
        {**CLEAN, "Transform": {"Name": "AWS::Include", "Parameters": {}}},
        "Shop: AWS::Include",
        id="include at the top",
    ),
    pytest.param({**CLEAN, **INCLUDE}, "Shop: AWS::Include", id="include beside the sections"),
    pytest.param(with_resources(**INCLUDE), "Shop/Resources: AWS::Include", id="include among the resources"),
    pytest.param(with_resources(Late=resource("Lambda::EventsourceMapping")), "Shop/Late", id="other capitals"),
    pytest.param(with_resources(Late=resource("Lambda::EventSourceMappings")), "Shop/Late", id="nearly the type"),
    pytest.param(with_resources(Late=resource("Lambda::EventSource")), "Shop/Late", id="a part of the type"),
    pytest.param(with_resources(Late={"Type": " AWS::Lambda::EventSourceMapping"}), "Shop/Late", id="a space"),
    pytest.param(with_resources(Late={"Type": ["AWS::Lambda::EventSourceMapping"]}), "Shop/Late", id="a list of types"),
    pytest.param(with_resources(Late={"Properties": {}}), "Shop/Late", id="no type"),
    pytest.param(with_resources(Late=resource("SQS::queue")), "Shop/Late", id="a source in other capitals"),
    pytest.param(with_resources(Late="AWS::Lambda::EventSourceMapping"), "Shop/Late", id="a text"),
    pytest.param(with_resources(Late=None), "Shop/Late", id="nothing at all"),
    pytest.param(with_resources(Part=resource("X::MODULE")), "Shop/Part", id="module"),
    pytest.param(with_resources(Part={"Type": "Shop::Queue::Worker::MODULE"}), "Shop/Part", id="module of a kind"),
    pytest.param(with_property("Orders", "Fn::Transform", {"Name": "M"}), "Shop/Orders", id="macro in the mapping"),
    pytest.param(with_property("Function", "Fn::Transform", {"Name": "M"}), "Shop/Function", id="in the function"),
    pytest.param(with_property("Queue", "RedrivePolicy", INCLUDE), "Shop/Queue", id="deep within the source"),
    pytest.param(with_property("Dead", "Fn::Transform", {"Name": "M"}), "Shop/Dead", id="in the dead-letter queue"),
    pytest.param(with_property("Role", "Policies", [INCLUDE]), "Shop/Role", id="in the role"),
    pytest.param(
        with_resources(Poll=resource("IAM::Policy", {"Roles": [ref("Role")], "PolicyDocument": INCLUDE})),
        "Shop/Poll",
        id="in a policy of the role",
    ),
    pytest.param(
        with_resources(Part=resource("CloudFormation::Stack", {**NESTED, "Parameters": {"Q": get("Queue")}})),
        "Shop/Part",
        id="nested stack elsewhere that gets the source",
    ),
    pytest.param(
        with_resources(
            Clicks=STREAM,
            Reader=resource("Lambda::Function", {"Role": get("Role")}),
            Part=resource("CloudFormation::Stack", {**NESTED, "Parameters": {"S": get("Clicks"), "F": get("Reader")}}),
        ),
        "Shop/Part",
        id="nested stack elsewhere that gets all of a mapping",
    ),
]
READ = [
    pytest.param({**CLEAN, "Transform": "AWS::LanguageExtensions"}, id="functions that the reader knows"),
    pytest.param({**CLEAN, "Transform": ["AWS::CodeDeployBlueGreen"]}, id="deployments of Amazon ECS"),
    pytest.param({**CLEAN, "Transform": "AWS::SecretsManager-2024-09-16"}, id="rotation of secrets"),
    pytest.param(with_resources(Api=resource("ApiGateway::RestApi", {"Body": INCLUDE})), id="include in an API"),
    pytest.param(with_resources(Part=resource("CloudFormation::Stack", NESTED)), id="nested stack that gets nothing"),
    pytest.param(
        with_resources(Part=resource("CloudFormation::Stack", {**NESTED, "Parameters": {"Api": ref("Api")}})),
        id="nested stack that gets something else",
    ),
    pytest.param(
        with_resources(Other=resource("Lambda::Function", {"Role": get("Role"), **INCLUDE})),
        id="macro in a function that no mapping invokes",
    ),
    pytest.param(with_resources(Other=resource("Lambda::EventInvokeConfig")), id="a type that begins as a mapping's"),
    pytest.param(with_resources(Other={"Type": "Shop::Lambda::EventSourceMapping"}), id="a type of the user's own"),
]


@pytest.mark.parametrize(("document", "name"), UNREAD)
def test_what_was_not_read_is_named_and_makes_the_check_fail(
    document: dict[str, Any], name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "Shop.json", document)

    assert main(["check", file]) == 1
    text = capsys.readouterr().out
    assert "not judged" in text
    assert "nothing to mend" not in text
    assert main(["check", file, "--format", "json"]) == 1
    assert [one["path"] for one in json.loads(capsys.readouterr().out)["summary"]["skipped"]] == [name]


@pytest.mark.parametrize(("document", "name"), UNREAD)
def test_only_an_agreement_by_name_and_reason_makes_it_pass(
    document: dict[str, Any], name: str, tmp_path: Path
) -> None:
    file = write(tmp_path / "Shop.json", document)

    assert main(["check", file, "--allow-unjudged", f"{name}=it is looked at elsewhere"]) == 0
    assert main(["check", file, "--allow-unjudged", f"{name}x=it is looked at elsewhere"]) == 1
    assert main(["check", file, "--allow-unjudged", "all"]) == 0
    assert main(["check", file, "--fail-on", "never"]) == 0
    assert main(["check", file, "--fail-on", "error"]) == 1


@pytest.mark.parametrize("document", READ)
def test_what_can_make_no_mapping_and_change_none_is_not_named(
    document: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", write(tmp_path / "Shop.json", document)]) == 0
    assert "not judged" not in capsys.readouterr().out


def test_agreement_without_a_reason_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", write(tmp_path / "Shop.json", CLEAN), "--allow-unjudged", "Shop/Orders"]) == 2
    assert "say why" in capsys.readouterr().err


def test_baseline_keeps_what_was_agreed_to_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "Shop.json", {**CLEAN, "Transform": ["One", "Two"]})
    words = ["check", "Shop.json", "--baseline", "known.json"]

    assert main([*words, "--write-baseline", "--allow-unjudged", "Shop: One=it adds tags"]) == 0
    assert "not judged, and not in it: Shop: Two" in capsys.readouterr().out
    assert main(words) == 1
    assert main([*words, "--allow-unjudged", "Shop: Two=it adds tags"]) == 0
    assert json.loads((tmp_path / "known.json").read_text())["unjudged"] == [
        {"path": "Shop: One", "reason": "it adds tags"}
    ]


def test_a_file_that_cannot_be_read_does_not_hide_the_findings_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "all" / "Bad.json", without_fault(BatchSize=100))
    write(tmp_path / "all" / "Half.json", json.dumps(CLEAN)[:-1])
    write(tmp_path / "all" / "out" / "manifest.json", {"artifacts": {"A": _stack("gone.json")}})

    assert main(["check", "all"]) == 2
    text = capsys.readouterr().out
    assert "ESM201" in text
    assert "- all/Half.json\n" in text
    assert "- all/out\n" in text
    assert main(["check", "all", "--fail-on", "never"]) == 2
    agreed = ["--allow-unjudged", "all/Half.json=not ours", "--allow-unjudged", "all/out=not ours"]
    assert main(["check", "all", "--fail-on", "never", *agreed]) == 0
    assert main(["check", "all", *agreed]) == 1


def _stack(file: str) -> dict[str, Any]:
    return {"type": "aws:cloudformation:stack", "properties": {"templateFile": file}}


def test_a_folder_in_which_nothing_can_be_read_is_no_clean_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "all" / "Half.json", json.dumps(CLEAN)[:-1])

    assert main(["check", str(tmp_path / "all")]) == 2
    assert "0 mappings in 0 templates: 1 not judged\n" in capsys.readouterr().out


def test_other_files_of_a_folder_are_nobodys_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "all" / "Shop.json", CLEAN)
    write(tmp_path / "all" / "notes.yaml", "a: [")
    write(tmp_path / "all" / "package.json", "{broken")

    assert main(["check", str(tmp_path / "all")]) == 0
    assert capsys.readouterr().out == "1 mapping in 1 template: nothing to mend\n"


def test_a_file_with_resources_of_another_kind_is_no_template_that_was_not_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "all" / "Shop.json", CLEAN)
    write(tmp_path / "all" / "settings.json", {"Resources": {"Name": "shop", "Url": "https://shop"}})
    write(tmp_path / "all" / "pod.json", {"kind": "Pod", "Resources": {"cpu": "2"}})
    write(tmp_path / "all" / "web.json", {"Resources": {"X": {"Type": "Microsoft.Web/sites"}, "Y": {"name": "y"}}})

    assert main(["check", str(tmp_path / "all")]) == 0
    assert capsys.readouterr().out.endswith(": nothing to mend\n")


@pytest.mark.parametrize(
    "document",
    [
        {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Orders": {"DependsOn": "Queue"}}},
        {"Resources": {"Orders": {"Properties": {"FunctionName": "fulfil"}}}},
    ],
)
def test_a_template_without_a_type_is_told_by_its_other_parts(
    document: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", write(tmp_path / "Shop.json", document)]) == 1
    assert "its Type is no text" in capsys.readouterr().out


def test_a_module_that_makes_a_mapping_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = with_resources(Late={"Type": "AWS::Lambda::EventSourceMapping::MODULE"})

    assert main(["check", write(tmp_path / "Shop.json", document)]) == 1
    assert capsys.readouterr().out.count("Shop/Late") == 1


def test_mapping_of_an_unknown_source_is_not_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = template({"Orders": mapping({"Fn::ImportValue": "x"}, StartingPosition="LATEST")})

    assert main(["check", write(tmp_path / "Shop.json", document)]) == 1
    assert capsys.readouterr().out.endswith("0 mappings in 1 template: 1 not judged\nfails: 1 not judged\n")
