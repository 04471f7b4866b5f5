"""What property injectors choose of new resources reaches the role and the plan: keys, networks, images, processors."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns

from cdk_esm import (
    DynamoDbToLambda,
    KinesisToLambda,
    NewBucket,
    NewFunction,
    NewTable,
    OnFailure,
    SqsToLambda,
)
from tests.cdk.templates import logical_id, resources
from tests.cdk.test_property_injectors import FUNCTION, QUEUE, always, inject

STREAM, BUCKET, TABLE = (one.PROPERTY_INJECTION_ID for one in (kinesis.Stream, s3.Bucket, dynamodb.TableV2))
ID = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
KEY = "arn:aws:kms:eu-west-1:111122223333:key/of-the-team"
Bundle = Callable[[cdk.Stack, NewFunction], Any]


def reads_stream(stack: cdk.Stack, function: NewFunction, **keywords: Any) -> KinesisToLambda:
    return KinesisToLambda(stack, "Orders", function=function, **keywords)


def reads_table(stack: cdk.Stack, function: NewFunction) -> DynamoDbToLambda:
    return DynamoDbToLambda(stack, "Orders", function=function, table=NewTable(ID))


def fails_into(make: Callable[[], OnFailure[Any]]) -> Bundle:
    return lambda stack, function: reads_stream(stack, function, on_failure=make())


@pytest.mark.parametrize(
    ("bundle", "kind", "encrypted", "action"),
    [
        pytest.param(reads_stream, STREAM, {"encryption": "KMS", "encryptionKey": ...}, "kms:Decrypt", id="stream"),
        pytest.param(reads_table, TABLE, {"encryption": ...}, "kms:Decrypt", id="table"),
        pytest.param(
            fails_into(OnFailure.bucket),
            BUCKET,
            {"encryption": "KMS", "encryptionKey": ...},
            "kms:GenerateDataKey",
            id="bucket-of-the-stack",
        ),
        pytest.param(
            fails_into(lambda: OnFailure.bucket(NewBucket())),
            BUCKET,
            {"encryption": "KMS", "encryptionKey": ...},
            "kms:GenerateDataKey",
            id="bucket-of-its-own",
        ),
        pytest.param(
            fails_into(OnFailure.queue),
            QUEUE,
            {"encryption": "KMS", "encryptionMasterKey": ...},
            "kms:GenerateDataKey",
            id="queue",
        ),
        pytest.param(
            fails_into(OnFailure.topic),
            sns.Topic.PROPERTY_INJECTION_ID,
            {"masterKey": ...},
            "kms:GenerateDataKey",
            id="topic",
        ),
    ],
)
def test_the_role_may_use_a_key_that_an_injector_chose(  # noqa: PLR0917 - a table's columns
    bundle: Bundle, kind: str, encrypted: dict[str, Any], action: str, stack: cdk.Stack, function: NewFunction
) -> None:
    key: Any = kms.Key.from_key_arn(stack, "Key", KEY)
    if kind == TABLE:
        bound = cdk.Stack(cdk.App.of(stack), "Bound", env=cdk.Environment(region="eu-west-1"))  # as CDK wants for a key
        stack, key = bound, dynamodb.TableEncryptionV2.customer_managed_key(kms.Key.from_key_arn(bound, "Key", KEY))
    chosen = {name: key if value is ... else value for name, value in encrypted.items()}
    inject(stack, kind, always(**chosen))
    bundle(stack, function)

    on_key = [one for one in statements_of(stack) if one["Resource"] == KEY]
    assert [action in one["Action"] for one in on_key] == [True]


def test_the_role_may_be_in_a_network_that_an_injector_chose(stack: cdk.Stack, function: NewFunction) -> None:
    vpc = ec2.Vpc(stack, "Vpc", max_azs=1)
    inject(stack, FUNCTION, always(vpc=vpc))
    SqsToLambda(stack, "Orders", function=function)
    role = iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    returns = SqsToLambda(stack, "Returns", function=replace(function, role=role))

    in_networks = [one for one in statements_of(stack) if "ec2:CreateNetworkInterface" in one["Action"]]
    assert len(in_networks) == 2
    policy = logical_id(returns.node.find_child("NetworkPolicy"))
    assert policy in resources(stack)[logical_id(returns.function)]["DependsOn"]


def test_the_images_of_a_stream_that_an_injector_chose_are_read_back(stack: cdk.Stack, function: NewFunction) -> None:
    inject(stack, TABLE, always(dynamoStream=dynamodb.StreamViewType.KEYS_ONLY))

    assert getattr(reads_table(stack, function).plan.event_source, "view_type", None) == "KEYS_ONLY"


def test_the_processor_that_an_injector_chose_is_read_back(stack: cdk.Stack, function: NewFunction) -> None:
    inject(stack, FUNCTION, always(architecture=lambda_.Architecture.X86_64))

    assert SqsToLambda(stack, "Orders", function=function).plan.function.architecture == "x86_64"


def statements_of(stack: cdk.Stack) -> list[dict[str, Any]]:
    policies = resources(stack, "AWS::IAM::Policy").values()
    return [one for policy in policies for one in policy["Properties"]["PolicyDocument"]["Statement"]]
