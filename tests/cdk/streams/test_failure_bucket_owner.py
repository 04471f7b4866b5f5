"""The role may write failed records only to the account that owns the bucket, wherever that is."""

from __future__ import annotations

import json
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_s3 as s3

from cdk_esm import KinesisToLambda, NewFunction, OnFailure
from tests.cdk.templates import resources

HERE, OTHER = "111122223333", "444455556666"
OWN: Any = {"Ref": "AWS::AccountId"}


def owners(stack: cdk.Stack) -> list[Any]:
    """The accounts that the policies of a stack allow writing to, each once."""
    found = []
    for policy in resources(stack, "AWS::IAM::Policy").values():
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
            owner = statement.get("Condition", {}).get("StringEquals", {}).get("s3:ResourceAccount")
            if owner is not None and owner not in found:
                found.append(owner)
    return found


def imported(scope: cdk.Stack, account: str | None) -> s3.IBucket:
    return s3.Bucket.from_bucket_attributes(scope, "Failures", bucket_name="failures", account=account)


@pytest.mark.parametrize(
    ("account", "bucket_in", "owner"),
    [
        pytest.param(None, None, OWN, id="own, unknown"),
        pytest.param(None, OTHER, OTHER, id="another one, from an unknown one"),
        pytest.param(HERE, None, HERE, id="own, known"),
        pytest.param(HERE, HERE, HERE, id="own, said"),
        pytest.param(HERE, OTHER, OTHER, id="another one"),
    ],
)
def test_the_role_names_the_owner_of_an_imported_bucket(
    app: cdk.App, function: NewFunction, account: str | None, bucket_in: str | None, owner: Any
) -> None:
    region = None if account is None else "eu-west-1"
    stack = cdk.Stack(app, "Shop2", env=cdk.Environment(account=account, region=region))

    KinesisToLambda(stack, "Clicks", function=function, on_failure=OnFailure.bucket(imported(stack, bucket_in)))

    assert owners(stack) == [owner]


def test_the_role_names_the_account_of_the_stack_that_has_the_bucket(app: cdk.App, function: NewFunction) -> None:
    there = cdk.Stack(app, "There", env=cdk.Environment(account=OTHER, region="eu-west-1"))
    here = cdk.Stack(app, "Here", env=cdk.Environment(account=HERE, region="eu-west-1"))
    bucket = s3.Bucket(there, "Failures", bucket_name="failures-of-the-shop")

    KinesisToLambda(here, "Clicks", function=function, on_failure=OnFailure.bucket(bucket))

    assert owners(here) == [OTHER]


def test_the_bucket_of_the_stack_is_of_its_own_account(stack: cdk.Stack, function: NewFunction) -> None:
    KinesisToLambda(stack, "Clicks", function=function)

    assert len(owners(stack)) == 1
    assert owners(stack)[0] in (OWN, stack.account)


def test_names_in_a_nested_stack_begin_with_that_of_the_stack_around_it(app: cdk.App, function: NewFunction) -> None:
    outer = cdk.Stack(app, "ProductionOrderProcessingStack" + "x" * 90)
    nested = cdk.NestedStack(cdk.NestedStack(outer, "OrderIngestion"), "OrderIngestionOfAllTheShops")

    KinesisToLambda(nested, "Clicks", function=function, enhanced_fan_out=True)

    policies = [one["Properties"]["PolicyName"] for one in resources(nested, "AWS::IAM::Policy").values()]
    names = [json.dumps(one) for one in policies if "ProductionOrder" in json.dumps(one)]
    [consumer] = resources(nested, "AWS::Kinesis::StreamConsumer").values()
    assert len(names) == 1
    assert "AWS::StackName" not in names[0]
    longest = 128
    parts = policies[[json.dumps(one) for one in policies].index(names[0])]["Fn::Join"][1]
    assert sum(len("ap-southeast-99") if isinstance(part, dict) else len(part) for part in parts) <= longest
    assert len(consumer["Properties"]["ConsumerName"]) <= longest


def test_two_nested_stacks_of_one_stack_give_different_names(app: cdk.App, function: NewFunction) -> None:
    outer = cdk.Stack(app, "Outer")
    both = [cdk.NestedStack(outer, part) for part in ("One", "Two")]
    for nested in both:
        KinesisToLambda(nested, "Clicks", function=function, enhanced_fan_out=True)

    consumers = [one for nested in both for one in resources(nested, "AWS::Kinesis::StreamConsumer").values()]
    assert len({one["Properties"]["ConsumerName"] for one in consumers}) == 2
