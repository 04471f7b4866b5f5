"""Parameters, pseudo parameters, and settings of another form than they should have."""

from pathlib import Path
from typing import Any

import pytest

from cdk_esm.errors import TemplateError
from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.template.cloudformation import files
from cdk_esm.template.cloudformation import stack as templates
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.read import read_template
from cdk_esm.template.reader import read
from cdk_esm.testing.templates import batch_size, get, mapping, plan, ref, resource, template

KINESIS = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
KAFKA = {"SelfManagedEventSource": {"Endpoints": {"KafkaBootstrapServers": ["a:9092"]}}}


def topics(kind: str, default: Any, given: dict[str, Any] | None = None) -> Any:
    """What a parameter of a type comes to, as the topics of a mapping."""
    orders = resource("Lambda::EventSourceMapping", {"FunctionName": ref("Function"), "Topics": ref("P"), **KAFKA})
    declared = {"Type": kind} if default is None else {"Type": kind, "Default": default}
    return plan({"Orders": orders}, parameters=given, Parameters={"P": declared}).given("Topics")


@pytest.mark.parametrize(
    ("kind", "default", "wanted"),
    [
        ("CommaDelimitedList", "a, b", ["a", "b"]),
        ("List<String>", "a,b ", ["a", "b"]),
        ("List<Number>", "1", ["1"]),
        ("CommaDelimitedList", None, UNRESOLVED),
        ("AWS::SSM::Parameter::Value<List<String>>", "/topics", UNRESOLVED),
    ],
)
def test_list_parameter_comes_to_its_members(kind: str, default: Any, wanted: Any) -> None:
    assert topics(kind, default) == wanted


def test_given_list_parameter_comes_to_its_members() -> None:
    assert topics("CommaDelimitedList", "a", {"P": "b, c"}) == ["b", "c"]
    assert topics("CommaDelimitedList", "a", {"P": ["b", "c"]}) == ["b", "c"]


def test_parameter_that_is_given_an_object_hides_its_value() -> None:
    declared = {"P": {"Type": "Number", "Default": 5}}

    assert batch_size(ref("P"), {"P": {"a": 1}}, Parameters=declared) is UNRESOLVED
    assert batch_size(ref("P"), {"P": 7}, Parameters=declared) == 7
    assert batch_size(ref("P"), Parameters=declared) == 5
    assert batch_size(ref("P"), Parameters={"P": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": 5}}) in (
        UNRESOLVED,
        UNKNOWN,
    )


@pytest.mark.parametrize(
    ("region", "arn"),
    [
        ("eu-west-1", "arn:aws:sqs:eu-west-1:111122223333:Prod-orders"),
        ("cn-north-1", "arn:aws-cn:sqs:cn-north-1:111122223333:Prod-orders"),
        ("us-gov-west-1", "arn:aws-us-gov:sqs:us-gov-west-1:111122223333:Prod-orders"),
        (None, UNRESOLVED),
    ],
)
def test_pseudo_parameters_are_those_of_the_place(region: str | None, arn: Any) -> None:
    place = "${AWS::Region}:${AWS::AccountId}:${AWS::StackName}"
    document = template({"Orders": mapping({"Fn::Sub": f"arn:${{AWS::Partition}}:sqs:{place}-orders"})})
    stack = Stack(name="Shop", document=document, region=region, account="111122223333", stack_name="Prod")

    [found] = read(Assembly([stack])).plans

    assert found.given("EventSourceArn") == arn


@pytest.mark.parametrize(
    ("settings", "keyword", "got", "accepted"),
    [
        ({"BatchSize": "ten"}, "BatchSize", "'ten'", "a whole number"),
        ({"BatchSize": "x" * 500}, "BatchSize", "'" + "x" * 79 + "…", "a whole number"),
        ({"BatchSize": [1, 2]}, "BatchSize", "a list of 2", "a whole number"),
        ({"Tags": {"a": 1}}, "Tags", "an object with 1 member", "a list"),
        ({"FilterCriteria": {"Filters": "x"}}, "FilterCriteria.Filters", "'x'", "a list"),
        ({"FilterCriteria": {"Filters": ["x"]}}, "FilterCriteria.Filters[0]", "'x'", "an object with a Pattern"),
        (
            {"FilterCriteria": {"Filters": [{"Pattern": {}}]}},
            "FilterCriteria.Filters[0].Pattern",
            "an object with 0 members",
            "a JSON text",
        ),
    ],
)
def test_setting_of_another_form_is_told_with_what_it_should_be(
    settings: dict[str, Any], keyword: str, got: str, accepted: str
) -> None:
    [malformed] = plan({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"), **settings)}).malformed

    assert (malformed.problem, malformed.keyword, malformed.accepted) == ("type", keyword, accepted)
    assert malformed.got == got
    assert malformed.fix == f"give {accepted}"


def test_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "template.json"
    file.write_bytes(b"\xff")
    with pytest.raises(TemplateError, match=r"template\.json: it is no UTF-8 text"):
        files.load_file(file)

    monkeypatch.setattr(files, "LARGEST", 3)
    file.write_text("{ }")
    assert files.load_file(file) == {}
    file.write_text("{  }")
    with pytest.raises(TemplateError, match=r"template\.json: it has more than 3 bytes"):
        files.load_file(file)


@pytest.mark.parametrize(
    ("document", "kind"),
    [([], "a list"), ("x", "a text"), (None, "nothing"), (True, "a truth value"), (5, "a number"), (1.5, "a float")],
)
def test_what_is_no_template_is_told_what_it_is(document: Any, kind: str) -> None:
    with pytest.raises(TemplateError, match=rf"^template: a template is an object with Resources, got {kind}$"):
        read_template(document)


def test_file_that_is_not_there_is_told_in_the_systems_words(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"none\.json: No such file or directory$"):
        files.load_file(tmp_path / "none.json")


@pytest.mark.parametrize("text", ['  {"a": 1}', '\n[{"a": 1}]'])
def test_json_behind_blanks_is_json(text: str) -> None:
    assert files.load_text(text, "template", yaml=True) in ({"a": 1}, [{"a": 1}])


def test_json_with_tabs_is_json_where_yaml_would_refuse_it() -> None:
    assert files.load_text('\n\t{\n\t"a":\t1}', "template", yaml=True) == {"a": 1}


@pytest.mark.parametrize("types", [ref("Queue"), {"Fn::Sub": "${Queue}-a"}, ref("Nowhere")])
def test_list_that_only_the_deployment_knows_has_its_right_form(types: Any) -> None:
    found = plan({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"), FunctionResponseTypes=types)})

    assert found.given("FunctionResponseTypes") in (UNRESOLVED, UNKNOWN)
    assert found.malformed == ()


@pytest.mark.parametrize(
    ("text", "yaml", "reason"),
    [
        ("", False, "it is no JSON: Expecting value in line 1"),
        ('{"a": 1,\n}', False, "it is no JSON: .* in line [12]"),
        ("[" * 100_000, False, "it is nested too deeply"),
        ('{"a": 1' + "0" * 5000 + "}", False, "a number in it has thousands of digits"),
        ("a:\n  - [", True, "it is no YAML: .* in line [23]"),
        ("a: 1\n---\nb: 2", True, "it is no YAML: .* in line [123]"),
        ("{a: " * 600, True, "it is nested more than 500 levels deep"),
    ],
    ids=range(7),
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(text: str, reason: str, *, yaml: bool) -> None:
    with pytest.raises(TemplateError, match=f"^Shop: {reason}$"):
        files.load_text(text, "Shop", yaml=yaml)


def test_yaml_may_be_nested_as_deeply_as_a_template() -> None:
    assert files.load_text("- " * 500 + "a", "Shop", yaml=True)
    with pytest.raises(TemplateError, match="nested more than 500 levels"):
        files.load_text("- " * 501 + "a", "Shop", yaml=True)


def test_mappings_that_cannot_be_judged_are_all_told_once_each() -> None:
    stage = {"Stage": {"Type": "String"}}
    conditions = {"IsProd": {"Fn::Equals": [ref("Stage"), "prod"]}}
    hidden = {"Fn::If": ["IsProd", ref("Stage"), {"Fn::Sub": "${Stage}-b"}]}
    odd = {name: mapping(hidden, StartingPosition="LATEST") for name in ("One", "Two")}
    judged = {name: mapping(get("Queue")) for name in ("Orders", "Returns")}
    document = template({"Queue": resource("SQS::Queue"), **judged, **odd}, Parameters=stage, Conditions=conditions)

    reading = read(Assembly([Stack(name="Shop", document=document)]))

    why = "nothing in the template tells what kind of source it reads"
    assert [(one.path, one.reason) for one in reading.skipped] == [("Shop/One", why), ("Shop/Two", why)]
    assert [plan.logical_id for plan in reading.plans] == ["Orders", "Returns"]
    assert [one.logical_id for one in reading.resources] == ["Orders", "Returns"]


def test_filters_of_another_form_hide_their_patterns() -> None:
    found = plan({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"), FilterCriteria={"Filters": "x"})})

    assert found.filters is UNKNOWN


@pytest.mark.parametrize("default", ["prod", "dev"])
def test_default_is_no_value_where_a_condition_excludes_it(default: str) -> None:
    sections = {
        "Parameters": {"Stage": {"Type": "String", "Default": default}},
        "Conditions": {"IsProd": {"Fn::Equals": [ref("Stage"), "prod"]}},
    }
    size = {"Fn::If": ["IsProd", {"Fn::Length": [ref("Stage")]}, {"Fn::FindInMap": ["Sizes", ref("Stage"), "batch"]}]}
    sizes = {"Mappings": {"Sizes": {stage: {"batch": 7} for stage in ("prod", "dev")}}}
    resources = {"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"), BatchSize=size)}

    found = read(Assembly([Stack(name="Shop", document=template(resources, **sections, **sizes))])).plans

    assert [one.given("BatchSize") for one in found] == [1, 7 if default == "dev" else UNRESOLVED]


def test_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")

    with pytest.raises(TemplateError, match=r"a\.json: it is no JSON"):
        files.load_file(tmp_path / "a.json")


def test_large_template_is_refused_by_all_its_levels(monkeypatch: pytest.MonkeyPatch) -> None:
    document: dict[str, Any] = {"Resources": {"A": {}, "B": {"Properties": {}}}}  # four objects within it
    monkeypatch.setattr(templates, "MOST_NODES", 4)
    assert read_template(document) == []

    monkeypatch.setattr(templates, "MOST_NODES", 3)
    with pytest.raises(TemplateError, match="more than 3 objects and lists"):
        read_template(document)


@pytest.mark.parametrize("path", ["", 5, None])
def test_a_construct_path_that_is_not_a_text_is_ignored(path: object) -> None:
    orders = {**mapping(get("Queue")), "Metadata": {"aws:cdk:path": path}}

    assert plan({"Queue": resource("SQS::Queue"), "Orders": orders}).path == "Shop/Orders"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (1_700_000_000, 1_700_000_000),
        (1_700_000_000.5, 1_700_000_000.5),
        ("1700000000.25", 1_700_000_000.25),
        (" 1700000001 ", 1_700_000_001),
        (1_700_000_000.0, 1_700_000_000),
    ],
)
def test_a_moment_may_have_a_fraction(written: Any, kept: float) -> None:
    found = plan({"Orders": mapping(KINESIS, StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=written)})

    assert found.given("StartingPositionTimestamp") == kept
    assert not found.malformed


@pytest.mark.parametrize("written", ["soon", "1.2.3", "1e400", True, float("inf"), [1]])
def test_what_is_no_moment_is_told(written: Any) -> None:
    found = plan({"Orders": mapping(KINESIS, StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=written)})

    assert [one.accepted for one in found.malformed] == ["a number of Unix seconds"]
