"""Whatever templates come, a comparison answers; and nothing changes between a template and itself."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdk_esm.diff.deployed import Deployed
from cdk_esm.diff.formats import FORMATS
from cdk_esm.diff.inputs import read_sides, sides_of
from cdk_esm.diff.result import Difference, compare
from cdk_esm.sources import SOURCES
from cdk_esm.sources.live_mapping import API_NAMES
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from tests.core.template.test_robust import TEMPLATES, VALUES

SNAPSHOTS = Path(__file__).parents[2] / "cdk" / "snapshots"


ARNS = st.sampled_from(
    [
        "arn:aws:sqs:eu-west-1:111122223333:Shop-Queue-Xq3VhJ2LmN0p",
        "arn:aws:lambda:eu-west-1:111122223333:function:Shop-Function-aB3dE5fG7hJ9:live",
        "a",
    ]
)
SETTINGS = sorted({API_NAMES.get(one.name, one.name) for sheet in SOURCES.values() for one in sheet.settings})
LISTED = st.dictionaries(
    st.sampled_from([*SETTINGS, "FunctionArn", "State", "StateTransitionReason", "LastProcessingResult"]),
    ARNS | VALUES,
    max_size=8,
)


def difference(old: dict[str, Any], new: dict[str, Any]) -> Difference:
    one, other = ([Assembly([Stack(name="Shop", document=document)])] for document in (old, new))
    return compare(*sides_of(one, other))


@given(TEMPLATES, TEMPLATES)
def test_any_two_templates_can_be_compared(old: dict[str, Any], new: dict[str, Any]) -> None:
    found = difference(old, new)

    for written in FORMATS.values():
        assert written(found)


@given(TEMPLATES, TEMPLATES, st.lists(LISTED, max_size=3))
def test_any_list_can_be_compared_with_any_templates(
    old: dict[str, Any], new: dict[str, Any], bodies: list[dict[str, Any]]
) -> None:
    one, other = ([Assembly([Stack(name="Shop", document=document)])] for document in (old, new))
    deployed = [Deployed(str(index), "live.json", body) for index, body in enumerate(bodies)]
    found = compare(*sides_of(one, other), deployed=deployed)
    told = {change.place.path for change in found.changes if change.kind.name == "live-in-no-template"}

    assert len(told | {skipped.path for side, skipped in found.skipped if side == "live"}) <= len(bodies)
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
    assert found.before == found.after == (2 if name == "ShopPayments" else 1)


def test_every_setting_of_the_sample_app_can_be_taken_away() -> None:
    document = json.loads((SNAPSHOTS / "ShopOrders.json").read_text(encoding="utf-8"))
    bare = json.loads(json.dumps(document))
    bare["Resources"] = {
        name: body for name, body in bare["Resources"].items() if body["Type"] != "AWS::CloudWatch::Alarm"
    }

    assert {change.kind.name for change in difference(document, bare).changes} == {"alarm-removed"}
