"""What a template leaves to the deployment: dynamic references, and what a macro within a resource makes."""

from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import read
from cdk_esm.testing.templates import batch_size, document, get, mapping, permission, plan, ref, resource, template

REFERENCE = "{{resolve:ssm:/orders/value}}"
MACRO = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://snippets/one.yaml"}}}
RECEIVE = "sqs:ReceiveMessage"


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(REFERENCE, id="alone"),
        pytest.param({"Fn::Sub": "{{resolve:ssm:/${AWS::StackName}/value}}"}, id="with a hole in it"),
        pytest.param(ref("Size"), id="default of a parameter"),
        pytest.param({"Fn::Join": ["", ["{{resolve:ssm:", "/orders/value}}"]]}, id="put together"),
    ],
)
def test_dynamic_reference_is_known_to_the_deployment_only(value: Any) -> None:
    assert batch_size(value, Parameters={"Size": {"Type": "String", "Default": REFERENCE}}) is UNRESOLVED


def test_dynamic_reference_leaves_the_text_around_it_known() -> None:
    arn = f"arn:aws:sqs:eu-west-1:111122223333:{REFERENCE}"

    found = plan({"Orders": mapping(arn)})

    assert (found.source, found.event_source.identity, found.event_source.region) == ("sqs", arn, "eu-west-1")


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"BatchSize": REFERENCE}, id="number"),
        pytest.param({"Enabled": REFERENCE}, id="truth value"),
        pytest.param({"FilterCriteria": {"Filters": [{"Pattern": REFERENCE}]}}, id="pattern"),
    ],
)
def test_no_rule_takes_a_dynamic_reference_for_a_value(settings: dict[str, Any]) -> None:
    resources = {"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"), **settings)}

    assert esm.check(esm.read_template(template(resources)), select=["ESM0", "ESM1", "ESM5"]) == []


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(resource("IAM::Role", MACRO), id="among the properties"),
        pytest.param(resource("IAM::Role", {"Path": "/"}, **MACRO), id="beside the properties"),
        pytest.param(resource("IAM::Role", {"Policies": [{"PolicyName": "own", **MACRO}]}), id="in a policy"),
        pytest.param(
            resource("IAM::Role", {"Policies": [{"PolicyDocument": {"Version": "2012-10-17", **MACRO}}]}),
            id="in a document",
        ),
        pytest.param(
            resource("IAM::Role", {"Policies": [{"PolicyDocument": document("logs:*", "*") | MACRO}]}),
            id="beside statements",
        ),
    ],
)
def test_macro_may_give_a_role_more_policies(role: dict[str, Any]) -> None:
    found = plan({"Queue": resource("SQS::Queue"), "Role": role, "Orders": mapping(get("Queue"))})

    assert permission(found, RECEIVE).held is UNKNOWN


def test_macro_may_give_a_queue_a_visibility_timeout() -> None:
    orders = mapping(get("Queue"), FunctionResponseTypes=["ReportBatchItemFailures"])
    found = plan({"Queue": resource("SQS::Queue", MACRO), "Orders": orders})

    assert esm.check([found], select=["ESM3"]) == []


@pytest.mark.parametrize("within", [True, False])
def test_mapping_whose_properties_a_macro_makes_is_not_judged(*, within: bool) -> None:
    one = mapping(get("Queue"))
    (one["Properties"] if within else one).update(MACRO)

    written = template({"Queue": resource("SQS::Queue"), "Orders": one})

    reading = read(Assembly([Stack(name="Shop", document=written)]))

    assert reading.plans == []
    assert [skipped.reason for skipped in reading.skipped] == ["a macro makes its properties"]
