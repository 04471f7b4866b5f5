"""Whatever templates come, a comparison answers; and nothing changes between a template and itself."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from cdk_esm.diff.formats import FORMATS
from cdk_esm.diff.inputs import read_sides, sides_of
from cdk_esm.diff.result import Difference, compare
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from tests.core.template.test_robust import TEMPLATES

SNAPSHOTS = Path(__file__).parents[2] / "cdk" / "snapshots"


def difference(old: dict[str, Any], new: dict[str, Any]) -> Difference:
    one, other = ([Assembly([Stack(name="Shop", document=document)])] for document in (old, new))
    return compare(*sides_of(one, other))


@given(TEMPLATES, TEMPLATES)
def test_any_two_templates_can_be_compared(old: dict[str, Any], new: dict[str, Any]) -> None:
    found = difference(old, new)

    for written in FORMATS.values():
        assert written(found)


@given(TEMPLATES)
def test_nothing_changes_between_any_template_and_itself(document: dict[str, Any]) -> None:
    assert difference(document, document).changes == ()


@pytest.mark.parametrize("name", ["ShopClicks", "ShopOrders", "ShopPayments", "ShopProducts"])
def test_nothing_changes_between_the_sample_app_and_itself(name: str) -> None:
    file = str(SNAPSHOTS / f"{name}.json")
    found = compare(*read_sides(file, file))

    assert found.changes == ()
    assert found.before == found.after == 1


def test_every_setting_of_the_sample_app_can_be_taken_away() -> None:
    document = json.loads((SNAPSHOTS / "ShopOrders.json").read_text(encoding="utf-8"))
    bare = json.loads(json.dumps(document))
    bare["Resources"] = {
        name: body for name, body in bare["Resources"].items() if body["Type"] != "AWS::CloudWatch::Alarm"
    }

    assert {change.kind.name for change in difference(document, bare).changes} == {"alarm-removed"}
