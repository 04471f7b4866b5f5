from dataclasses import replace

import pytest

from cdk_esm.rules.engine import check
from cdk_esm.template.read import read_template
from cdk_esm.testing.plans import ids, mapping, with_permissions
from cdk_esm.testing.templates import get, resource

ID = "ESM422"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("sqs", "AWSLambdaSQSQueueExecutionRole"),
        ("sqs-fifo", "AmazonSQSFullAccess"),
        ("kinesis", "AWSLambdaKinesisExecutionRole"),
        ("dynamodb", "AWSLambdaDynamoDBExecutionRole"),
        ("msk", "AWSLambdaMSKExecutionRole"),
        ("documentdb", "AdministratorAccess"),
    ],
)
def test_policy_on_every_source_of_the_kind_is_told(source: str, name: str) -> None:
    assert ids(with_permissions(mapping(source), managed=["AWSLambdaBasicExecutionRole", name]), select=[ID]) == [ID]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("AWSLambdaBasicExecutionRole", id="logs"),
        pytest.param("AWSLambdaVPCAccessExecutionRole", id="network"),
        pytest.param("AWSLambdaKinesisExecutionRole", id="another kind of source"),
        pytest.param("SecurityAudit", id="one that nobody read"),
    ],
)
def test_policy_that_does_not_read_the_source_is_fine(name: str) -> None:
    assert ids(with_permissions(mapping(), managed=[name]), select=[ID]) == []


def test_what_sam_adds_for_its_events_is_told_once_for_a_template() -> None:
    def function(*queues: str) -> dict[str, object]:
        events = {f"From{name}": {"Type": "SQS", "Properties": {"Queue": get(name)}} for name in queues}
        return {"Type": "AWS::Serverless::Function", "Properties": {"Handler": "app.handler", "Events": events}}

    queues = {name: resource("SQS::Queue") for name in ("One", "Two", "Three")}
    functions = {"Mail": function("One", "Two"), "Bill": function("Three")}
    source = {"Transform": "AWS::Serverless-2016-10-31", "Resources": {**queues, **functions}}
    read = read_template(source, name="Shop")
    agreed = replace(read[0], acknowledged={ID: "SAM's own"})

    assert ids(*read, select=[ID]) == [ID]
    assert "for each event of its kind in this template" in check(read, select=[ID])[0].message
    assert ids(*read, *(replace(one, template="Other") for one in read), select=[ID]) == [ID, ID]
    assert ids(agreed, *read[1:], select=[ID]) == [ID]


def test_policy_that_a_user_attached_is_told_for_each_mapping() -> None:
    one = with_permissions(mapping(), managed=["AWSLambdaSQSQueueExecutionRole"])

    assert ids(one, replace(one, path="Shop/Mail"), select=[ID]) == [ID, ID]
    assert ids(replace(one, role=replace(one.role, declined=True)), select=[ID]) == []
    assert ids(replace(one, role=replace(one.role, access=None)), select=[ID]) == []
