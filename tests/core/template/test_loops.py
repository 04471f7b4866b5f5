"""What AWS::LanguageExtensions adds to a template: what its loops make, and functions in references and attributes."""

import json
from pathlib import Path
from typing import Any, cast

import pytest

from cdk_esm.__main__ import main
from cdk_esm.judge.inputs import read_inputs
from cdk_esm.plan import Queue
from cdk_esm.testing.templates import document, get, mapping, ref, resource, template
from tests.core.template.loop_cases import LISTS, NAMES, loop, made, queues_and_mappings, read_with_loops, sub


@pytest.mark.parametrize(
    ("collection", "names"),
    [
        pytest.param(NAMES, NAMES, id="list"),
        pytest.param([], [], id="nothing"),
        pytest.param([1, "B"], ["1", "B"], id="number"),
        pytest.param(["North", ref("Stage")], ["North", "live"], id="reference in a list"),
        pytest.param(ref("Names"), NAMES, id="parameter with a default"),
        pytest.param({"Fn::FindInMap": ["Lanes", ref("Stage"), "Names"]}, NAMES, id="mapping"),
        pytest.param({"Fn::FindInMap": ["Lanes", "test", "Names", {"DefaultValue": ["A"]}]}, ["A"], id="default"),
        pytest.param({"Fn::FindInMap": ["Lanes", "111122223333", "Names"]}, ["East"], id="key that is a number"),
        pytest.param({"Fn::Split": ["|", ref("Text")]}, NAMES, id="split"),
        pytest.param({"Fn::Split": [",", {"Fn::Join": [",", NAMES]}]}, NAMES, id="split of a join"),
    ],
)
def test_loop_makes_a_mapping_of_each_member_of_its_collection(collection: Any, names: list[str]) -> None:
    reading = read_with_loops(queues_and_mappings(collection))

    assert made(reading) == [f"Link{name}" for name in names]
    assert [plan.event_source.identity for plan in reading.plans] == [f"Shop/Queue{name}" for name in names]
    queues = [cast("Queue", plan.event_source) for plan in reading.plans]
    assert [queue.visibility_timeout_seconds for queue in queues] == [15] * len(names)
    assert reading.skipped == []


def test_value_that_is_given_for_a_parameter_is_what_a_loop_goes_over() -> None:
    assert made(read_with_loops(queues_and_mappings(ref("Open")), given={"Open": "East,West"})) == [
        "LinkEast",
        "LinkWest",
    ]


def test_transform_may_be_one_of_several() -> None:
    reading = read_with_loops(queues_and_mappings(NAMES), Transform=["AWS::LanguageExtensions", "Tags"])

    assert (made(reading), [one.path for one in reading.skipped]) == (["LinkNorth", "LinkSouth"], ["Shop: Tags"])


def test_loops_within_loops_go_over_what_the_outer_ones_say() -> None:
    inner = {
        "Queue${Lane}${Kind}": resource("SQS::Queue"),
        "Link${Lane}${Kind}": mapping({"Fn::GetAtt": ["Queue${Lane}${Kind}", "Arn"]}),
    }
    kinds = {"Fn::FindInMap": ["Kinds", ref("Lane"), "Names"]}
    reading = read_with_loops(
        loop("Lane", NAMES, {"Fn::ForEach::Kinds": ["Kind", kinds, inner]}),
        Mappings={"Kinds": {"North": {"Names": ["Paid"]}, "South": {"Names": ["Paid", "Sent"]}}},
    )

    assert made(reading) == ["LinkNorthPaid", "LinkSouthPaid", "LinkSouthSent"]
    assert [plan.event_source.identity for plan in reading.plans] == [
        "Shop/QueueNorthPaid",
        "Shop/QueueSouthPaid",
        "Shop/QueueSouthSent",
    ]


def test_ampersand_leaves_out_what_no_logical_id_contains() -> None:
    fragment = {
        "Queue&{Lane}": resource("SQS::Queue", {"QueueName": ref("Lane")}),
        "Link&{Lane}": mapping({"Fn::GetAtt": ["Queue&{Lane}", "Arn"]}),
    }
    reading = read_with_loops(loop("Lane", ["eu-north", "eu.south.fifo"], fragment))

    assert made(reading) == ["Linkeunorth", "Linkeusouthfifo"]
    assert [plan.event_source.identity for plan in reading.plans] == ["Shop/Queueeunorth", "Shop/Queueeusouthfifo"]


def test_loop_in_the_properties_of_a_mapping_makes_its_settings() -> None:
    settings = loop("Name", ["BatchSize", "Enabled"], {"${Name}": {"Fn::FindInMap": ["Set", ref("Name"), "Value"]}})
    sets = {"Set": {"BatchSize": {"Value": 7}, "Enabled": {"Value": False}}}
    link = mapping(get("Queue"))
    link["Properties"] |= settings
    [plan] = read_with_loops({"Queue": resource("SQS::Queue"), "Link": link}, Mappings=sets).plans

    assert (plan.given("BatchSize"), plan.given("Enabled")) == (7, False)


@pytest.mark.parametrize(
    ("logical_id", "path"),
    [pytest.param("Link", "Shop/Link", id="mapping"), pytest.param("Queue", "Shop/Queue", id="source")],
)
def test_loop_in_properties_that_cannot_be_unrolled_makes_its_resource_unread(logical_id: str, path: str) -> None:
    resources = {"Queue": resource("SQS::Queue"), "Link": mapping(get("Queue"))}
    resources[logical_id]["Properties"] |= loop("Name", ref("Open"), {"${Name}": 1})
    reading = read_with_loops(resources)

    assert [one.path for one in reading.skipped] == [path]
    assert len(reading.plans) == (logical_id != "Link")


def test_loops_in_conditions_and_outputs_are_unrolled() -> None:
    conditions = loop("Lane", NAMES, {"Is${Lane}": {"Fn::Equals": [ref("Lane"), "North"]}})
    outputs = loop("Lane", NAMES, {"Of${Lane}": {"Value": get("Q"), "Export": {"Name": ref("Lane")}}})
    link = {
        "Q": resource("SQS::Queue"),
        **loop("Lane", NAMES, {"Link${Lane}": {**mapping(get("Q")), "Condition": sub("Is${Lane}")}}),
    }
    reading = read_with_loops(link, Conditions=conditions, Outputs=outputs)
    [resource_of_mapping] = reading.resources

    assert made(reading) == ["LinkNorth"]
    assert set(resource_of_mapping.stack.document["Outputs"]) == {"OfNorth", "OfSouth"}


@pytest.mark.parametrize("policy", ["DeletionPolicy", "UpdateReplacePolicy"])
def test_functions_in_references_and_policies_become_plain_words(policy: str) -> None:
    chosen = {"Fn::FindInMap": ["Keep", ref("Stage"), "Word"]}
    link = mapping(get("Q"), FunctionName={"Ref": {"Fn::Join": ["", ["Func", "tion"]]}})
    reading = read_with_loops(
        {"Q": resource("SQS::Queue"), "Link": {**link, policy: chosen}}, Mappings={"Keep": {"live": {"Word": "Retain"}}}
    )

    assert reading.resources[0].body[policy] == "Retain"
    assert reading.plans[0].function.identity == "Shop/Function"


@pytest.mark.parametrize(
    ("default", "stays"),
    [pytest.param(ref("AWS::NoValue"), True, id="no value"), pytest.param("Live", None, id="open condition")],
)
def test_condition_by_a_lookup_is_followed(default: Any, stays: bool | None) -> None:
    condition = {"Fn::FindInMap": ["Lanes", "nowhere", "Condition", {"DefaultValue": default}]}
    reading = read_with_loops({"Q": resource("SQS::Queue"), "Link": {**mapping(get("Q")), "Condition": condition}})

    assert made(reading) == ["Link"]
    assert ("Condition" in reading.resources[0].body) is (stays is None)


def test_mapping_waits_for_the_policy_that_its_loop_names() -> None:
    own = {"PolicyName": "Poll", "Roles": [ref("Reader")], "PolicyDocument": document("sqs:*", "*")}
    resources = {
        "Reader": resource("IAM::Role"),
        "Fulfil": resource("Lambda::Function", {"Role": get("Reader")}),
        **loop(
            "Lane",
            NAMES,
            {
                "Poll${Lane}": resource("IAM::Policy", own),
                "Queue${Lane}": resource("SQS::Queue"),
                "Link${Lane}": {
                    **mapping(get("Queue${Lane}"), FunctionName=ref("Fulfil")),
                    "DependsOn": ["Poll${Lane}"],
                },
            },
        ),
    }
    [north, _] = read_with_loops(resources).plans
    access = north.role.access

    assert access is not None
    assert {(one.held, one.ordered) for one in access.permissions} == {(True, True)}


def test_findings_are_at_the_line_of_the_key_that_makes_the_mapping(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        "Transform: AWS::LanguageExtensions",
        "Parameters: {Open: {Type: CommaDelimitedList}}",
        "Resources:",
        "  Function: {Type: AWS::Lambda::Function, Properties: {Timeout: 30}}",
        "  Fn::ForEach::Links:",
        "    - Lane",
        "    - [North]",
        "    - 'Link${Lane}':",
        "        Type: AWS::Lambda::EventSourceMapping",
        "        Properties: {EventSourceArn: !GetAtt ['Queue${Lane}', Arn], FunctionName: !Ref Function}",
        "      Queue${Lane}: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 10}}",
        "  Fn::ForEach::Others: [Name, !Ref Open, {'Other${Name}': {Type: AWS::SQS::Queue}}]",
    ]
    file = tmp_path / "Shop.yaml"
    file.write_text("\n".join(lines))

    assert main(["check", str(file), "--format", "github"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert {line.split("line=")[1].split(",")[0] for line in said if "ESM301" in line} == {"8"}
    assert {line.split("line=")[1].split(",")[0] for line in said if "Fn::ForEach::Others" in line} == {"12"}


def test_depth_of_a_template_is_no_matter(tmp_path: Path) -> None:
    deep: Any = "end"
    for _ in range(480):
        deep = {"a": deep}
    body = resource("S3::Bucket", {"Deep": deep})
    file = tmp_path / "Deep.json"
    written = template({"B": body, **loop("L", NAMES, {"C${L}": body})}, Transform="AWS::LanguageExtensions")
    file.write_text(json.dumps(written))

    assert read_inputs([str(file)]).skipped == []


def test_nested_stacks_in_an_assembly_get_their_lists_from_outside(tmp_path: Path) -> None:
    inner = template(
        queues_and_mappings(ref("Open")), Transform="AWS::LanguageExtensions", Parameters=LISTS["Parameters"]
    )
    stack = {
        **resource("CloudFormation::Stack", {"TemplateURL": "x", "Parameters": {"Open": {"Fn::Join": [",", NAMES]}}}),
        "Metadata": {"aws:asset:path": "inner.json"},
    }
    outer = {
        "Transform": "AWS::LanguageExtensions",
        "Resources": loop("S", ["A", "B"], {"Part${S}": stack}),
    }
    manifest = {
        "version": "36.0.0",
        "artifacts": {"Shop": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Shop.json"}}},
    }
    for name, content in {"Shop.json": outer, "inner.json": inner, "manifest.json": manifest}.items():
        (tmp_path / name).write_text(json.dumps(content))

    found = [f"{plan.path}" for plan in read_inputs([str(tmp_path)]).plans]
    assert found == [f"Shop/Part{part}/Link{name}" for part in "AB" for name in NAMES]
