"""Whatever a SAM source holds, the reader answers; and an event that Lambda polls for is read, or named."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cdk_esm.rules.engine import check
from cdk_esm.sources.sam_events import PULL_EVENTS
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.intrinsics import evaluator_of
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import Reading, read
from tests.core.template.sam.building import function, source
from tests.core.template.sam.event_cases import EVENT_CASES
from tests.core.template.sam.own_sources import OWN_SOURCES

BASES = [
    *OWN_SOURCES.values(),
    *(source(case.resources, {"Worker": function({"Pull": case.right})}) for case in EVENT_CASES.values()),
]
SCALARS = (
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "Worker", "Jobs", "SQS", "*", "a.b", "${"])
)
FUNCTIONS = st.sampled_from(["Ref", "Fn::GetAtt", "Fn::If", "Fn::Sub", "Fn::Transform", "Fn::Join", "Condition"])
KEYS = st.sampled_from(["Type", "Properties", "Events", "Id", "Statement", "Fn::If", "OnFailure", "SQSPollerPolicy"])
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(KEYS, inner, max_size=2)
        | st.builds(lambda name, argument: {name: argument}, FUNCTIONS, inner)
    ),
    max_leaves=6,
)
CHANGES = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(["put", "drop", "wrap", "move"]), ANYTHING), max_size=4
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every record or list of a document with every key of it."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


def changed(base: dict[str, Any], changes: list[tuple[int, str, Any]]) -> dict[str, Any]:
    document = copy.deepcopy(base)
    for number, how, anything in changes:
        found = list(places(document["Resources"])) if isinstance(document.get("Resources"), dict) else []
        if not found:
            break
        owner, key = found[number % len(found)]
        if how == "put":
            owner[key] = anything
        elif how == "wrap":
            owner[key] = {"Fn::If": ["InProduction", owner[key], anything]}
        elif how == "move":
            owner[key] = copy.deepcopy(found[(number // 7) % len(found)][0])
        else:
            owner.pop(key)
    return document


def polled(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The functions and the names of their events, as far as it is plain that Lambda polls for them."""
    for name, body in document["Resources"].items():
        if not isinstance(body, dict) or body.get("Type") != "AWS::Serverless::Function":
            continue
        properties = body.get("Properties")
        events = properties.get("Events") if isinstance(properties, dict) else None
        for event, written in events.items() if isinstance(events, dict) else ():
            kind = written.get("Type") if isinstance(written, dict) else None
            if isinstance(kind, str) and kind in PULL_EVENTS:
                yield name, event


def accounted_for(reading: Reading, name: str, event: str) -> bool:
    named = {one.path for one in reading.skipped}
    read_here = {(plan.logical_id, plan.within[-1:]) for plan in reading.plans}
    places_named = {f"shop/{name}", f"shop/{name}/Events", f"shop/{name}/Events/{event}", f"shop/{name}/{event}"}
    return (name, (event,)) in read_here or bool(named & places_named)


@given(st.sampled_from(BASES), CHANGES)
def test_no_source_makes_the_reader_fail_and_no_event_is_passed_over(
    base: dict[str, Any], changes: list[tuple[int, str, Any]]
) -> None:
    document = changed(base, changes)
    before = copy.deepcopy(document)
    stack = Stack(name="shop", document=document)
    assembly = Assembly([stack])

    reading = read(assembly)
    check(reading.plans)

    evaluator = evaluator_of(assembly)
    for name, event in polled(document):
        function = stack.resources.get(name)
        if function is None or stands(evaluator, function) is not False:
            assert accounted_for(reading, name, event), (name, event)
    assert document == before
