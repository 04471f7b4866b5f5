"""The bucket for failed records: one for all the mappings of a stack, and none where nobody wants it."""

from __future__ import annotations

from dataclasses import replace

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from constructs import Construct

from cdk_esm import DynamoDbToLambda, EsmError, KinesisToLambda, NewFunction, NewStream, NewTable, OnFailure
from tests.cdk.streams.existing import KEY, a_bucket, a_stream
from tests.cdk.streams.variants import FROM_THE_START, WHY
from tests.cdk.templates import made, properties, quiet_app, resources

BUCKET = "AWS::S3::Bucket"


def six_layers(stack: cdk.Stack) -> list[lambda_.ILayerVersion]:
    """More layers than CDK takes, which it says when the function is made: after the source, before the mapping."""
    arn = "arn:aws:lambda:eu-west-1:111122223333:layer:six"
    return [lambda_.LayerVersion.from_layer_version_arn(stack, f"Layer{n}", f"{arn}:{n}") for n in range(6)]


def test_the_mappings_of_a_stack_share_one_bucket(stack: cdk.Stack, function: NewFunction) -> None:
    clicks = KinesisToLambda(stack, "Clicks", function=function)
    products = DynamoDbToLambda(Construct(stack, "Catalogue"), "Products", function=function, table=NewTable(KEY))
    views = KinesisToLambda(stack, "Views", function=function, on_failure=OnFailure.bucket())

    assert clicks.on_failure is products.on_failure is views.on_failure
    assert len(resources(stack, BUCKET)) == len(resources(stack, "AWS::S3::BucketPolicy")) == 1


def test_another_stack_has_a_bucket_of_its_own(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    nested = cdk.NestedStack(stack, "Nested")
    bundles = [KinesisToLambda(one, "Clicks", function=function) for one in (stack, cdk.Stack(app, "Other"), nested)]

    assert [bundle.on_failure.node.path for bundle in bundles] == [
        "Shop/EsmFailures",
        "Other/EsmFailures",
        "Shop/Nested/EsmFailures",
    ]


def test_another_app_in_the_same_process_has_a_bucket_of_its_own(
    stack: cdk.Stack, function: NewFunction, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = cdk.Stack(quiet_app(tmp_path_factory.mktemp("other")), "Shop")
    one, two = (KinesisToLambda(each, "Clicks", function=function).on_failure for each in (stack, other))

    assert one is not two
    assert len(resources(stack, BUCKET)) == len(resources(other, BUCKET)) == 1


@pytest.mark.parametrize(
    "on_failure", [OnFailure.queue(), OnFailure.topic(), OnFailure.discard(reason=WHY)], ids=["queue", "topic", "none"]
)
def test_another_destination_creates_no_bucket(on_failure: OnFailure, stack: cdk.Stack, function: NewFunction) -> None:
    KinesisToLambda(stack, "Clicks", function=function, on_failure=on_failure)

    assert resources(stack, BUCKET) == {}


def test_a_bucket_that_the_user_passes_serves_one_mapping_only(stack: cdk.Stack, function: NewFunction) -> None:
    own = a_bucket(stack)
    clicks = KinesisToLambda(stack, "Clicks", function=function, on_failure=OnFailure.bucket(own))
    views = KinesisToLambda(stack, "Views", function=function)

    assert clicks.on_failure is own
    assert views.on_failure is not own
    assert set(properties(own)) == set(), "an existing bucket stays as it is"


@pytest.mark.parametrize("kind", ["queue", "topic"])
def test_queues_and_topics_belong_to_one_mapping(kind: str, stack: cdk.Stack, function: NewFunction) -> None:
    chosen = OnFailure.queue() if kind == "queue" else OnFailure.topic()
    one, two = (KinesisToLambda(stack, name, function=function, on_failure=chosen) for name in ("Clicks", "Views"))

    assert one.on_failure is not two.on_failure


def test_a_new_destination_queue_is_encrypted_and_keeps_messages_for_fourteen_days(
    stack: cdk.Stack, function: NewFunction
) -> None:
    queue = KinesisToLambda(stack, "Clicks", function=function, on_failure=OnFailure.queue()).on_failure
    assert queue is not None
    (policy,) = resources(stack, "AWS::SQS::QueuePolicy").values()

    assert properties(queue) == {"MessageRetentionPeriod": 14 * 86_400, "SqsManagedSseEnabled": True}
    assert made(queue)["DeletionPolicy"] == "RetainExceptOnCreate"
    assert policy["Properties"]["PolicyDocument"]["Statement"][0]["Condition"] == {
        "Bool": {"aws:SecureTransport": "false"}
    }


def test_a_new_destination_topic_refuses_whoever_comes_without_tls(stack: cdk.Stack, function: NewFunction) -> None:
    KinesisToLambda(stack, "Clicks", function=function, on_failure=OnFailure.topic())
    (policy,) = resources(stack, "AWS::SNS::TopicPolicy").values()

    assert [one["Effect"] for one in policy["Properties"]["PolicyDocument"]["Statement"]] == ["Deny"]


def test_a_first_construct_that_fails_late_takes_its_bucket_with_it(stack: cdk.Stack, function: NewFunction) -> None:
    broken = replace(function, layers=six_layers(stack))
    before = [one.node.path for one in stack.node.find_all()]

    with pytest.raises(EsmError, match="Shop/Clicks: CDK could not make this"):
        KinesisToLambda(stack, "Clicks", function=broken, enhanced_fan_out=True)

    assert [one.node.path for one in stack.node.find_all()] == before
    again = KinesisToLambda(stack, "Clicks", function=function, enhanced_fan_out=True)
    assert again.on_failure is not None
    assert len(resources(stack, BUCKET)) == len(resources(stack, "AWS::Kinesis::Stream")) == 1


def test_a_later_construct_that_fails_leaves_the_bucket_to_the_others(stack: cdk.Stack, function: NewFunction) -> None:
    clicks = KinesisToLambda(stack, "Clicks", function=function)

    with pytest.raises(EsmError):
        KinesisToLambda(stack, "Views", function=replace(function, layers=six_layers(stack)))

    assert stack.node.try_find_child("EsmFailures") is clicks.on_failure
    assert len(resources(stack, "AWS::Lambda::EventSourceMapping")) == 1


def test_a_bucket_of_the_users_by_that_name_is_not_taken_away(stack: cdk.Stack, function: NewFunction) -> None:
    mine = s3.Bucket(stack, "EsmFailures")

    with pytest.raises(EsmError, match="EsmFailures"):
        KinesisToLambda(stack, "Clicks", function=function)

    assert stack.node.try_find_child("EsmFailures") is mine
    assert stack.node.try_find_child("Clicks") is None


def test_of_one_stream_never_more_than_five_consumers_are_made_at_once(stack: cdk.Stack, function: NewFunction) -> None:
    stream = a_stream(stack)
    bundles = [fan_out(stack, f"Reader{number}", function, stream) for number in range(8)]
    waits = [made(bundle.consumer).get("DependsOn") for bundle in bundles if bundle.consumer is not None]
    names = list(resources(stack, "AWS::Kinesis::StreamConsumer"))

    assert waits == [None] * 5 + [[names[0]], [names[1]], [names[2]]]


def test_no_consumer_waits_for_one_whose_construct_failed(stack: cdk.Stack, function: NewFunction) -> None:
    stream = a_stream(stack)
    with pytest.raises(EsmError):
        fan_out(stack, "Broken", replace(function, layers=six_layers(stack)), stream)
    for number in range(6):
        fan_out(stack, f"Reader{number}", function, stream)
    there = set(resources(stack))
    waits = [set(one.get("DependsOn", ())) for one in resources(stack, "AWS::Kinesis::StreamConsumer").values()]

    assert [len(names) for names in waits] == [0] * 5 + [1]
    assert all(names <= there for names in waits)


def fan_out(stack: cdk.Stack, name: str, function: NewFunction, stream: kinesis.IStream | NewStream) -> KinesisToLambda:
    return KinesisToLambda(
        stack, name, function=function, stream=stream, enhanced_fan_out=True, starting_position=FROM_THE_START
    )
