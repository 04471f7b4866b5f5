"""What the service has of each mapping, and what it would refuse of those that are deployed nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import boto3  # type: ignore[import-untyped]
import pytest
from botocore.validate import ParamValidator  # type: ignore[import-untyped]

from tests.e2e.conftest import SHOP
from tests.e2e.deploy import Assembly
from tests.e2e.server import REGION
from tests.e2e.stacks import Stack

MAPPING: Final = "AWS::Lambda::EventSourceMapping"
ELSEWHERE: Final = ("ShopErp", "ShopReviews", "ShopPartners", "ShopBank")
"""The stacks that are deployed nowhere."""

# What the local AWS forgets; of these, botocore's model of the service says whether it would take them.
FORGOTTEN: Final = {"MetricsConfig", "KmsKeyArn", "ProvisionedPollerConfig", "Tags"}
# What only CloudFormation spells so.
SPELT: Final = {"KmsKeyArn": "KMSKeyArn"}


def without_functions(value: Any) -> Any:
    """A value of a template, with a text wherever only the deployment knows one."""
    match value:
        case {"Ref": _} | {"Fn::GetAtt": _} | {"Fn::Join": _} | {"Fn::Sub": _} | {"Fn::Select": _} | {"Fn::Split": _}:
            return "arn:aws:sqs:eu-west-1:123456789012:known-later"
        case dict():
            return {name: without_functions(one) for name, one in value.items()}
        case list():
            return [without_functions(one) for one in value]
    return value


def request(properties: dict[str, Any]) -> dict[str, Any]:
    """The call that makes a mapping with the properties of a template."""
    found = {SPELT.get(name, name): without_functions(value) for name, value in properties.items()}
    if "Tags" in found:
        found["Tags"] = {one["Key"]: one["Value"] for one in found["Tags"]}
    return found


def faults(call: dict[str, Any]) -> str:
    """What botocore's model of CreateEventSourceMapping says against a call; empty if nothing."""
    client = boto3.client("lambda", region_name=REGION, aws_access_key_id="none", aws_secret_access_key="none")  # noqa: S106
    shape = client.meta.service_model.operation_model("CreateEventSourceMapping").input_shape
    return str(ParamValidator().validate(call, shape).generate_report())


def mappings_of(assembly: Assembly, stack: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for logical_id, resource in assembly.template(stack)["Resources"].items():
        if resource["Type"] == MAPPING:
            yield logical_id, resource["Properties"]


@pytest.mark.parametrize("name", SHOP)
def test_the_service_has_what_the_template_says(shop: dict[str, Stack], name: str) -> None:
    for mapping in shop[name].mappings:
        has = mapping.read()
        wanted = {one: mapping.stack.of(value) for one, value in mapping.properties.items() if one not in FORGOTTEN}
        wanted["FunctionArn"] = wanted.pop("FunctionName")
        # The traffic of other tests turns mappings on and off.
        wanted.pop("Enabled", None)

        assert {one: has.get(one) for one in wanted} == wanted
        assert not FORGOTTEN & set(has), "it is not forgotten any more"
        # Without a value in the template it knows one default for all sources, where AWS has one for each.
        assert has["BatchSize"] == mapping.properties.get("BatchSize", 10)


@pytest.mark.parametrize("name", [*SHOP, *ELSEWHERE])
def test_botocore_takes_every_mapping_of_the_shop(assembly: Assembly, name: str) -> None:
    found = list(mappings_of(assembly, name))

    assert found
    for logical_id, properties in found:
        assert faults(request(properties)) == "", logical_id


def test_botocore_refuses_a_mapping_that_is_wrong(assembly: Assembly) -> None:
    [(_, properties)] = mappings_of(assembly, "ShopOrders")

    assert "BatchSize" in faults({**request(properties), "BatchSize": 0})
    assert "Unknown parameter" in faults({**request(properties), "MetricConfig": {}})


def test_what_the_local_aws_forgets_is_in_the_templates(assembly: Assembly) -> None:
    everything = [properties for name in (*SHOP, *ELSEWHERE) for _, properties in mappings_of(assembly, name)]

    assert {"MetricsConfig", "ProvisionedPollerConfig"} <= {name for one in everything for name in one}
