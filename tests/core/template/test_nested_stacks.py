"""Nested stacks, as an assembly or a folder beside the template holds them."""

import json
from pathlib import Path
from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.errors import TemplateError
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


def test_nested_stack_that_holds_itself_ends(tmp_path: Path) -> None:
    folder = assembly(tmp_path, at("inner.json"))
    within = {**resource("CloudFormation::Stack"), **at("inner.json")}
    (folder / "inner.json").write_text(json.dumps(template({"Inner": within, "Orders": mapping("q")})))

    assert len(esm.read_assembly(folder)) == 21


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
