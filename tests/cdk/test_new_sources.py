"""What follows from a new queue, stream, table or bucket for the rest of its bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from cdk_esm.facts import UNRESOLVED
from cdk_esm.plan import Stream
from cdk_esm.report.summary import summary
from tests.cdk.granted import actions, refused, statements
from tests.cdk.templates import arn_of, logical_id, made, properties, quiet_app, resources, source_of

ID = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)


def test_high_throughput_sets_both_attributes_and_the_report_says_what_that_means(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    orders = esm.SqsFifoToLambda(stack, "Orders", function=function, queue=esm.NewQueue(fifo_throughput="high"))

    made_of = properties(orders.queue)
    assert (made_of["DeduplicationScope"], made_of["FifoThroughputLimit"]) == ("messageGroup", "perMessageGroupId")
    assert "deduplication is per message group" in summary([orders])


def test_high_throughput_leaves_no_half_of_it_to_be_said(stack: cdk.Stack, function: esm.NewFunction) -> None:
    queue = esm.NewQueue(fifo_throughput="high", deduplication_scope=sqs.DeduplicationScope.QUEUE)

    assert refused(lambda: esm.SqsFifoToLambda(stack, "Orders", function=function, queue=queue)) == [
        ("ESM007", "queue.deduplication_scope")
    ]


def test_half_of_high_throughput_is_refused_by_the_rule(stack: cdk.Stack, function: esm.NewFunction) -> None:
    queue = esm.NewQueue(fifo_throughput_limit=sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID)

    assert refused(lambda: esm.SqsFifoToLambda(stack, "Orders", function=function, queue=queue)) == [
        ("ESM250", "DeduplicationScope")
    ]


@pytest.mark.parametrize(
    "given",
    [{"fifo": True}, {"fifo_throughput": "high"}, {"deduplication_scope": sqs.DeduplicationScope.QUEUE}],
    ids=["fifo", "throughput", "scope"],
)
def test_what_only_a_fifo_queue_has_is_refused_on_a_standard_one(
    given: dict[str, Any], stack: cdk.Stack, function: esm.NewFunction
) -> None:
    queue = esm.NewQueue(**given)

    found = refused(lambda: esm.SqsToLambda(stack, "Orders", function=function, queue=queue))
    assert found == [("ESM001", f"queue.{name}") for name in given]


def test_a_key_that_cdk_makes_is_granted_to_the_role_and_the_dead_letter_queue_has_one_too(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    queue = esm.NewQueue(encryption=sqs.QueueEncryption.KMS)
    orders = esm.SqsToLambda(stack, "Orders", function=function, queue=queue)
    assert orders.dead_letter_queue is not None

    assert "kms:Decrypt" in actions(stack, "OrdersPolicy")
    assert "KmsMasterKeyId" in properties(orders.dead_letter_queue)


def test_the_key_that_aws_manages_needs_no_grant(stack: cdk.Stack, function: esm.NewFunction) -> None:
    queue = esm.NewQueue(encryption=sqs.QueueEncryption.KMS_MANAGED)
    orders = esm.SqsToLambda(stack, "Orders", function=function, queue=queue)

    assert properties(orders.queue)["KmsMasterKeyId"] == "alias/aws/sqs"
    assert source_of(orders).encryption_key == "alias/aws/sqs"
    assert "kms:Decrypt" not in actions(stack, "OrdersPolicy")


def test_a_dead_letter_queue_that_admits_no_new_source_is_refused(stack: cdk.Stack, function: esm.NewFunction) -> None:
    closed = sqs.RedriveAllowPolicy(redrive_permission=sqs.RedrivePermission.DENY_ALL)

    found = refused(
        lambda: esm.SqsToLambda(
            stack, "Orders", function=function, dead_letter_queue=esm.NewQueue(redrive_allow_policy=closed)
        )
    )
    assert [rule for rule, _ in found] == ["ESM252"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        pytest.param(
            {"receive_message_wait_time": cdk.Duration.seconds(21)}, "ReceiveMessageWaitTimeSeconds", id="wait"
        ),
        pytest.param({"max_message_size_bytes": 1_048_577}, "MaximumMessageSize", id="size"),
        pytest.param({"data_key_reuse": cdk.Duration.seconds(59)}, "KmsDataKeyReusePeriodSeconds", id="data-key"),
    ],
)
def test_a_number_of_a_queue_out_of_its_range_is_refused_by_the_rule(
    given: dict[str, Any], name: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    queue = esm.NewQueue(**given)

    assert refused(lambda: esm.SqsToLambda(stack, "Orders", function=function, queue=queue)) == [("ESM104", name)]


def test_a_name_of_the_other_kind_of_queue_is_refused(stack: cdk.Stack, function: esm.NewFunction) -> None:
    queue = esm.NewQueue(queue_name="orders")

    found = refused(lambda: esm.SqsFifoToLambda(stack, "Orders", function=function, queue=queue))
    assert [rule for rule, _ in found] == ["ESM118"]


def test_a_stream_that_scales_by_itself_has_no_number_of_shards(stack: cdk.Stack, function: esm.NewFunction) -> None:
    stream = esm.NewStream(shard_count=2, stream_mode=kinesis.StreamMode.ON_DEMAND)

    found = refused(lambda: esm.KinesisToLambda(stack, "Clicks", function=function, stream=stream))
    assert found == [("ESM001", "stream.shard_count")]


def test_a_table_with_replicas_is_judged_as_a_global_one(app: cdk.App, function: esm.NewFunction) -> None:
    stack = cdk.Stack(app, "Here", env=cdk.Environment(account="111122223333", region="eu-west-1"))
    table = esm.NewTable(ID, replicas=[dynamodb.ReplicaTableProps(region="eu-central-1")])
    products = esm.DynamoDbToLambda(stack, "Products", function=function, table=table)

    assert "ESM353" in {one.rule.id for one in products.findings}


def test_a_key_is_taken_for_cdks_encryption_of_a_table(app: cdk.App, function: esm.NewFunction) -> None:
    stack = cdk.Stack(app, "Here", env=cdk.Environment(account="111122223333", region="eu-west-1"))
    keys = {name: kms.Key(stack, f"{name}Key") for name in ("Mine", "Theirs")}
    theirs = dynamodb.TableEncryptionV2.customer_managed_key(keys["Theirs"])
    given: dict[str, Any] = {"Mine": keys["Mine"], "Theirs": theirs}
    tables: dict[str, Any] = {
        name: esm.DynamoDbToLambda(stack, name, function=function, table=esm.NewTable(ID, encryption=one)).table
        for name, one in given.items()
    }

    for name, key in keys.items():
        [replica] = properties(tables[name])["Replicas"]
        assert replica["SSESpecification"] == {"KMSMasterKeyId": arn_of(key)}
        assert arn_of(key) in [one["Resource"] for one in statements(stack, f"{name}Policy")]


def test_a_new_bucket_is_the_mappings_own_and_the_role_may_use_its_key(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    key = kms.Key(stack, "Key")
    on_failure = esm.OnFailure.bucket(esm.NewBucket(encryption_key=key))
    first = esm.KinesisToLambda(stack, "First", function=function, on_failure=on_failure)
    second = esm.KinesisToLambda(stack, "Second", function=function)

    assert first.on_failure is not second.on_failure
    assert [*resources(stack, "AWS::S3::Bucket")] == [logical_id(one.on_failure) for one in (first, second)]
    assert arn_of(key) in [one["Resource"] for one in statements(stack, "FirstPolicy")]
    assert "kms:GenerateDataKey" in actions(stack, "FirstPolicy")
    assert "kms:GenerateDataKey" not in actions(stack, "SecondPolicy")


def test_a_bucket_that_fails_to_be_made_leaves_nothing_behind(stack: cdk.Stack, function: esm.NewFunction) -> None:
    wrong = esm.OnFailure.bucket(esm.NewBucket(auto_delete_objects=True))

    with pytest.raises(esm.EsmError, match="autoDeleteObjects"):
        esm.KinesisToLambda(stack, "Clicks", function=function, on_failure=wrong)
    assert stack.node.children == []


@pytest.mark.parametrize("flag", [False, True], ids=["before", "recommended"])
@pytest.mark.parametrize(
    "given",
    [*({"access_control": one} for one in s3.BucketAccessControl), {"server_access_logs_prefix": "log/"}],
    ids=[*(one.name for one in s3.BucketAccessControl), "logs-to-itself"],
)
def test_our_choice_of_an_owner_gives_way_to_an_access_list(
    given: dict[str, Any], flag: bool, tmp_path: Path, function: esm.NewFunction
) -> None:
    context = {"@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy": flag}
    alone = s3.Bucket(cdk.Stack(quiet_app(tmp_path / "alone", context), "Alone"), "Failures", **given)
    stack = cdk.Stack(quiet_app(tmp_path / "ours", context), "Shop")
    clicks = esm.KinesisToLambda(
        stack, "Clicks", function=function, on_failure=esm.OnFailure.bucket(esm.NewBucket(**given))
    )

    theirs, ours = made(alone).get("Properties", {}), properties(clicks.on_failure)
    assert ours.get("AccessControl") == theirs.get("AccessControl")
    enforced = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert ours["OwnershipControls"] == theirs.get("OwnershipControls", enforced)


def test_a_retention_of_hours_that_only_the_deployment_knows_is_taken(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    hours = cdk.CfnParameter(stack, "Hours", type="Number").value_as_number
    stream = esm.NewStream(retention_period=cdk.Duration.hours(hours))
    clicks = esm.KinesisToLambda(stack, "Clicks", function=function, stream=stream)

    assert properties(clicks.stream)["RetentionPeriodHours"] == {"Ref": "Hours"}
    assert clicks.plan.source_as(Stream).retention_hours is UNRESOLVED


@pytest.mark.parametrize("unit", ["seconds", "minutes", "days"])
def test_a_retention_of_another_unit_that_only_the_deployment_knows_is_refused_with_hours(
    unit: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    number = cdk.CfnParameter(stack, "Number", type="Number").value_as_number
    stream = esm.NewStream(retention_period=getattr(cdk.Duration, unit)(number))

    with pytest.raises(esm.EsmTypeError) as caught:
        esm.KinesisToLambda(stack, "Clicks", function=function, stream=stream)
    [finding] = caught.value.findings
    assert f"a Duration of whole hours, got a Duration of {unit} that only the deployment knows" in finding.message
    assert finding.fix == "write retention_period=Duration.hours(...)"
