"""What is refused of a New… record or in its place, and what the message has to paste."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from cdk_esm.rules.rule import Finding

SNAPSHOT = cdk.RemovalPolicy.SNAPSHOT
START = lambda_.StartingPosition.TRIM_HORIZON
ID = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
INLINE = lambda_.Code.from_inline("def handler(event, context): ...")


def function() -> esm.NewFunction:
    return esm.NewFunction(INLINE, "index.handler")


def refused(make: Callable[[], object]) -> Finding:
    with pytest.raises(esm.EsmTypeError) as caught:
        make()
    [finding] = caught.value.findings
    return finding


@pytest.mark.parametrize(
    ("setting", "make"),
    [
        (
            "function.log_removal_policy",
            lambda at: esm.SqsToLambda(
                at, "A", function=esm.NewFunction(INLINE, "index.handler", log_removal_policy=SNAPSHOT)
            ),
        ),
        (
            "dead_letter_queue.removal_policy",
            lambda at: esm.SqsToLambda(
                at, "A", function=function(), dead_letter_queue=esm.NewQueue(removal_policy=SNAPSHOT)
            ),
        ),
        (
            "stream.removal_policy",
            lambda at: esm.KinesisToLambda(
                at, "A", function=function(), starting_position=START, stream=esm.NewStream(removal_policy=SNAPSHOT)
            ),
        ),
        (
            "on_failure.bucket.removal_policy",
            lambda at: esm.KinesisToLambda(
                at,
                "A",
                function=function(),
                starting_position=START,
                on_failure=esm.OnFailure.bucket(esm.NewBucket(removal_policy=SNAPSHOT)),
            ),
        ),
        (
            "table.removal_policy",
            lambda at: esm.DynamoDbToLambda(
                at, "A", function=function(), starting_position=START, table=esm.NewTable(ID, removal_policy=SNAPSHOT)
            ),
        ),
    ],
)
def test_nothing_takes_a_snapshot(setting: str, make: Callable[[cdk.Stack], object], stack: cdk.Stack) -> None:
    finding = refused(lambda: make(stack))

    assert (finding.rule.id, finding.setting) == ("ESM001", setting)
    assert not stack.node.children


@pytest.mark.parametrize(
    ("wrong", "written"),
    [
        (lambda _: esm.NewBucket(), "esm.OnFailure.bucket(esm.NewBucket())"),
        (lambda _: esm.OnFailure.queue(esm.NewQueue()), "esm.OnFailure.queue()"),  # type: ignore[call-overload]
        (lambda at: esm.OnFailure.topic(sources.SnsDlq(sns.Topic(at, "T"))), "esm.OnFailure.topic(topic), with"),  # type: ignore[call-overload]
        (lambda at: esm.OnFailure.bucket(sqs.Queue(at, "Q")), "esm.OnFailure.queue(queue)"),  # type: ignore[call-overload]
    ],
    ids=["a-new-bucket", "a-new-queue", "a-wrapped-topic", "a-queue-for-a-bucket"],
)
def test_a_destination_that_is_not_taken_is_written_as_it_is(
    wrong: Callable[[cdk.Stack], Any], written: str, stack: cdk.Stack
) -> None:
    given = wrong(stack)
    finding = refused(
        lambda: esm.KinesisToLambda(stack, "A", function=function(), starting_position=START, on_failure=given)
    )

    assert finding.fix.startswith(f"write on_failure={written}")


def test_dead_letter_queues_of_cdk_are_handed_over_themselves(stack: cdk.Stack) -> None:
    lost = sqs.Queue(stack, "Lost")
    for given, written in (
        (sqs.DeadLetterQueue(queue=lost, max_receive_count=7), "queue, max_receive_count=7, with the queue itself"),
        (sources.SqsDlq(lost), "queue, with the queue itself: SqsDlq hides it"),
    ):
        keywords: Any = {"function": function(), "dead_letter_queue": given}
        finding = refused(lambda kw=keywords: esm.SqsToLambda(stack, "A", **kw))  # type: ignore[misc]

        assert finding.fix.startswith(f"write dead_letter_queue={written}")


def test_a_misspelt_keyword_leads_to_the_name_of_today() -> None:
    finding = refused(lambda: esm.NewTable(ID, stream_vew=1))  # type: ignore[call-arg]

    assert finding.fix.startswith("did you mean dynamo_stream?")
    assert "stream_view" not in finding.message


def test_a_duration_out_of_range_is_told_with_its_length(stack: cdk.Stack) -> None:
    soon = esm.NewFunction(INLINE, "index.handler", max_event_age=cdk.Duration.seconds(2))
    finding = refused(lambda: esm.SqsToLambda(stack, "A", function=soon))

    assert "takes a Duration of 60 to 21600 seconds, got a Duration of 2 seconds" in finding.message


def test_a_period_is_told_as_a_duration(stack: cdk.Stack) -> None:
    alarms = esm.Alarms(periods={"age": cdk.Duration.seconds(90)})
    finding = refused(lambda: esm.SqsToLambda(stack, "A", function=function(), alarms=alarms))

    assert finding.message.startswith("alarms.periods['age'] takes a Duration of whole minutes, got a Duration of 90")


REPLICAS = [dynamodb.ReplicaTableProps(region="us-east-1")]
KEY_ARN = "arn:aws:kms:{}:123456789012:key/11111111-2222-3333-4444-555555555555"


@pytest.mark.parametrize("how", ["key", "encryption", "organization"])
def test_a_table_with_replicas_needs_a_key_for_each(how: str, app: cdk.App) -> None:
    stack = cdk.Stack(app, "Bound", env=cdk.Environment(account="123456789012", region="eu-west-1"))
    key = kms.Key.from_key_arn(stack, "Key", KEY_ARN.format("eu-west-1"))
    encryption: Any = dynamodb.TableEncryptionV2.customer_managed_key(key) if how == "encryption" else key
    if how == "organization":
        esm.Defaults.of(stack).set(encryption_key=key)
        encryption = None
    table = esm.NewTable(ID, replicas=REPLICAS, encryption=encryption)
    finding = refused(
        lambda: esm.DynamoDbToLambda(stack, "A", function=function(), starting_position=START, table=table)
    )
    assert finding.setting == "table.encryption"
    written = 'customer_managed_key(key, {"us-east-1": "<ARN of its key>"})'
    assert written in finding.fix

    complete = dynamodb.TableEncryptionV2.customer_managed_key(key, {"us-east-1": KEY_ARN.format("us-east-1")})
    table = esm.NewTable(ID, replicas=REPLICAS, encryption=complete)
    made = esm.DynamoDbToLambda(stack, "A", function=function(), starting_position=START, table=table)
    assert isinstance(made.table, dynamodb.TableV2)


def test_a_new_function_is_told_how_it_gets_a_qualifier(stack: cdk.Stack) -> None:
    lasting = lambda_.DurableConfig(execution_timeout=cdk.Duration.minutes(10))
    durable = esm.NewFunction(INLINE, "index.handler", durable_config=lasting)
    with pytest.raises(esm.InvalidMappingError) as caught:
        esm.SqsToLambda(stack, "A", function=durable)

    [finding] = caught.value.findings
    assert (finding.rule.id, finding.fix) == ("ESM210", 'write alias="live" in the NewFunction')
    esm.SqsToLambda(stack, "A", function=esm.NewFunction(INLINE, "index.handler", durable_config=lasting, alias="live"))


@pytest.mark.parametrize(
    ("construct", "name", "fix"),
    [
        (esm.SqsFifoToLambda, "orders", 'write queue_name="orders.fifo"'),
        (
            esm.SqsToLambda,
            "orders.fifo",
            'write queue_name="orders", or use SqsFifoToLambda if it has to be a FIFO queue',
        ),
    ],
)
def test_a_name_of_the_other_kind_is_mended_in_the_record(
    construct: Any, name: str, fix: str, stack: cdk.Stack
) -> None:
    with pytest.raises(esm.InvalidMappingError) as caught:
        construct(stack, "A", function=function(), queue=esm.NewQueue(queue_name=name))

    assert [(one.rule.id, one.fix) for one in caught.value.findings] == [("ESM118", fix)]


@pytest.mark.parametrize("alias", [5, "", esm.NewAlias])
def test_an_alias_is_a_name_or_a_record(alias: Any, stack: cdk.Stack) -> None:
    wrong: Any = esm.NewFunction(INLINE, "index.handler", alias=alias)
    finding = refused(lambda: esm.SqsToLambda(stack, "A", function=wrong))

    assert finding.message.startswith("function.alias takes a name or a NewAlias, got ")


@pytest.mark.parametrize(
    ("construct", "records", "rule", "fix"),
    [
        pytest.param(
            esm.SqsToLambda,
            {"queue": esm.NewQueue(visibility_timeout=cdk.Duration.seconds(10))},
            "ESM301",
            "write visibility_timeout=Duration.seconds(30) or more in the NewQueue",
            id="below-the-timeout",
        ),
        pytest.param(
            esm.SqsToLambda,
            {"queue": esm.NewQueue(visibility_timeout=cdk.Duration.hours(13))},
            "ESM104",
            "set visibility_timeout=Duration.seconds(43200) or less of the source queue",
            id="out-of-range",
        ),
        pytest.param(
            esm.SqsToLambda,
            {"dead_letter_queue": esm.NewQueue(visibility_timeout=cdk.Duration.hours(13))},
            "ESM104",
            "set visibility_timeout=Duration.seconds(43200) or less of the dead-letter queue",
            id="of-dead-letters",
        ),
        pytest.param(
            esm.SqsFifoToLambda,
            {"queue": esm.NewQueue(fifo_throughput_limit=sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID)},
            "ESM250",
            'write fifo_throughput="high" in the place of fifo_throughput_limit',
            id="half-of-high-throughput",
        ),
        pytest.param(
            esm.SqsToLambda,
            {
                "dead_letter_queue": esm.NewQueue(
                    redrive_allow_policy=sqs.RedriveAllowPolicy(redrive_permission=sqs.RedrivePermission.DENY_ALL)
                )
            },
            "ESM252",
            "leave redrive_allow_policy out of the NewQueue",
            id="closed",
        ),
    ],
)
def test_what_a_record_says_is_mended_in_the_record(
    construct: Any, records: dict[str, Any], rule: str, fix: str, stack: cdk.Stack
) -> None:
    with pytest.raises(esm.InvalidMappingError) as caught:
        construct(stack, "A", function=function(), **records)

    [finding] = caught.value.findings
    assert finding.rule.id == rule
    assert finding.fix.startswith(fix)


def test_a_short_visibility_of_the_user_is_told_in_the_words_of_the_record(stack: cdk.Stack) -> None:
    queue = esm.NewQueue(visibility_timeout=cdk.Duration.seconds(60))
    made = esm.SqsToLambda(stack, "A", function=function(), queue=queue)

    assert [(one.rule.id, one.fix) for one in made.findings] == [
        (
            "ESM305",
            "write visibility_timeout=Duration.seconds(180) or more in the NewQueue, or lower the function's timeout",
        )
    ]
