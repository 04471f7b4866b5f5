"""What one statement gives around a stream: the resources of a default bundle and each of their values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_s3 as s3

from cdk_esm import DynamoDbToLambda, KinesisToLambda, NewFunction
from tests.cdk.streams.variants import SOURCES, Bundle, Variant
from tests.cdk.templates import arn_of, logical_id, made, properties, quiet_app, ref, resources

HALF_A_DAY = 12 * 60 * 60
COMMON = {
    "AWS::Lambda::Function": 1,
    "AWS::Lambda::EventSourceMapping": 1,
    "AWS::IAM::Role": 1,
    "AWS::IAM::Policy": 2,
    "AWS::Logs::LogGroup": 1,
    "AWS::S3::Bucket": 1,
    "AWS::S3::BucketPolicy": 1,
}
OF_THE_SOURCE = {
    "shared": {"AWS::Kinesis::Stream": 1, "AWS::CloudWatch::Alarm": 9},
    "fan-out": {"AWS::Kinesis::Stream": 1, "AWS::Kinesis::StreamConsumer": 1, "AWS::CloudWatch::Alarm": 9},
    "dynamodb": {"AWS::DynamoDB::GlobalTable": 1, "AWS::CloudWatch::Alarm": 8},
}
ALARMS = {
    "shared": ["iterator_age", "read_throttles"],
    "fan-out": ["iterator_age", "consumer_lag"],
    "dynamodb": ["iterator_age"],
}
ALARMS_OF_ALL = ["dropped", "deliveries", "delivery_failures", "errors", "throttles", "failures", "stopped"]


@dataclass(frozen=True)
class Default:
    """A bundle with nothing but defaults, in a stack of its own."""

    source: str
    stack: cdk.Stack
    bundle: Bundle

    @property
    def bucket(self) -> s3.Bucket:
        assert isinstance(self.bundle.on_failure, s3.Bucket)
        return self.bundle.on_failure


@pytest.fixture(scope="module", params=SOURCES)
def default(request: pytest.FixtureRequest, function: NewFunction, tmp_path_factory: pytest.TempPathFactory) -> Default:
    stack = cdk.Stack(quiet_app(tmp_path_factory.mktemp("default")), "Shop")
    keywords: dict[str, Any] = {"on_failure": None} | ({"stream": None} if request.param != "dynamodb" else {})
    return Default(request.param, stack, Variant(request.param).build(stack, function, **keywords))


def stream_of(default: Default) -> dict[str, object]:
    assert isinstance(default.bundle, KinesisToLambda)
    return properties(default.bundle.stream)


def test_a_stream_bundle_is_these_resources_and_no_other(default: Default) -> None:
    assert (
        Counter(resource["Type"] for resource in resources(default.stack).values())
        == COMMON | OF_THE_SOURCE[default.source]
    )


@pytest.mark.parametrize("default", ["shared", "fan-out"], indirect=True)
def test_a_new_stream_scales_by_itself_is_encrypted_and_keeps_records_for_three_days(default: Default) -> None:
    assert stream_of(default) == {
        "RetentionPeriodHours": 72,
        "StreamEncryption": {"EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"},
        "StreamModeDetails": {"StreamMode": "ON_DEMAND"},
    }


@pytest.mark.parametrize("default", ["fan-out"], indirect=True)
def test_fan_out_registers_a_consumer_whose_name_tells_its_stack(default: Default) -> None:
    assert isinstance(default.bundle, KinesisToLambda)
    assert default.bundle.consumer is not None
    consumer = properties(default.bundle.consumer)

    assert consumer.pop("ConsumerName").startswith("Shop-")
    assert consumer == {"StreamARN": arn_of(default.bundle.stream)}


@pytest.mark.parametrize("default", ["dynamodb"], indirect=True)
def test_a_new_table_is_on_demand_recoverable_and_streams_both_images(default: Default) -> None:
    assert isinstance(default.bundle, DynamoDbToLambda)

    assert made(default.bundle.table)["Type"] == "AWS::DynamoDB::GlobalTable"
    assert properties(default.bundle.table) == {
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "Replicas": [
            {
                "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
                "Region": {"Ref": "AWS::Region"},
            }
        ],
        "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
    }


def test_the_mapping_ends_its_retries_halves_batches_and_counts_events(default: Default) -> None:
    bundle = default.bundle
    if isinstance(bundle, DynamoDbToLambda):
        arn = {"Fn::GetAtt": [logical_id(bundle.table), "StreamArn"]}
    elif bundle.consumer is not None:
        arn = {"Fn::GetAtt": [logical_id(bundle.consumer), "ConsumerARN"]}
    else:
        arn = arn_of(bundle.stream)

    assert properties(bundle.mapping) == {
        "BisectBatchOnFunctionError": True,
        "DestinationConfig": {"OnFailure": {"Destination": arn_of(default.bucket)}},
        "EventSourceArn": arn,
        "FunctionName": arn_of(bundle.function),
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "MaximumRecordAgeInSeconds": HALF_A_DAY if default.source == "dynamodb" else 36 * 60 * 60,
        "MaximumRetryAttempts": 10,
        "MetricsConfig": {"Metrics": ["EventCount"]},
        "StartingPosition": "TRIM_HORIZON",
    }
    assert "Metadata" not in made(bundle.mapping), "there is nothing to consent to"


def test_the_bucket_is_encrypted_closed_and_emptied_after_the_investigation(default: Default) -> None:
    assert default.bucket.node.path == "Shop/EsmFailures"
    assert properties(default.bucket) == {
        "BucketEncryption": {
            "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
        },
        "LifecycleConfiguration": {
            "Rules": [
                {
                    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                    "ExpirationInDays": 90,
                    "Status": "Enabled",
                }
            ]
        },
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        "PublicAccessBlockConfiguration": {
            "BlockPublicAcls": True,
            "BlockPublicPolicy": True,
            "IgnorePublicAcls": True,
            "RestrictPublicBuckets": True,
        },
    }


def test_the_bucket_refuses_whoever_comes_without_tls(default: Default) -> None:
    (policy,) = resources(default.stack, "AWS::S3::BucketPolicy").values()
    arn = arn_of(default.bucket)
    everything = {
        "Action": "s3:*",
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Resource": [arn, {"Fn::Join": ["", [arn, "/*"]]}],
    }

    assert policy["Properties"]["Bucket"] == ref(default.bucket)
    assert policy["Properties"]["PolicyDocument"]["Statement"] == [
        {**everything, "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {**everything, "Condition": {"NumericLessThan": {"s3:TlsVersion": 1.2}}},
    ]


def test_what_holds_records_outlives_the_stack_unless_its_first_deployment_fails(default: Default) -> None:
    bundle = default.bundle
    source = bundle.table if isinstance(bundle, DynamoDbToLambda) else bundle.stream
    kept = {
        name
        for name, resource in resources(default.stack).items()
        if resource.get("DeletionPolicy") == "RetainExceptOnCreate" and resource.get("UpdateReplacePolicy") == "Retain"
    }
    assert bundle.log_group is not None

    assert kept == {logical_id(one) for one in (source, default.bucket, bundle.log_group)}


def test_the_function_of_a_stream_is_the_same_as_that_of_a_queue(default: Default) -> None:
    function = properties(default.bundle.function)
    chosen = ("Architectures", "MemorySize", "Runtime", "Timeout", "TracingConfig")

    assert {name: function[name] for name in chosen} == {
        "Architectures": ["arm64"],
        "MemorySize": 512,
        "Runtime": "python3.14",
        "Timeout": 30,
        "TracingConfig": {"Mode": "Active"},
    }


def test_these_alarms_watch_a_stream(default: Default) -> None:
    assert list(default.bundle.alarms) == ALARMS[default.source] + ALARMS_OF_ALL


def test_the_defaults_of_a_stream_have_no_finding(default: Default) -> None:
    assert default.bundle.findings == ()
    assert default.bundle.node.metadata == []
