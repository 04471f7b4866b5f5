"""A difference between templates is named by what a deployment would do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cdk.corpus.differences import Kind, create_only, differences, told
from tests.cdk.corpus.variant import Templates
from tests.cdk.corpus.writing import condensed, digest, expanded, rendered
from tools.drift import installed_schemas

MAPPING = "AWS::Lambda::EventSourceMapping"


def stack(kind: str = MAPPING, name: str = "Orders", **properties: Any) -> Templates:
    return {"Shop": {"Resources": {name: {"Type": kind, "Properties": properties}}}}


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        pytest.param(stack(BatchSize=1), stack(BatchSize=1), [], id="the-same"),
        pytest.param(stack(name="Old"), stack(name="New"), [Kind.ID_NEW, Kind.ID_GONE], id="another-logical-id"),
        pytest.param(stack(MAPPING), stack("AWS::SQS::Queue"), [Kind.ID_GONE, Kind.ID_NEW], id="another-type"),
        pytest.param(stack(BatchSize=1), stack(BatchSize=2), [Kind.CHANGED], id="a-property"),
        pytest.param(stack(Enabled=1), stack(Enabled=True), [Kind.CHANGED], id="another-type-of-value"),
        pytest.param(stack(EventSourceArn="a"), stack(EventSourceArn="b"), [Kind.REPLACED], id="another-source"),
        pytest.param(
            stack(SelfManagedEventSource={"Endpoints": {"KafkaBootstrapServers": ["a"]}}),
            stack(SelfManagedEventSource={"Endpoints": {"KafkaBootstrapServers": ["b"]}}),
            [Kind.REPLACED],
            id="inside-a-create-only-record",
        ),
        pytest.param(
            stack("AWS::SQS::Queue"), stack("AWS::SQS::Queue", QueueName="a"), [Kind.REPLACED], id="a-name-added"
        ),
        pytest.param(
            stack("AWS::DynamoDB::Table", KeySchema=[{"AttributeName": "a"}]),
            stack("AWS::DynamoDB::Table", KeySchema=[{"AttributeName": "b"}]),
            [Kind.MAYBE_REPLACED],
            id="in-some-cases",
        ),
        pytest.param(
            stack("AWS::MSK::Cluster", BrokerNodeGroupInfo={"ClientSubnets": ["a"]}),
            stack("AWS::MSK::Cluster"),
            [Kind.REPLACED],
            id="around-a-create-only-property",
        ),
        pytest.param(
            {"Shop": {"Outputs": {"Name": {"Value": 1}}}},
            {"Shop": {"Outputs": {"Name": {"Value": 2}}}},
            [Kind.CHANGED],
            id="an-output",
        ),
    ],
)
def test_a_difference_is_as_grave_as_its_deployment(before: Templates, after: Templates, kinds: list[Kind]) -> None:
    assert [one.kind for one in differences(before, after)] == kinds


def test_types_beside_the_sheets_are_known_by_their_schemas() -> None:
    if not installed_schemas((MAPPING,)):
        pytest.skip("cfn-lint, which carries the schemas, is not installed")
    assert "AlarmName" in create_only("AWS::CloudWatch::Alarm").always
    assert "FunctionName" in create_only("AWS::Lambda::Function").always
    assert create_only("AWS::No::Such").always == frozenset()


def test_the_message_names_each_difference_once_and_the_gravest_first() -> None:
    before, after = stack(BatchSize=1, EventSourceArn="a"), stack(BatchSize=2, EventSourceArn="b")
    message = told({name: differences(before, after) for name in ("one", "two", "three", "four")})

    assert message == (
        "create-only property changed (replaces the resource):\n"
        '  Orders (AWS::Lambda::EventSourceMapping): EventSourceArn "a" -> "b" [one, two, three and 1 more]\n'
        "property changed:\n"
        "  Orders (AWS::Lambda::EventSourceMapping): BatchSize 1 -> 2 [one, two, three and 1 more]"
    )
    assert told({"one": differences(before, before)}) == ""


@pytest.mark.parametrize(
    "templates",
    [
        pytest.param(stack(BatchSize=1, Enabled=True), id="the-same"),
        pytest.param(stack(BatchSize=2, Enabled=True), id="another-value"),
        pytest.param(stack(BatchSize=True, Enabled=1), id="another-type-of-value"),
        pytest.param(stack(BatchSize=1), id="a-property-less"),
        pytest.param(stack("AWS::SQS::Queue"), id="another-type"),
        pytest.param({"Shop": {"Outputs": {"Orders": {"Value": 1}}}, "Other": stack()["Shop"]}, id="other-stacks"),
    ],
)
def test_what_is_written_as_a_difference_is_read_back_whole(templates: Templates) -> None:
    base = stack(BatchSize=1, Enabled=True)

    assert digest(expanded(condensed(templates, base, "base"), base)) == digest(templates)


def test_what_fits_in_a_line_stays_on_it() -> None:
    assert rendered({"b": [1, {"c": "ü"}], "a": {}}) == '{"a": {}, "b": [1, {"c": "ü"}]}'
    assert rendered({"b": ["x" * 70, "y" * 70]}) == f'{{\n  "b": [\n    "{"x" * 70}",\n    "{"y" * 70}"\n  ]\n}}'
