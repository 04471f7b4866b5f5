"""Nested stacks, as an assembly or a folder beside the template holds them."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.errors import TemplateError
from cdk_esm.template.cloudformation import load
from cdk_esm.testing.templates import get, mapping, resource, template

INNER = template({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"))})


def assembly(folder: Path, nested: dict[str, Any], metadata: dict[str, Any] | None = None) -> Path:
    """An assembly of one stack with one nested stack."""
    shop = {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Shop.json"}, "metadata": metadata or {}}
    for name, content in (
        ("manifest", {"artifacts": {"Shop": shop}}),
        ("Shop", template({"Inner": {**resource("CloudFormation::Stack"), **nested}})),
        ("inner", INNER),
    ):
        (folder / f"{name}.json").write_text(json.dumps(content))
    return folder


def at(path: Any) -> dict[str, Any]:
    """What CDK says of where a nested template lies."""
    return {"Metadata": {"aws:asset:path": path}}


def test_the_path_of_a_mapping_has_the_logical_id_of_its_nested_stack(tmp_path: Path) -> None:
    [plan] = esm.read_assembly(assembly(tmp_path, at("inner.json")))

    assert (plan.path, plan.logical_id) == ("Shop/Inner/Orders", "Orders")
    assert plan.template == str(tmp_path / "inner.json")
    assert plan.event_source.identity == "Shop/Inner/Queue"


def test_construct_path_of_a_nested_stack_is_that_of_what_it_belongs_to(tmp_path: Path) -> None:
    said = {
        "/Shop/Part/Own.NestedStack/Own.NestedStackResource": [{"type": "aws:cdk:logicalId", "data": "Inner"}],
        "/Shop/Part/Own/Orders/Resource": [{"type": "aws:cdk:logicalId", "data": "Orders"}],
    }

    [plan] = esm.read_assembly(assembly(tmp_path, at("inner.json"), said))

    assert plan.path == "Shop/Part/Own/Orders"


@pytest.mark.parametrize("path", [pytest.param("gone.json", id="gone"), pytest.param(5, id="no text")])
def test_nested_stack_that_is_not_at_hand_is_left_out(tmp_path: Path, path: Any) -> None:
    assert esm.read_assembly(assembly(tmp_path, at(path))) == []


@pytest.mark.parametrize("path", ["", "a\0b", "../inner.json"])
def test_nested_stack_outside_of_the_assembly_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(TemplateError, match=r"has no name|lies outside of the assembly"):
        esm.read_assembly(assembly(tmp_path, at(path)))


def test_nested_stack_that_holds_itself_is_refused(tmp_path: Path) -> None:
    folder = assembly(tmp_path, at("inner.json"))
    within = {**resource("CloudFormation::Stack"), **at("inner.json")}
    (folder / "inner.json").write_text(json.dumps(template({"Inner": within, "Orders": mapping("q")})))

    with pytest.raises(TemplateError, match=r"inner\.json: it is nested in itself, by Inner in .*inner\.json$"):
        esm.read_assembly(folder)


def test_nested_stack_that_holds_the_outermost_one_through_a_link_is_refused(tmp_path: Path) -> None:
    folder = assembly(tmp_path, at("inner.json"))
    (folder / "again.json").symlink_to("Shop.json")
    within = {**resource("CloudFormation::Stack"), **at("again.json")}
    (folder / "inner.json").write_text(json.dumps(template({"Again": within})))

    with pytest.raises(TemplateError, match="it is nested in itself, by Again"):
        esm.read_assembly(folder)


def test_one_template_can_be_nested_twice_beside_itself(tmp_path: Path) -> None:
    folder = assembly(tmp_path, at("inner.json"))
    within = {**resource("CloudFormation::Stack"), **at("inner.json")}
    (folder / "Shop.json").write_text(json.dumps(template({"One": within, "Two": within})))

    assert [plan.path for plan in esm.read_assembly(folder)] == ["Shop/One/Orders", "Shop/Two/Orders"]


def twice_each(folder: Path, levels: int) -> Path:
    """An assembly in which each nested stack has the next one in it twice."""
    assembly(folder, at("0.json"))
    for level in range(levels):
        within = {**resource("CloudFormation::Stack"), **at(f"{level + 1}.json")}
        (folder / f"{level}.json").write_text(json.dumps(template({"One": within, "Two": within})))
    return folder


def test_nested_stacks_that_multiply_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MOST_STACKS", 500)

    with pytest.raises(TemplateError, match="it names more than 500 stacks and stages"):
        esm.read_assembly(twice_each(tmp_path, 20))


def test_resources_that_multiply_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MOST_RESOURCES", 5000)
    folder = twice_each(tmp_path, 6)
    topics = {f"Topic{number}": resource("SNS::Topic") for number in range(100)}
    (folder / "6.json").write_text(json.dumps(template(topics)))

    with pytest.raises(TemplateError, match="have more than 5000 resources together"):
        esm.read_assembly(folder)


def test_stages_that_multiply_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MOST_STACKS", 500)
    folder = tmp_path
    for _ in range(20):
        folder.mkdir(exist_ok=True)
        stage = {"type": "cdk:cloud-assembly", "properties": {"directoryName": "s"}}
        (folder / "manifest.json").write_text(json.dumps({"artifacts": {"One": stage, "Two": stage}}))
        folder = folder / "s"
    folder.mkdir()
    (folder / "manifest.json").write_text('{"artifacts": {}}')

    with pytest.raises(TemplateError, match="it names more than 500 stacks and stages"):
        esm.read_assembly(tmp_path)


def test_stacks_are_nested_to_a_depth_that_somebody_may_use(tmp_path: Path) -> None:
    folder = assembly(tmp_path, at("0.json"))
    for level in range(25):
        within = {**resource("CloudFormation::Stack"), **at(f"{level + 1}.json")}
        (folder / f"{level}.json").write_text(json.dumps(template({"In": within})))
    (folder / "19.json").write_text(json.dumps(INNER))
    [plan] = esm.read_assembly(folder)

    (folder / "19.json").write_text((folder / "18.json").read_text().replace("19.json", "20.json"))
    assert plan.path == f"Shop/Inner{'/In' * 19}/Orders"
    with pytest.raises(TemplateError, match="stacks are nested more than 20 levels deep"):
        esm.read_assembly(folder)


ODD_NAMES = [
    pytest.param("\ud800", id="half a character"),
    pytest.param("x" * 5000, id="thousands of characters"),
    pytest.param("loop.json", id="a link to itself"),
]


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("place", ["templateFile", "additionalMetadataFile", "aws:asset:path", "directoryName"])
def test_a_name_that_leads_nowhere_is_a_template_error(tmp_path: Path, name: str, place: str) -> None:
    folder = assembly(tmp_path, at(name if place == "aws:asset:path" else "inner.json"))
    (folder / "loop.json").symlink_to("loop.json")
    if place != "aws:asset:path":
        properties = {"templateFile": "Shop.json", place: name}
        kind = "cdk:cloud-assembly" if place == "directoryName" else "aws:cloudformation:stack"
        artifact = {"type": kind, "properties": properties, place: name}
        (folder / "manifest.json").write_text(json.dumps({"artifacts": {"Shop": artifact}}))

    with suppress(TemplateError):
        esm.read_assembly(folder)


def test_template_that_is_none_is_named(tmp_path: Path) -> None:
    folder = assembly(tmp_path, at("inner.json"))
    (folder / "Shop.json").write_text("[]")

    with pytest.raises(TemplateError, match=r"^.*Shop\.json: a template is an object with Resources, got a list$"):
        esm.read_assembly(folder)


def test_nested_template_that_is_none_is_named(tmp_path: Path) -> None:
    folder = assembly(tmp_path, at("inner.json"))
    (folder / "inner.json").write_text("[]")

    with pytest.raises(TemplateError, match=r"inner\.json: a template is an object with Resources, got a list$"):
        esm.read_assembly(folder)


@pytest.mark.parametrize("name", ["Shop.json", "inner.json"])
def test_an_empty_template_of_the_assembly_gives_no_plans(tmp_path: Path, name: str) -> None:
    folder = assembly(tmp_path, at("inner.json"))
    (folder / name).write_text("{}")

    assert [plan.template for plan in esm.read_assembly(folder) if str(plan.template).endswith(name)] == []


def test_resources_of_another_form_make_no_template(tmp_path: Path) -> None:
    folder = assembly(tmp_path, at("inner.json"))
    (folder / "inner.json").write_text('{"Resources": []}')

    with pytest.raises(TemplateError, match=r"inner\.json: there are no Resources in it"):
        esm.read_assembly(folder)
