"""What each keyword of the stream constructs changes in a default bundle: what it says, and nothing beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_

from cdk_esm import Alarms, DynamoDbToLambda, KinesisToLambda, NewFunction, NewStream, NewTable, OnFailure
from tests.cdk.streams.existing import KEY
from tests.cdk.streams.variants import WHY
from tests.cdk.templates import Resource, arn_of, by_name, changes, made, properties, quiet_app, resources

Built = Callable[..., dict[str, Resource]]
ALARM = "AWS::CloudWatch::Alarm"
CONSENT = "Mapping.Metadata.cdk-esm.choices"
AT_TIMESTAMP = lambda_.StartingPosition.AT_TIMESTAMP
THEN = datetime(2026, 1, 1, tzinfo=UTC)
BUCKET_GONE = {"EsmFailures": None, "EsmFailuresPolicy": None}
SWITCHED_OFF = {
    "Mapping.Enabled": False,
    **dict.fromkeys(("DroppedAlarm", "DeliveriesAlarm", "FailuresAlarm", "StoppedAlarm")),
}


@pytest.fixture(scope="module")
def built(function: NewFunction, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Builds a bundle in an app of its own, and hands out its resources."""

    def build(construct: type[KinesisToLambda | DynamoDbToLambda], **keywords: Any) -> dict[str, Resource]:
        stack = cdk.Stack(quiet_app(tmp_path_factory.mktemp("knob")), "Shop")
        table = {"table": NewTable(KEY)} if construct is DynamoDbToLambda else {}
        construct(stack, "Clicks", **{"function": function, **table, **keywords})
        return by_name("Clicks", resources(stack))

    return build


@pytest.fixture(scope="module")
def defaults(built: Built) -> dict[Any, dict[str, Resource]]:
    return {construct: built(construct) for construct in (KinesisToLambda, DynamoDbToLambda)}


OF_BOTH = [
    pytest.param({"retry_attempts": 3}, {"Mapping.MaximumRetryAttempts": 3}, id="retry-attempts"),
    pytest.param({"retry_attempts": 0}, {"Mapping.MaximumRetryAttempts": 0}, id="no-retry"),
    pytest.param({"retry_attempts": -1}, {"Mapping.MaximumRetryAttempts": -1}, id="retries-until-the-age"),
    pytest.param(
        {"max_record_age": cdk.Duration.hours(1)},
        {"Mapping.MaximumRecordAgeInSeconds": 3600, "IteratorAgeAlarm.Threshold": 1_800_000},
        id="max-record-age",
    ),
    pytest.param({"bisect_batch_on_error": False}, {"Mapping.BisectBatchOnFunctionError": False}, id="bisect"),
    pytest.param({"parallelization_factor": 10}, {"Mapping.ParallelizationFactor": 10}, id="parallelization-factor"),
    pytest.param(
        {"tumbling_window": cdk.Duration.minutes(5)}, {"Mapping.TumblingWindowInSeconds": 300}, id="tumbling-window"
    ),
    pytest.param({"batch_size": 10_000}, {"Mapping.BatchSize": 10_000}, id="batch-size-without-a-window"),
    pytest.param(
        {"max_batching_window": cdk.Duration.minutes(5)},
        {"Mapping.MaximumBatchingWindowInSeconds": 300},
        id="max-batching-window",
    ),
    pytest.param({"starting_position": lambda_.StartingPosition.TRIM_HORIZON}, {}, id="the-default-starting-position"),
    pytest.param({"enabled": True}, {"Mapping.Enabled": True}, id="enabled"),
    pytest.param({"enabled": False}, SWITCHED_OFF, id="not-enabled"),
    pytest.param(
        {"report_batch_item_failures": False},
        {"Mapping.FunctionResponseTypes": None, f"{CONSENT}.report_batch_item_failures": False},
        id="report-batch-item-failures",
    ),
    pytest.param(
        {"metrics_config": lambda_.MetricsConfig(metrics=[])},
        {
            "Mapping.MetricsConfig.Metrics": None,
            "DroppedAlarm": None,
            "DeliveriesAlarm": None,
            "FailuresAlarm": None,
            "StoppedAlarm": None,
        },
        id="metrics-config",
    ),
    pytest.param({"tags": {"team": "shop"}}, {"Mapping.Tags": [{"Key": "team", "Value": "shop"}]}, id="tags"),
    pytest.param(
        {"grants": False}, {"Policy": None, "Mapping.DependsOn": None, f"{CONSENT}.grants": False}, id="grants"
    ),
    pytest.param(
        {"acknowledge": {"ESM316": "measured"}},
        {"Mapping.Metadata.cdk-esm.acknowledged.ESM316": "measured"},
        id="acknowledge",
    ),
    pytest.param(
        {"alarms": Alarms(thresholds={"iterator_age": 7}, off={"errors": "watched elsewhere"})},
        {
            "IteratorAgeAlarm.Threshold": 7,
            "ErrorsAlarm": None,
            "Mapping.Metadata.cdk-esm.choices.alarms.off.errors": "watched elsewhere",
        },
        id="alarms",
    ),
]


@pytest.mark.parametrize("construct", [KinesisToLambda, DynamoDbToLambda])
@pytest.mark.parametrize(("keywords", "expected"), OF_BOTH)
def test_a_streams_keyword_changes_what_it_says(
    construct: type[KinesisToLambda | DynamoDbToLambda],
    keywords: dict[str, Any],
    expected: dict[str, Any],
    built: Built,
    defaults: dict[Any, dict[str, Resource]],
) -> None:
    assert changes(defaults[construct], built(construct, **keywords)) == expected


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        pytest.param(
            {"stream": NewStream(retention_period=cdk.Duration.days(7))},
            {
                "Stream.RetentionPeriodHours": 168,
                "Mapping.MaximumRecordAgeInSeconds": 302_400,
            },
            id="retention",
        ),
        pytest.param(
            {"stream": NewStream(shard_count=3)},
            {"Stream.ShardCount": 3, "Stream.StreamModeDetails.StreamMode": "PROVISIONED"},
            id="shards",
        ),
        pytest.param(
            {"starting_position": AT_TIMESTAMP, "starting_position_timestamp": THEN},
            {"Mapping.StartingPosition": "AT_TIMESTAMP", "Mapping.StartingPositionTimestamp": 1_767_225_600},
            id="at-a-datetime",
        ),
        pytest.param(
            {"starting_position": AT_TIMESTAMP, "starting_position_timestamp": 1_767_225_600},
            {"Mapping.StartingPosition": "AT_TIMESTAMP", "Mapping.StartingPositionTimestamp": 1_767_225_600},
            id="at-unix-seconds",
        ),
        pytest.param(
            {"filters": [{"data": {"type": ["click"]}}, '{"partitionKey": ["1"]}']},
            {
                "Mapping.FilterCriteria.Filters": [
                    {"Pattern": '{"data":{"type":["click"]}}'},
                    {"Pattern": '{"partitionKey": ["1"]}'},
                ],
                "FilteredAlarm": ALARM,
            },
            id="filters",
        ),
        pytest.param({"enhanced_fan_out": False}, {}, id="no-fan-out"),
    ],
)
def test_a_keyword_of_kinesis_changes_what_it_says(
    keywords: dict[str, Any], expected: dict[str, Any], built: Built, defaults: dict[Any, dict[str, Resource]]
) -> None:
    assert changes(defaults[KinesisToLambda], built(KinesisToLambda, **keywords)) == expected


def test_a_streams_removal_policy_is_that_of_everything_new(
    built: Built, defaults: dict[Any, dict[str, Resource]]
) -> None:
    changed = changes(defaults[KinesisToLambda], built(KinesisToLambda, removal_policy=cdk.RemovalPolicy.DESTROY))

    assert changed == {
        f"{name}.{policy}": "Delete"
        for name in ("Stream", "EsmFailures", "LogGroup")
        for policy in ("DeletionPolicy", "UpdateReplacePolicy")
    }


@pytest.mark.parametrize(
    ("on_failure", "kinds"),
    [
        pytest.param(OnFailure.queue(), {"OnFailure": "AWS::SQS::Queue", "OnFailurePolicy": "AWS::SQS::QueuePolicy"}),
        pytest.param(OnFailure.topic(), {"OnFailure": "AWS::SNS::Topic", "OnFailurePolicy": "AWS::SNS::TopicPolicy"}),
    ],
    ids=["queue", "topic"],
)
def test_another_destination_takes_the_place_of_the_bucket(
    on_failure: OnFailure, kinds: dict[str, str], built: Built, defaults: dict[Any, dict[str, Resource]]
) -> None:
    changed = changes(defaults[KinesisToLambda], built(KinesisToLambda, on_failure=on_failure))
    policy = changed.pop("Policy.PolicyDocument.Statement")

    assert "s3:" not in str(policy)
    assert [changed.pop(name) for name in changed.copy() if name.startswith("Mapping.DestinationConfig")]
    assert changed == {**BUCKET_GONE, **kinds}


def test_a_record_may_be_given_up_with_a_reason(built: Built, defaults: dict[Any, dict[str, Resource]]) -> None:
    changed = changes(defaults[KinesisToLambda], built(KinesisToLambda, on_failure=OnFailure.discard(reason=WHY)))

    assert "s3:" not in str(changed.pop("Policy.PolicyDocument.Statement"))
    assert changed.pop("Mapping.DestinationConfig.OnFailure.Destination") is None
    assert changed.pop(f"{CONSENT}.no_failure_path") == WHY
    assert changed == {**BUCKET_GONE, "DeliveriesAlarm": None, "DeliveryFailuresAlarm": None}


def test_a_key_for_a_streams_filters_lets_lambda_read_them(stack: cdk.Stack, function: NewFunction) -> None:
    key = kms.Key(stack, "Key")
    bundle = KinesisToLambda(
        stack, "Clicks", function=function, filters=[{"data": {"type": ["click"]}}], filter_encryption=key
    )
    *_, statement = properties(key)["KeyPolicy"]["Statement"]

    assert properties(bundle.mapping)["KmsKeyArn"] == arn_of(key)
    assert statement["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert "DependsOn" not in made(key)


def test_numbers_that_only_the_deployment_knows_pass_as_they_are(stack: cdk.Stack, function: NewFunction) -> None:
    number = cdk.CfnParameter(stack, "Number", type="Number").value_as_number
    bundle = KinesisToLambda(
        stack,
        "Clicks",
        function=function,
        batch_size=number,  # type: ignore[arg-type]  # CDK hides a number in a float
        retry_attempts=number,  # type: ignore[arg-type]
        parallelization_factor=number,  # type: ignore[arg-type]
        max_record_age=cdk.Duration.seconds(number),
        max_batching_window=cdk.Duration.seconds(number),
        tumbling_window=cdk.Duration.seconds(number),
        starting_position=AT_TIMESTAMP,
        starting_position_timestamp=number,
    )
    mapping = properties(bundle.mapping)
    late = {name for name, value in mapping.items() if value == {"Ref": "Number"}}

    assert late == {
        "BatchSize",
        "MaximumBatchingWindowInSeconds",
        "MaximumRecordAgeInSeconds",
        "MaximumRetryAttempts",
        "ParallelizationFactor",
        "StartingPositionTimestamp",
        "TumblingWindowInSeconds",
    }
