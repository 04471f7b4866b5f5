"""The table of resource types at one with CloudFormation's resource schemas, and drift from them seen."""

from typing import Any

import pytest

from cdk_esm.sources.resources import RESOURCES
from tools import drift
from tools.drift_returns import has_property, return_differences

installed = pytest.mark.skipif(not drift.installed_schemas(["AWS::SQS::Queue"]), reason="cfn-lint carries the schemas")
CONSUMER: dict[str, Any] = {
    "primaryIdentifier": ["/properties/ConsumerARN"],
    "readOnlyProperties": ["/properties/ConsumerARN", "/properties/ConsumerStatus"],
    "properties": {"ConsumerARN": {}, "StreamARN": {}, "ConsumerName": {}, "ConsumerStatus": {}},
}
POLICY: dict[str, Any] = {"properties": {"ResourceArn": {}, "ResourcePolicy": {"type": "object"}}}


def of_consumer(**changes: Any) -> list[tuple[str, str]]:
    return list(return_differences({"AWS::Kinesis::StreamConsumer": {**CONSUMER, **changes}}))


def test_a_schema_that_says_the_same_has_no_difference() -> None:
    assert of_consumer() == []
    assert list(return_differences({"AWS::Kinesis::ResourcePolicy": POLICY})) == []


def test_another_ref_is_named() -> None:
    assert of_consumer(primaryIdentifier=["/properties/ConsumerName"]) == [
        ("AWS::Kinesis::StreamConsumer Ref", "gives ConsumerName, the table says it gives arn")
    ]


def test_an_arn_that_the_table_does_not_have_is_named() -> None:
    new = "/properties/Policy/Arn"

    assert of_consumer(readOnlyProperties=[*CONSUMER["readOnlyProperties"], new]) == [
        ("AWS::Kinesis::StreamConsumer Policy.Arn", "gives arn, the table says nothing of it")
    ]


def test_what_is_gone_from_a_schema_is_named() -> None:
    properties: dict[str, Any] = {name: {} for name in CONSUMER["properties"] if name != "ConsumerName"}

    assert of_consumer(properties=properties) == [
        ("AWS::Kinesis::StreamConsumer ConsumerName", "is no attribute, the table names it"),
        ("AWS::Kinesis::StreamConsumer ConsumerName", "is no property, the table names it"),
    ]
    # Streams and their consumers both name the type of their policies.
    assert (
        list(return_differences({"AWS::Kinesis::ResourcePolicy": {"properties": {"ResourceArn": {}}}}))
        == [("AWS::Kinesis::ResourcePolicy ResourcePolicy", "is no property, the table names it")] * 2
    )


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("Plain",), True),
        (("Other",), False),
        (("Plain", "Inner"), False),
        (("Open", "Anything", "Below"), True),
        (("Named", "Inner"), True),
        (("Named", "Other"), False),
        (("List", "*", "Inner"), True),
        (("List", "*", "Other"), False),
        (("List", "Inner"), False),
        (("Named", "*"), False),
    ],
)
def test_a_path_is_followed_into_records_and_lists(path: tuple[str, ...], *, found: bool) -> None:
    record = {"type": "object", "properties": {"Inner": {"type": "string"}}}
    schema = {
        "definitions": {"Record": record},
        "properties": {
            "Plain": {"type": "string"},
            "Open": {"type": "object"},
            "Named": {"$ref": "#/definitions/Record"},
            "List": {"type": "array", "items": {"$ref": "#/definitions/Record"}},
        },
    }

    assert has_property(schema, path) is found


@installed
def test_the_table_says_what_the_installed_schemas_say() -> None:
    schemas = drift.installed_schemas({*RESOURCES, *drift.policy_types()})
    differences = dict(return_differences(schemas))

    assert drift.policy_types() <= set(schemas)
    assert set(differences) == {name for origin, name in drift.KNOWN if origin == "cfn-lint"}


@installed
def test_every_attribute_of_the_table_is_one_that_cfn_lint_takes() -> None:
    manager = pytest.importorskip("cfnlint.schema.manager").PROVIDER_SCHEMA_MANAGER
    for name, facts in RESOURCES.items():
        if not facts.schema or facts.chosen is not None:
            continue
        theirs = list(manager.get_resource_schema("us-east-1", name).get_atts)
        ours = {one for one in facts.attributes if one not in theirs}
        named_arn = {one for one in theirs if one.lower().endswith("arn") and facts.attributes.get(one) != "arn"}

        assert ours == set(), name
        assert named_arn == set(), name
