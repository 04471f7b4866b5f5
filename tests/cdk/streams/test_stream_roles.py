"""What the role of a stream's mapping holds: exactly what is needed, on exactly those resources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from cdk_esm import DynamoDbToLambda, KinesisToLambda, NewFunction, NewStream, OnFailure
from tests.cdk.existing import a_function
from tests.cdk.streams.existing import a_bucket, a_queue, a_stream, a_table
from tests.cdk.streams.variants import FROM_THE_START, Bundle, Variant, every_variant, every_variant_and_key
from tests.cdk.templates import logical_id, made, resources

Grants = set[tuple[str, str]]

OF_THE_FUNCTION: Grants = {
    ("logs:CreateLogStream", "log group"),
    ("logs:PutLogEvents", "log group"),
    ("xray:PutTelemetryRecords", "*"),
    ("xray:PutTraceSegments", "*"),
}
OF_THE_STREAM: Grants = {
    ("kinesis:DescribeStream", "stream"),
    ("kinesis:DescribeStreamSummary", "stream"),
    ("kinesis:GetRecords", "stream"),
    ("kinesis:GetShardIterator", "stream"),
    ("kinesis:ListShards", "stream"),
    ("kinesis:SubscribeToShard", "stream"),
}
OF_THE_SOURCE: dict[str, Grants] = {
    "shared": OF_THE_STREAM,
    "fan-out": OF_THE_STREAM
    | {("kinesis:DescribeStreamConsumer", "consumer"), ("kinesis:SubscribeToShard", "consumer")},
    "dynamodb": {
        ("dynamodb:DescribeStream", "table stream"),
        ("dynamodb:GetRecords", "table stream"),
        ("dynamodb:GetShardIterator", "table stream"),
        ("dynamodb:ListStreams", "streams of the table"),
    },
}
OF_THE_DESTINATION: dict[str, Grants] = {
    "bucket": {("s3:ListBucket", "destination of this account"), ("s3:PutObject", "objects of this account")},
    "queue": {("sqs:SendMessage", "destination")},
    "topic": {("sns:Publish", "destination")},
    "discard": set(),
}
OF_THE_SOURCES_KEY: Grants = {("kms:Decrypt", "source key")}
OF_THE_DESTINATIONS_KEY: dict[str, Grants] = {
    "bucket": {("kms:GenerateDataKey", "destination key")},
    "queue": {("kms:Decrypt", "destination key"), ("kms:GenerateDataKey", "destination key")},
    "topic": {("kms:Decrypt", "destination key"), ("kms:GenerateDataKey", "destination key")},
    "discard": set(),
}
OF_THIS_ACCOUNT = {"StringEquals": {"s3:ResourceAccount": {"Ref": "AWS::AccountId"}}}


def expected(variant: Variant) -> Grants:
    """What the role needs; a new destination is encrypted by its service, without a key of the user's."""
    needs = OF_THE_FUNCTION | OF_THE_SOURCE[variant.source] | OF_THE_DESTINATION[variant.destination]
    if variant.encrypted:
        needs |= OF_THE_SOURCES_KEY
        needs |= OF_THE_DESTINATIONS_KEY[variant.destination] if variant.existing else set()
    return needs


def named_resources(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """What a statement may name, as ARN and name."""
    stack = cdk.Stack.of(bundle)
    if bundle.log_group is not None:
        yield bundle.log_group.log_group_arn, "log group"
    if isinstance(bundle, DynamoDbToLambda):
        assert bundle.table.table_stream_arn is not None
        yield bundle.table.table_stream_arn, "table stream"
        yield f"{bundle.table.table_arn}/stream/*", "streams of the table"
    else:
        yield bundle.stream.stream_arn, "stream"
        if bundle.consumer is not None:
            yield bundle.consumer.stream_consumer_arn, "consumer"
    for attribute in ("bucket_arn", "queue_arn", "topic_arn"):
        arn = getattr(bundle.on_failure, attribute, None)
        if arn is not None:
            yield arn, "destination"
            yield f"{arn}/aws/lambda/*", "objects"
    for name in ("SourceKey", "DestinationKey"):
        key = stack.node.try_find_child(name)
        if isinstance(key, kms.Key):
            yield key.key_arn, name.replace("Key", " key").lower()


def granted(bundle: Bundle) -> Grants:
    """Every action with the name of what it is granted on, from every policy of the role's own stack."""
    stack, role = cdk.Stack.of(bundle), bundle.role
    assert role is not None
    names = {json.dumps(stack.resolve(arn)): name for arn, name in named_resources(bundle)} | {'"*"': "*"}
    found = set()
    for policy in resources(stack, "AWS::IAM::Policy").values():
        if {"Ref": logical_id(role)} not in policy["Properties"]["Roles"]:
            continue
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
            assert statement["Effect"] == "Allow"
            assert statement.get("Condition") in (None, OF_THIS_ACCOUNT)
            whose = " of this account" if "Condition" in statement else ""
            for action in listed(statement["Action"]):
                found |= {(action, names[json.dumps(one)] + whose) for one in listed(statement["Resource"])}
    return found


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@every_variant_and_key
def test_a_streams_role_holds_exactly_what_is_needed(variant: Variant, app: cdk.App, function: NewFunction) -> None:
    assert granted(variant.build(variant.stack(app), function)) == expected(variant)


@every_variant
def test_the_role_of_an_existing_function_gets_the_pollers_part_alone(variant: Variant, stack: cdk.Stack) -> None:
    bundle = variant.build(stack, a_function(stack))

    assert granted(bundle) == expected(variant) - OF_THE_FUNCTION
    assert bundle.role is not None
    assert bundle.role.node.path == "Shop/Fulfil/ServiceRole"


@every_variant
def test_a_streams_mapping_waits_for_its_policy_and_for_nothing_else(
    variant: Variant, stack: cdk.Stack, function: NewFunction
) -> None:
    (policy,) = made(variant.build(stack, function).mapping)["DependsOn"]
    actions = {
        action
        for one in resources(stack)[policy]["Properties"]["PolicyDocument"]["Statement"]
        for action in listed(one["Action"])
    }

    assert actions == {action for action, _ in expected(variant) - OF_THE_FUNCTION}


def test_a_new_streams_role_has_no_policy_managed_by_aws(stack: cdk.Stack, function: NewFunction) -> None:
    bundle = KinesisToLambda(stack, "Clicks", function=function)
    assert bundle.role is not None

    assert "ManagedPolicyArns" not in made(bundle.role)["Properties"]


@pytest.mark.parametrize("source", ["shared", "fan-out", "dynamodb"])
def test_source_function_destination_and_mapping_may_stand_in_four_stacks(source: str, app: cdk.App) -> None:
    functions, sources, destinations, mappings = (
        cdk.Stack(app, name, env=cdk.Environment(region="eu-west-1"))
        for name in ("Functions", "Sources", "Destinations", "Mappings")
    )
    function, on_failure = a_function(functions), OnFailure.queue(a_queue(destinations, kms.Key(destinations, "Key")))
    key = kms.Key(sources, "Key")
    if source == "dynamodb":
        DynamoDbToLambda(mappings, "Clicks", function=function, table=a_table(sources, key=key), on_failure=on_failure)
    else:
        KinesisToLambda(
            mappings,
            "Clicks",
            function=function,
            stream=a_stream(sources, key=key),
            enhanced_fan_out=source == "fan-out",
            starting_position=FROM_THE_START,
            on_failure=on_failure,
        )
    (mapping,) = resources(mappings, "AWS::Lambda::EventSourceMapping").values()

    assert [resources(mappings)[name]["Type"] for name in mapping["DependsOn"]] == ["AWS::IAM::Policy"]
    assert resources(functions, "AWS::IAM::Policy") == {}
    assert {stack.node.path for stack in mappings.dependencies} == {"Functions", "Sources", "Destinations"}
    assert functions.dependencies == sources.dependencies == destinations.dependencies == []


def test_two_stacks_that_share_a_role_and_a_stream_have_policies_and_buckets_of_their_own(app: cdk.App) -> None:
    shared, *stacks = (cdk.Stack(app, name) for name in ("Shared", "Blue", "Green"))
    role = iam.Role(shared, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    stream = a_stream(shared)
    bundles = [
        KinesisToLambda(
            stack, "Clicks", function=a_function(stack, role=role), stream=stream, starting_position=FROM_THE_START
        )
        for stack in stacks
    ]
    blue, green = (policy for stack in stacks for policy in resources(stack, "AWS::IAM::Policy").values())

    assert blue["Properties"]["PolicyName"] != green["Properties"]["PolicyName"]
    assert [cdk.Stack.of(bundle.on_failure) for bundle in bundles] == stacks


def test_declined_grants_of_a_stream_are_not_made(stack: cdk.Stack, function: NewFunction) -> None:
    bundle = KinesisToLambda(stack, "Clicks", function=function, grants=False)

    assert granted(bundle) == OF_THE_FUNCTION
    assert "DependsOn" not in made(bundle.mapping)
    assert bundle.findings == ()


def test_a_bucket_and_a_stream_known_by_their_arns_are_granted_by_their_arns(
    stack: cdk.Stack, function: NewFunction
) -> None:
    key = kms.Key.from_key_arn(stack, "DestinationKey", "arn:aws:kms:eu-west-1:111122223333:key/7")
    bucket = s3.Bucket.from_bucket_attributes(stack, "Bucket", bucket_name="failed-clicks", encryption_key=key)
    stream = kinesis.Stream.from_stream_attributes(
        stack, "Stream", stream_arn="arn:aws:kinesis:eu-west-1:111122223333:stream/clicks", encryption_key=key
    )
    bundle = KinesisToLambda(
        stack,
        "Clicks",
        function=function,
        stream=stream,
        starting_position=FROM_THE_START,
        on_failure=OnFailure.bucket(bucket),
    )
    _, policy = resources(stack, "AWS::IAM::Policy").values()
    by_action = {
        action: one["Resource"]
        for one in policy["Properties"]["PolicyDocument"]["Statement"]
        for action in listed(one["Action"])
    }

    assert by_action["kinesis:GetRecords"] == stream.stream_arn
    assert by_action["s3:PutObject"] == stack.resolve(f"{bucket.bucket_arn}/aws/lambda/*")
    assert by_action["kms:Decrypt"] == by_action["kms:GenerateDataKey"] == key.key_arn
    assert bundle.on_failure is bucket


def test_the_managed_key_of_kinesis_needs_no_grant(stack: cdk.Stack, function: NewFunction) -> None:
    bundle = KinesisToLambda(
        stack, "Clicks", function=function, stream=NewStream(), on_failure=OnFailure.bucket(a_bucket(stack))
    )

    assert not {action for action, _ in granted(bundle) if action.startswith("kms:")}


def test_the_owner_of_a_bucket_of_another_account_is_the_one_that_is_checked(
    stack: cdk.Stack, function: NewFunction
) -> None:
    failed = s3.Bucket.from_bucket_attributes(
        stack, "Failed", bucket_arn="arn:aws:s3:::orders-failed", account="444455556666"
    )
    KinesisToLambda(stack, "Orders", function=function, on_failure=OnFailure.bucket(failed))
    statements = [
        one
        for policy in resources(stack, "AWS::IAM::Policy").values()
        for one in policy["Properties"]["PolicyDocument"]["Statement"]
        if "s3:PutObject" in one["Action"]
    ]

    assert [one["Condition"] for one in statements] == [{"StringEquals": {"s3:ResourceAccount": "444455556666"}}]
