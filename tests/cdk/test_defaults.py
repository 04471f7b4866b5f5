"""What one statement gives: the resources of a default bundle and each of their values."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.templates import Resource, arn_of, logical_id, made, properties, quiet_app, ref, resources

KINDS = {"standard": esm.SqsToLambda, "fifo": esm.SqsFifoToLambda}
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Default:
    """A bundle with nothing but defaults, in a stack of its own."""

    kind: str
    stack: cdk.Stack
    bundle: esm.SqsToLambda | esm.SqsFifoToLambda

    @property
    def dead_letter_queue(self) -> cdk.aws_sqs.IQueue:
        assert self.bundle.dead_letter_queue is not None
        return self.bundle.dead_letter_queue


@pytest.fixture(scope="module", params=KINDS)
def default(
    request: pytest.FixtureRequest, function: esm.NewFunction, tmp_path_factory: pytest.TempPathFactory
) -> Default:
    stack = cdk.Stack(quiet_app(tmp_path_factory.mktemp("default")), "Shop")
    return Default(request.param, stack, KINDS[request.param](stack, "Orders", function=function))


def policies_of(queue: cdk.aws_sqs.IQueue, stack: cdk.Stack) -> Iterator[Resource]:
    """The resource policies of a queue."""
    for policy in resources(stack, "AWS::SQS::QueuePolicy").values():
        if ref(queue) in policy["Properties"]["Queues"]:
            yield policy["Properties"]["PolicyDocument"]


def test_a_bundle_is_these_resources_and_no_other(default: Default) -> None:
    assert Counter(resource["Type"] for resource in resources(default.stack).values()) == {
        "AWS::SQS::Queue": 2,
        "AWS::SQS::QueuePolicy": 2,
        "AWS::Lambda::Function": 1,
        "AWS::Lambda::EventSourceMapping": 1,
        "AWS::IAM::Role": 1,
        "AWS::IAM::Policy": 2,
        "AWS::Logs::LogGroup": 1,
        "AWS::CloudWatch::Alarm": 6,
    }


def test_the_queue_hides_a_message_for_six_timeouts_and_keeps_the_services_retention(default: Default) -> None:
    queue = properties(default.bundle.queue)

    assert queue.pop("VisibilityTimeout") == 6 * 30
    assert queue.pop("RedrivePolicy") == {
        "deadLetterTargetArn": arn_of(default.dead_letter_queue),
        "maxReceiveCount": 5,
    }
    assert queue.pop("SqsManagedSseEnabled") is True
    assert queue == ({"FifoQueue": True} if default.kind == "fifo" else {})


def test_the_dead_letter_queue_is_of_the_same_kind_and_keeps_messages_for_fourteen_days(default: Default) -> None:
    queue = properties(default.dead_letter_queue)

    assert queue.pop("MessageRetentionPeriod") == 14 * DAY
    assert queue.pop("SqsManagedSseEnabled") is True
    assert queue == ({"FifoQueue": True} if default.kind == "fifo" else {})


def test_both_queues_refuse_whoever_comes_without_tls(default: Default) -> None:
    for queue in (default.bundle.queue, default.dead_letter_queue):
        (policy,) = policies_of(queue, default.stack)

        assert policy["Statement"] == [
            {
                "Action": "sqs:*",
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                "Effect": "Deny",
                "Principal": {"AWS": "*"},
                "Resource": arn_of(queue),
            }
        ]


def test_what_holds_data_outlives_the_stack_unless_its_first_deployment_fails(default: Default) -> None:
    kept = {
        name
        for name, resource in resources(default.stack).items()
        if resource.get("DeletionPolicy") == "RetainExceptOnCreate" and resource.get("UpdateReplacePolicy") == "Retain"
    }
    log_group = default.bundle.log_group
    assert log_group is not None

    assert kept == {logical_id(one) for one in (default.bundle.queue, default.dead_letter_queue, log_group)}


def test_the_function_has_the_documented_defaults(default: Default) -> None:
    function = properties(default.bundle.function)
    log_group, role = default.bundle.log_group, default.bundle.role
    assert log_group is not None
    assert role is not None

    assert set(function.pop("Code")) == {"S3Bucket", "S3Key"}
    assert function == {
        "Architectures": ["arm64"],
        "Handler": "app.handler",
        "LoggingConfig": {"LogGroup": ref(log_group)},
        "MemorySize": 512,
        "Role": arn_of(role),
        "Runtime": "python3.14",
        "Timeout": 30,
        "TracingConfig": {"Mode": "Active"},
    }


def test_the_functions_log_group_keeps_entries_for_thirty_days(default: Default) -> None:
    assert default.bundle.log_group is not None
    assert properties(default.bundle.log_group) == {"RetentionInDays": 30}


def test_the_role_is_lambdas_own_and_has_no_policy_managed_by_aws(default: Default) -> None:
    assert default.bundle.role is not None
    role = properties(default.bundle.role)

    assert set(role) == {"AssumeRolePolicyDocument"}
    assert role["AssumeRolePolicyDocument"]["Statement"] == [
        {"Action": "sts:AssumeRole", "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}}
    ]
    assert "ManagedPolicyArns" not in str(resources(default.stack))


def test_the_mapping_takes_partial_batch_responses_and_counts_events(default: Default) -> None:
    one_at_a_time = {"BatchSize": 1} if default.kind == "fifo" else {}
    assert properties(default.bundle.mapping) == one_at_a_time | {
        "EventSourceArn": arn_of(default.bundle.queue),
        "FunctionName": arn_of(default.bundle.function),
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "MetricsConfig": {"Metrics": ["EventCount"]},
    }


def test_the_mapping_waits_for_its_policy(default: Default) -> None:
    mapping = made(default.bundle.mapping)
    (policy,) = mapping["DependsOn"]

    assert resources(default.stack)[policy]["Type"] == "AWS::IAM::Policy"
    assert resources(default.stack)[policy]["Properties"]["PolicyDocument"]["Statement"][0]["Action"] == [
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
    ]
    assert "Metadata" not in mapping, "there is nothing to consent to"


def test_six_alarms_watch_it(default: Default) -> None:
    assert list(default.bundle.alarms) == ["age", "dead_letters", "errors", "throttles", "failures", "stopped"]


def test_the_defaults_have_no_finding(default: Default) -> None:
    assert default.bundle.findings == ()
    assert default.bundle.node.metadata == []
