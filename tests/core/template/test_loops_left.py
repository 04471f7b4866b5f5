"""The loops that nobody can unroll before the deployment are named, whatever is written in them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.loops import MOST_MADE
from cdk_esm.template.reader import read
from cdk_esm.testing.templates import get, mapping, ref, resource
from tests.core.template.loop_cases import (
    LISTS,
    NAMES,
    loop,
    queues_and_mappings,
    read_with_loops,
    stack_with_loops,
    sub,
)

LEFT = [
    pytest.param(queues_and_mappings(ref("Open")), "before the deployment", id="parameter without a value"),
    pytest.param(queues_and_mappings(ref("Stored")), "before the deployment", id="parameter of Systems Manager"),
    pytest.param(queues_and_mappings(ref("Elsewhere")), "before the deployment", id="no such parameter"),
    pytest.param(queues_and_mappings([ref("AWS::Region")]), "before the deployment", id="member of the deployment"),
    pytest.param(queues_and_mappings({"Fn::If": ["Live", ["A"], ["B"]]}), "before the deployment", id="condition"),
    pytest.param(queues_and_mappings(get("Role")), "before the deployment", id="resource"),
    pytest.param(queues_and_mappings(["{{resolve:ssm:name}}"]), "before the deployment", id="dynamic reference"),
    pytest.param(queues_and_mappings(ref("Empty")), "a member that is no text", id="default that is empty"),
    pytest.param(queues_and_mappings("North"), "no list", id="text"),
    pytest.param(queues_and_mappings([["North"]]), "a member that is no text", id="list in a list"),
    pytest.param(queues_and_mappings(["North", "North"]), "which is there already", id="member twice"),
    pytest.param(queues_and_mappings(["no-id"]), "no logical id", id="member with a sign"),
    pytest.param(queues_and_mappings([str(n) for n in range(MOST_MADE)]), "more than 500", id="too many in all"),
    pytest.param(queues_and_mappings([str(n) for n in range(MOST_MADE + 1)]), "more than 500", id="too many members"),
    pytest.param({"Fn::ForEach::Lanes": {}}, "a list of", id="object"),
    pytest.param({"Fn::ForEach::Lanes": ["Lane", NAMES]}, "a list of", id="without a fragment"),
    pytest.param(loop(["Lane"], NAMES, {"Q${Lane}": {}}), "identifier", id="identifier that is no text"),
    pytest.param(loop("Lane", NAMES, []), "fragment", id="fragment that is no object"),
    pytest.param(loop("Lane", NAMES, {}), "fragment", id="fragment without a key"),
    pytest.param(loop("Lane", NAMES, {"Queue": {}}), "does not contain", id="key without the identifier"),
    pytest.param(
        loop("Lane", NAMES, loop("Lane", NAMES, {"Queue${Lane}": {}})), "of a loop around it", id="identifier twice"
    ),
    pytest.param(
        loop("Lane", NAMES, loop("Kind", NAMES, {"Queue${Kind}": {}})), "which is there already", id="same in each turn"
    ),
    pytest.param(
        loop("Lane", NAMES, loop("Kind", ref("Open"), {"Q${Lane}${Kind}": {}})), "deployment", id="loop within it"
    ),
    pytest.param(
        {**queues_and_mappings(NAMES), "LinkNorth": resource("S3::Bucket")}, "is there already", id="id that is taken"
    ),
    pytest.param(
        queues_and_mappings(["N" * 100_000 + str(n) for n in range(9)]), "more than 1000000 characters", id="too long"
    ),
]


@pytest.mark.parametrize(("resources", "reason"), LEFT)
def test_loop_that_cannot_be_unrolled_is_not_judged_by_name(resources: dict[str, Any], reason: str) -> None:
    reading = read_with_loops(resources)

    assert reading.plans == []
    [skipped] = reading.skipped
    assert (skipped.path, skipped.logical_id) == ("Shop/Fn::ForEach::Lanes", "Fn::ForEach::Lanes")
    assert reason in skipped.reason


def test_loop_without_the_transform_is_not_judged() -> None:
    reading = read_with_loops(queues_and_mappings(NAMES), Transform=[])

    assert reading.plans == []
    assert [one.reason for one in reading.skipped] == ["the template does not say `Transform: AWS::LanguageExtensions`"]


@pytest.mark.parametrize("count", [2, 5])
def test_loops_within_loops_that_make_nothing_end_soon(count: int) -> None:
    written: dict[str, Any] = {"Q${L0}": {}}
    for place in range(count):
        written = {f"Fn::ForEach::L{place}": [f"L{place}", [str(n) for n in range(500)], written]}

    assert len(read_with_loops(written).skipped) == 1


WORDS = st.sampled_from(["Lane", "${Lane}", "&{Lane}", "Q${Lane}", "North", "Names", "Open", "Queue", "", "a-b"])
KEYS = WORDS | st.sampled_from(
    ["Fn::ForEach::A", "Fn::ForEach", "Ref", "Fn::Sub", "Fn::GetAtt", "Fn::If", "Type", "Properties", "Condition"]
)
VALUES = st.recursive(
    WORDS | st.none() | st.integers() | st.just({"Ref": "Lane"}) | st.just({"Ref": "Names"}),
    lambda inner: (
        st.builds(mapping, inner)
        | st.lists(inner, max_size=4)
        | st.dictionaries(KEYS, inner, max_size=3)
        | st.tuples(WORDS, inner, st.dictionaries(KEYS, inner, max_size=2)).map(list)
    ),
    max_leaves=20,
)


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.dictionaries(KEYS, VALUES, max_size=3))
def test_whatever_loops_say_they_are_unrolled_or_named(resources: dict[str, Any], conditions: dict[str, Any]) -> None:
    before = json.dumps(resources)
    stack = stack_with_loops(resources, Conditions={**LISTS["Conditions"], **conditions})
    reading = read(Assembly([stack]))
    left = {key for key in stack.document["Resources"] if key.startswith("Fn::ForEach")}
    known = {plan.logical_id for plan in reading.plans} | {one.logical_id for one in reading.skipped}

    assert left == set(stack.loops)
    assert known >= left | {one.logical_id for one in stack.resources.values() if one.kind is Kind.MAPPING}
    assert json.dumps(resources) == before


@given(
    st.lists(st.text("abcXYZ019", min_size=1, max_size=4), min_size=1, max_size=6, unique=True),
    st.lists(st.text("abcXYZ019", min_size=1, max_size=4), min_size=1, max_size=6, unique=True),
)
def test_loops_make_what_is_written_out(outer: list[str], inner: list[str]) -> None:
    """An independent way to the same: what the loops stand for, written by hand."""

    def pair(one: str, other: str) -> dict[str, Any]:
        name = f"{one}x{other}"
        return {
            f"Q{name}": resource(
                "SQS::Queue", {"VisibilityTimeout": 60, "QueueName": {"Fn::Join": ["-", [one, other]]}}
            ),
            f"L{name}": mapping(get(f"Q{name}"), BatchSize=5),
        }

    written = {key: body for one in outer for other in inner for key, body in pair(one, other).items()}
    name = {"Fn::Join": ["-", [ref("One"), ref("Other")]]}
    fragment = {
        "Q${One}x${Other}": resource("SQS::Queue", {"VisibilityTimeout": 60, "QueueName": name}),
        "L${One}x${Other}": mapping({"Fn::GetAtt": [sub("Q${One}x${Other}"), "Arn"]}, BatchSize=5),
    }
    loops = {"Fn::ForEach::A": ["One", outer, {"Fn::ForEach::B": ["Other", inner, fragment]}]}

    assert read_with_loops(loops).plans == read_with_loops(written).plans
