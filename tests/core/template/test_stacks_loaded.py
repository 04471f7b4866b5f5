"""What an assembly says of its stacks beside their templates."""

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.load import load_assembly
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.testing.templates import resource


def loaded(folder: Path, artifact: dict[str, Any], **files: Any) -> list[Stack]:
    """The stacks of an assembly of one stack."""
    template = {
        "Resources": {"Inner": resource("CloudFormation::Stack", {"TemplateURL": "https://s3/a/0a1b.json?v=1"})}
    }
    properties = {"templateFile": "Shop.json", **artifact.pop("properties", {})}
    shop = {"type": "aws:cloudformation:stack", "properties": properties, **artifact}
    artifacts = {"Odd": 1, "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}}, "Shop": shop}
    for name, content in {"manifest": {"artifacts": artifacts}, "Shop": template, **files}.items():
        (folder / f"{name}.json").write_text(json.dumps(content))
    return load_assembly(folder).stacks


@pytest.mark.parametrize(
    ("environment", "region", "account"),
    [
        ("aws://111122223333/eu-west-1", "eu-west-1", "111122223333"),
        ("aws://unknown-account/eu-west-1", "eu-west-1", None),
        ("aws://111122223333/unknown-region", None, "111122223333"),
        ("aws://111122223333", None, "111122223333"),
        ("aws://111122223333/eu-west-1/more", "eu-west-1", "111122223333"),
        ("aws:///", None, None),
        ("111122223333/eu-west-1", None, None),
        (None, None, None),
        (5, None, None),
    ],
)
def test_place_of_a_stack_is_that_of_its_environment(
    tmp_path: Path, environment: object, region: str | None, account: str | None
) -> None:
    [stack] = loaded(tmp_path, {"environment": environment})

    assert (stack.region, stack.account) == (region, account)


@pytest.mark.parametrize(
    ("properties", "name"), [({"stackName": "prod-Shop"}, "prod-Shop"), ({}, "Shop"), ({"stackName": 5}, "Shop")]
)
def test_stack_is_deployed_under_its_name(tmp_path: Path, properties: dict[str, Any], name: str) -> None:
    [stack] = loaded(tmp_path, {"properties": properties})

    assert (stack.name, stack.stack_name, stack.file) == ("Shop", name, str(tmp_path / "Shop.json"))


@pytest.mark.parametrize(
    ("places", "found"),
    [
        pytest.param([None], 0, id="one elsewhere"),
        pytest.param(["eu-west-1", "eu-central-1"], 0, id="one in the same place"),
        pytest.param(["eu-central-1", "eu-west-1"], 1, id="the second in the same place"),
        pytest.param(["eu-west-1", "eu-west-1"], None, id="two in the same place"),
        pytest.param(["eu-central-1", None], None, id="two elsewhere"),
        pytest.param([], None, id="none"),
    ],
)
def test_stack_finds_another_by_the_name_that_it_is_deployed_under(places: list[str | None], found: int | None) -> None:
    stacks = [Stack(name="A", document={}, stack_name="prod", region=place, account="1") for place in places]
    asking = Stack(name="B", document={}, region="eu-west-1", account="1")

    answer = Assembly([*stacks, asking]).deployed("prod", asking)

    assert answer is (None if found is None else stacks[found])


def says(logical_id: str) -> list[dict[str, str]]:
    return [{"type": "aws:cdk:logicalId", "data": logical_id}]


def test_metadata_stand_in_the_manifest_and_beside_it(tmp_path: Path) -> None:
    artifact = {"metadata": {"/Shop/A": says("A"), "/Shop/B": says("B")}, "additionalMetadataFile": "beside.json"}
    beside = {"/Shop/B": says("Other"), "/Shop/C": [1, *says("C")], "/Shop/D": "odd", "/Shop/E/Resource": says("C")}

    [stack] = loaded(tmp_path, artifact, beside=beside)
    [without] = loaded(tmp_path, {**artifact, "additionalMetadataFile": "none.json"})

    assert stack.construct_paths == {"A": "Shop/A", "Other": "Shop/B", "C": "Shop/C"}
    assert without.construct_paths == {"A": "Shop/A", "B": "Shop/B"}


@pytest.mark.parametrize(
    ("assets", "found"),
    [
        pytest.param({"0a1b": {"source": {"path": "inner.json"}}}, True, id="that asset"),
        pytest.param({"ffff": {"source": {"path": "inner.json"}}}, False, id="another asset"),
        pytest.param({"0a1b": {"source": {"path": 5}}}, False, id="no path"),
        pytest.param({"0a1b": {"source": "inner.json"}}, False, id="odd source"),
        pytest.param([], False, id="odd files"),
    ],
)
def test_nested_template_is_found_by_the_hash_in_its_address(tmp_path: Path, assets: Any, *, found: bool) -> None:
    files = {"Shop.assets": {"files": assets}, "Another.assets": {"files": {}}, "inner": {"Resources": {}}}
    artifact = {"environment": "aws://111122223333/eu-west-1", "properties": {"stackName": "prod"}}

    shop, *inner = loaded(tmp_path, artifact, **files)

    assert bool(inner) is found
    for stack in inner:
        assert (stack.name, stack.file, stack.parent) == ("Shop/Inner", str(tmp_path / "inner.json"), shop)
        assert (stack.within, stack.root, stack.given) == (shop.resources["Inner"], shop, {})
        assert (stack.region, stack.account, stack.stack_name) == (None, None, None)
