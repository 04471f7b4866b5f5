"""Parameters, pseudo parameters, and settings of another form than they should have."""

from pathlib import Path
from typing import Any

import pytest

from cdk_esm.errors import TemplateError
from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.template import files
from cdk_esm.template.neighbours import Assembly
from cdk_esm.template.reader import read
from cdk_esm.template.stack import Stack
from cdk_esm.testing.templates import batch_size, get, mapping, plan, ref, resource, template

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
        ({"Tags": {"a": 1}}, "Tags", "an object with 1 members", "a list"),
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
    with pytest.raises(TemplateError, match=r"template\.json: 4 bytes are more than a template can have"):
        files.load_file(file)
