"""What the role that deploys needs for mappings: all that CloudFormation calls for them, tags included."""

from __future__ import annotations

from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.report.deployment import needs_to_deploy, policy_to_deploy, told

KEY = "arn:aws:kms:eu-west-1:111122223333:key/0d4e6f0a-0000-4000-8000-000000000000"
MAPPINGS = "arn:aws:lambda:*:*:event-source-mapping:*"
KMS = {"kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"}


def template(**settings: Any) -> dict[str, Any]:
    properties = {
        "EventSourceArn": "arn:aws:sqs:eu-west-1:111122223333:orders",
        "FunctionName": "fulfil",
        **settings,
    }
    return {"Resources": {"Orders": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": properties}}}


def allowed(*documents: dict[str, Any]) -> dict[str, set[str]]:
    """The actions of the policy for templates, by their resource."""
    plans = [plan for document in documents for plan in esm.read_template(document)]
    found: dict[str, set[str]] = {}
    for statement in policy_to_deploy(needs_to_deploy(plans))["Statement"]:
        assert statement["Effect"] == "Allow"
        found.setdefault(statement["Resource"], set()).update(statement["Action"])
    return found


def test_a_mapping_needs_its_own_actions_and_tags_without_any_tags_in_the_template() -> None:
    assert allowed(template()) == {
        "*": {"lambda:CreateEventSourceMapping"},
        MAPPINGS: {
            "lambda:DeleteEventSourceMapping",
            "lambda:GetEventSourceMapping",
            "lambda:ListTags",
            "lambda:TagResource",
            "lambda:UntagResource",
            "lambda:UpdateEventSourceMapping",
        },
    }


def test_filters_with_a_key_need_that_key() -> None:
    filters = {"Filters": [{"Pattern": '{"body": {"type": ["paid"]}}'}]}

    assert allowed(template(FilterCriteria=filters, KmsKeyArn=KEY))[KEY] == KMS


@pytest.mark.parametrize("hidden", [{"Ref": "Key"}, {"Fn::ImportValue": "key"}, "alias/orders"])
def test_a_key_that_only_the_deployment_knows_may_be_any(hidden: Any) -> None:
    assert allowed(template(KmsKeyArn=hidden))["*"] == {"lambda:CreateEventSourceMapping", *KMS}


def test_a_cluster_of_another_account_needs_its_connection() -> None:
    connection = "arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/shop/0d4e6f0a-1"
    across = template(EventSourceArn=connection, Topics=["orders"], StartingPosition="LATEST")

    assert "kafka:ListVpcConnections" in allowed(across)["*"]


def test_place_and_partition_are_in_the_arns() -> None:
    needs = needs_to_deploy(
        esm.read_template(template()), partition="aws-cn", region="cn-north-1", account="111122223333"
    )

    assert "arn:aws-cn:lambda:cn-north-1:111122223333:event-source-mapping:*" in {one.resource for one in needs}


def test_without_mappings_nothing_is_needed() -> None:
    assert needs_to_deploy([]) == []
    assert told([]) == ""


def test_the_list_says_why_for_whom_and_where_it_is_written() -> None:
    other = template(KmsKeyArn=KEY)
    other["Resources"]["Payments"] = other["Resources"].pop("Orders")
    plans = [*esm.read_template(template(), name="shop"), *esm.read_template(other, name="shop")]
    text = told(needs_to_deploy(plans))

    assert f"lambda:TagResource  on {MAPPINGS}\n" in text
    assert "  because it puts the tags of the stack" in text
    assert "  for shop/Orders, shop/Payments\n" in text
    assert f"kms:Decrypt  on {KEY}\n" in text
    assert "  see https://docs.aws.amazon.com/lambda/latest/dg/tags-esm.html" in text


def test_the_list_counts_mappings_where_there_are_many() -> None:
    plans = [plan for name in "abcde" for plan in esm.read_template(template(), name=name)]

    assert "  for a/Orders, b/Orders, c/Orders and 2 more\n" in told(needs_to_deploy(plans))


def test_it_is_all_that_the_handlers_of_the_resource_call() -> None:
    schemas = pytest.importorskip("cfnlint.schema.manager", reason="cfn-lint carries the resource schemas")
    schema = schemas.PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", "AWS::Lambda::EventSourceMapping").schema
    handlers = schema["handlers"]
    called = {one for name in ("create", "read", "update", "delete") for one in handlers[name]["permissions"]}

    assert called == set().union(*allowed(template(KmsKeyArn=KEY)).values())
