"""``cdk-esm adopt``: what a template says of a mapping beside its properties is kept, or named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.adopt.templates import Resources, on_queue, said


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
