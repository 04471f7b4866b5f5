"""ARNs in words that name something of another stack: a bucket by its name, a role by its account and its name."""

from typing import Any

import pytest

from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import read
from cdk_esm.testing.templates import get, mapping, resource, template

HERE, THERE = "111122223333", "444455556666"
BUCKET = resource("S3::Bucket", {"BucketName": "failed"})
ROLE = resource("IAM::Role", {"RoleName": "fulfil"})


def stack(name: str, resources: dict[str, Any], account: str | None = THERE, region: str | None = "eu-west-1") -> Stack:
    return Stack(name=name, document={"Resources": resources}, region=region, account=account)


def shop(*others: Stack, role: Any = None, **more: Any) -> MappingPlan:
    """A mapping of a stack with its own bucket, perhaps, that is read together with other stacks."""
    destination = {"OnFailure": {"Destination": "arn:aws:s3:::failed"}}
    reads = mapping(get("Stream"), StartingPosition="TRIM_HORIZON", DestinationConfig=destination)
    document = template({"Stream": resource("Kinesis::Stream"), "Orders": reads, **more})
    if role is not None:
        document["Resources"]["Function"]["Properties"]["Role"] = role
    own = Stack(name="Shop", document=document, region="eu-west-1", account=HERE)
    [plan] = read(Assembly([own, *others])).plans
    return plan


def destination(plan: MappingPlan) -> str:
    assert isinstance(plan.failure, FailurePath)
    assert plan.failure.destination is not None
    return plan.failure.destination.identity


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([stack("Audit", {"Failed": BUCKET})], "Audit/Failed"),
        ([stack("Audit", {"Failed": BUCKET}, account=None, region=None)], "Audit/Failed"),
        ([stack("Audit", {"Failed": BUCKET}, region="us-east-1"), stack("Other", {})], "Audit/Failed"),
        ([stack("Audit", {"Failed": BUCKET}), stack("Twin", {"Failed": BUCKET})], "arn:aws:s3:::failed"),
        ([stack("Audit", {"Failed": resource("S3::Bucket")})], "arn:aws:s3:::failed"),
        ([stack("Audit", {"Failed": resource("SQS::Queue", {"QueueName": "failed"})})], "arn:aws:s3:::failed"),
    ],
)
def test_bucket_is_known_by_its_name_wherever_it_is(others: list[Stack], expected: str) -> None:
    assert destination(shop(*others)) == expected


def test_bucket_of_the_stack_itself_comes_first() -> None:
    assert destination(shop(stack("Audit", {"Failed": BUCKET}), Failed=BUCKET)) == "Shop/Failed"


@pytest.mark.parametrize(
    ("other", "named", "expected"),
    [
        (stack("Roles", {"Own": ROLE}, HERE, "us-east-1"), HERE, "Roles/Own"),
        (stack("Roles", {"Own": ROLE}, THERE), THERE, "Roles/Own"),
        (stack("Roles", {"Own": ROLE}, THERE), HERE, None),
        (stack("Roles", {"Own": ROLE}, None, None), HERE, None),
        (stack("Roles", {"Own": resource("IAM::Role")}, HERE), HERE, None),
    ],
)
def test_role_is_known_by_its_account_and_its_name(other: Stack, named: str, expected: str | None) -> None:
    arn = f"arn:aws:iam::{named}:role/fulfil"

    assert shop(other, role=arn).role.identity == (expected or arn)


FUNCTION = resource("Lambda::Function", {"FunctionName": "fulfil", "Timeout": 47})


@pytest.mark.parametrize(
    ("others", "name", "expected"),
    [
        ([stack("Code", {"Fulfil": FUNCTION}, HERE)], "fulfil", "Code/Fulfil"),
        ([stack("Code", {"Fulfil": FUNCTION}, HERE)], "fulfil:live", "Code/Fulfil:live"),
        ([stack("Code", {"Fulfil": FUNCTION}, HERE, "us-east-1")], "fulfil", "fulfil"),
        ([stack("Code", {"Fulfil": FUNCTION}, THERE)], "fulfil", "fulfil"),
        ([stack("Code", {"Fulfil": FUNCTION}, None, None)], "fulfil", "fulfil"),
        ([stack("Code", {"Fulfil": FUNCTION}, HERE), stack("Twin", {"Fulfil": FUNCTION}, HERE)], "fulfil", "fulfil"),
        ([stack("Code", {"Fulfil": resource("Lambda::Function")}, HERE)], "fulfil", "fulfil"),
    ],
)
def test_function_is_known_by_its_name_in_its_own_place(others: list[Stack], name: str, expected: str) -> None:
    orders = mapping(get("Stream"), StartingPosition="TRIM_HORIZON", FunctionName=name)

    assert shop(*others, Orders=orders).function.identity == expected
