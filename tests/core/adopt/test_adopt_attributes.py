"""``cdk-esm adopt``: what a template says of a mapping beside its properties is kept, or named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.adopt.templates import Resources, a_mapping, on_queue, said


def test_what_the_template_says_beside_the_properties_is_kept(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    resources = on_queue()
    resources["Orders"] |= {"Condition": "InProduction", "DeletionPolicy": "Retain"}
    _, text = said(
        capsys,
        written(
            resources,
            Parameters={"Stage": {"Type": "String"}},
            Conditions={"InProduction": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
        ),
    )

    assert "fulfil_jobs.mapping.cfn_options.condition = YOUR_in_production" in text
    assert "fulfil_jobs.mapping.cfn_options.deletion_policy = CfnDeletionPolicy.RETAIN\n" in text
    assert "from aws_cdk import CfnDeletionPolicy" in text
    assert "update_replace_policy" not in text


@pytest.mark.parametrize(
    ("attributes", "line"),
    [
        pytest.param(
            {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"},
            "fulfil_jobs.mapping.apply_removal_policy(RemovalPolicy.RETAIN)",
            id="as CDK writes a removal policy",
        ),
        pytest.param(
            {"UpdateReplacePolicy": "Retain"},
            "fulfil_jobs.mapping.cfn_options.update_replace_policy = CfnDeletionPolicy.RETAIN",
            id="only at a replacement",
        ),
        pytest.param(
            {"DeletionPolicy": "RetainExceptOnCreate"},
            "fulfil_jobs.mapping.cfn_options.deletion_policy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE",
            id="but for the first deployment",
        ),
        pytest.param(
            {"DependsOn": ["Jobs", "Other"]},
            "fulfil_jobs.mapping.node.add_dependency(YOUR_other_dependency)",
            id="what it waits for and does not name",
        ),
        pytest.param({"DependsOn": "Gone"}, "#   DependsOn: Gone cannot be kept", id="what is not there"),
        pytest.param({"DependsOn": "Allowed"}, "#   DependsOn: Allowed is left out", id="a policy"),
        pytest.param(
            {"Metadata": {"why": "because", "aws:cdk:path": "Shop/Orders"}},
            'fulfil_jobs.mapping.add_metadata("why", "because")',
            id="its metadata",
        ),
        pytest.param({"UpdatePolicy": {}}, "#   UpdatePolicy: it cannot be kept", id="anything else"),
    ],
)
def test_an_attribute_of_the_mapping_is_kept_or_named(
    attributes: Resources, line: str, written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    resources = on_queue() | {"Other": {"Type": "AWS::SNS::Topic"}, "Allowed": {"Type": "AWS::IAM::Policy"}}
    resources["Orders"] |= attributes
    _, text = said(capsys, written(resources))

    assert line in text
    assert "aws:cdk:path" not in text
    assert "add_dependency(YOUR_jobs" not in text


@pytest.mark.parametrize(
    ("arn", "told"),
    [
        pytest.param(
            {"Ref": "QueueArn"},
            (
                "YOUR_queue_arn_queue: queue, which the parameter QueueArn gives",
                'sqs.Queue.from_queue_arn(self, "QueueArnQueue", Fn.ref("QueueArn"))',
            ),
            id="given",
        ),
        pytest.param(
            {"Ref": "Unsaid"},
            (
                "YOUR_unsaid_queue: queue, which the parameter Unsaid gives",
                'sqs.Queue.from_queue_arn(self, "UnsaidQueue", Fn.ref("Unsaid"))',
            ),
            id="without a default",
        ),
        pytest.param(
            {"Fn::ImportValue": "ShopOrders"},
            (
                "YOUR_shop_orders_queue: queue, which another stack exports as ShopOrders",
                'sqs.Queue.from_queue_arn(self, "ShopOrdersQueue", Fn.import_value("ShopOrders"))',
            ),
            id="imported",
        ),
    ],
)
def test_a_source_that_a_deployment_is_handed_says_by_whom_and_how_it_is_written(
    arn: Resources, told: tuple[str, str], written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"QueueArn": {"Type": "String", "Default": "arn:aws:sqs:eu-west-1:111122223333:orders"}}
    status, text = said(capsys, written(a_mapping(arn), Parameters={**given, "Unsaid": {"Type": "String"}}))
    flat = " ".join(text.replace("\n#     ", " ").split())

    assert status == 0
    assert f"# {told[0]}" in flat
    assert f"such as {told[1]}" in flat
    assert "111122223333" not in text


def test_the_stream_of_a_table_that_is_handed_over_is_no_table(
    written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"Type": "String", "Default": "arn:aws:dynamodb:eu-west-1:111122223333:table/t/stream/2026"}
    resources = a_mapping({"Ref": "Changes"}, StartingPosition="LATEST")
    _, text = said(capsys, written(resources, Parameters={"Changes": given}))

    assert "YOUR_changes_table: table, which the parameter Changes gives" in text
    assert 'table_arn=…, table_stream_arn=Fn.ref("Changes"))' in text
