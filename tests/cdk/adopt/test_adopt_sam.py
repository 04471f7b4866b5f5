"""The row of docs/guide/adopt.md about AWS SAM: the template is included without its events, and statements added."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import Fn, cloudformation_include
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from cdk_esm import read_template
from tests.cdk.adopt.included import bound_to
from tests.cdk.adopt.pasted import REPLACED, compared, kept, paste, printed
from tests.cdk.templates import quiet_app

SOURCE: Final = Path(__file__).parents[2] / "fixtures" / "sam" / "source.json"


def bound(name: dict[str, Any], resources: dict[str, Any], scope: Construct) -> Any:
    """What belongs in the place of a marked name; SAM makes the role of a function beside it."""
    if name["kind"] not in ("function", "alias"):
        return bound_to(name, resources, scope)
    written = name["logical_id"].removesuffix("Aliaslive")
    here = Construct(scope, name["name"])
    role = iam.Role.from_role_arn(here, "Role", Fn.get_att(f"{written}Role", "Arn").to_string())
    of_alias = written != name["logical_id"]
    arn = Fn.ref(name["logical_id"]) if of_alias else Fn.get_att(written, "Arn").to_string()
    return lambda_.Function.from_function_attributes(here, "It", function_arn=arn, same_environment=True, role=role)


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("sam")
    document = json.loads(SOURCE.read_text(encoding="utf-8"))
    old = folder / "Shop.template.json"
    old.write_text(json.dumps(document), encoding="utf-8")
    code, names = printed(old)
    without = copy.deepcopy(document)
    for resource in without["Resources"].values():
        resource.get("Properties", {}).pop("Events", None)
    file = folder / "without.json"
    file.write_text(json.dumps(without), encoding="utf-8")
    stack = cdk.Stack(quiet_app(folder / "out"), "Shop", synthesizer=cdk.LegacyStackSynthesizer())
    cloudformation_include.CfnInclude(stack, "Template", template_file=str(file))
    outside = Construct(stack, "Elsewhere")
    paste(code["Shop"], stack, {name["name"]: bound(name, document["Resources"], outside) for name in names})
    app: Any = stack.node.root
    app.synth()
    return old, folder / "out" / "Shop.template.json"


def test_each_event_becomes_a_mapping_with_its_id_and_its_settings(sides: tuple[Path, Path]) -> None:
    old, new = (kept(read_template(json.loads(side.read_text(encoding="utf-8")))) for side in sides)

    assert len(old) == len(new)
    assert not REPLACED & {change["change"] for change in compared(*sides)}


def test_diff_tells_no_danger(sides: tuple[Path, Path]) -> None:
    assert [one for one in compared(*sides) if one["severity"] in ("error", "danger")] == []


def test_what_holds_records_stays_as_it_is(sides: tuple[Path, Path]) -> None:
    old, new = (json.loads(side.read_text(encoding="utf-8"))["Resources"] for side in sides)

    for name, one in old.items():
        if one["Type"] != "AWS::Serverless::Function":
            assert new[name]["Type"] == one["Type"]
            assert new[name].get("Properties") == one.get("Properties")
