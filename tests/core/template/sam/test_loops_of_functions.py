"""SAM functions and events that a loop makes: AWS::LanguageExtensions is expanded before SAM reads what it made."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_esm.rules.engine import check
from cdk_esm.sources.sam_events import TRANSFORM
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.extensions import extended
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import Reading, read
from tests.core.template.sam.building import QUEUE, event, function, get, source

NAMES = ["North", "South"]
OF_A_LANE = {"Fn::GetAtt": [{"Fn::Sub": "${Lane}Jobs"}, "Arn"]}


def loop(collection: Any, made: dict[str, Any]) -> dict[str, Any]:
    return {"Fn::ForEach::Lanes": ["Lane", collection, made]}


def looked_at(*parts: dict[str, Any], **sections: Any) -> Reading:
    """What is read of a SAM source whose transforms include the one that makes loops."""
    written = source(*parts, **sections, Transform=["AWS::LanguageExtensions", TRANSFORM])
    return read(Assembly([extended(Stack(name="Shop", document=written), written)]))


def test_loop_over_functions_makes_a_mapping_of_each() -> None:
    queue = {**QUEUE["Jobs"], "Properties": {"VisibilityTimeout": 10}}
    worker = function({"Job": event("SQS", Queue=OF_A_LANE)}, Timeout=60)
    reading = looked_at(loop(NAMES, {"${Lane}Jobs": queue, "${Lane}Worker": worker}))

    assert reading.skipped == []
    assert [(plan.path, plan.event_source.identity, plan.function.identity) for plan in reading.plans] == [
        (f"Shop/{name}Worker/Job", f"Shop/{name}Jobs", f"Shop/{name}Worker") for name in NAMES
    ]
    hidden_too_short = check(reading.plans, select=("ESM301",))
    assert [finding.path for finding in hidden_too_short] == [plan.path for plan in reading.plans]


def test_loop_over_events_makes_a_mapping_of_each() -> None:
    reading = looked_at(QUEUE, {"Worker": function(loop(NAMES, {"${Lane}": event("SQS", Queue=get("Jobs"))}))})

    assert reading.skipped == []
    assert [plan.path for plan in reading.plans] == ["Shop/Worker/North", "Shop/Worker/South"]
    [twice] = check(reading.plans, select=("ESM208",))
    assert twice.path == "Shop/Worker/South"


@pytest.mark.parametrize("inside", [True, False], ids=["events", "functions"])
def test_loop_over_what_only_the_deployment_knows_is_not_judged(inside: bool) -> None:
    collection, parameters = {"Ref": "Names"}, {"Names": {"Type": "CommaDelimitedList"}}
    pull = event("SQS", Queue=get("Jobs"))
    made = (
        {"Worker": function(loop(collection, {"${Lane}": pull}))}
        if inside
        else loop(collection, {"${Lane}Worker": function({"Job": pull})})
    )
    reading = looked_at(QUEUE, made, Parameters=parameters)

    assert reading.plans == []
    assert [one.path for one in reading.skipped] != []
