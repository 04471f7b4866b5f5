"""What each keyword changes in a default bundle: what it says, and nothing beside it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs

from cdk_esm import NewFunction, NewQueue, NoDeadLetterQueue, ProvisionedPollers, SqsFifoToLambda, SqsToLambda
from tests.cdk.templates import Resource, arn_of, by_name, changes, made, properties, quiet_app, ref, resources

Construct = type[SqsToLambda] | type[SqsFifoToLambda]
Built = Callable[..., dict[str, Resource]]
NO_METRICS = lambda_.MetricsConfig(metrics=[])
CONSENT = "Mapping.Metadata.cdk-esm.choices"
ALARM = "AWS::CloudWatch::Alarm"


@pytest.fixture(scope="module")
def built(function: NewFunction, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Builds a bundle in an app of its own, and hands out its resources."""

    def build(construct: Construct = SqsToLambda, **keywords: Any) -> dict[str, Resource]:
        stack = cdk.Stack(quiet_app(tmp_path_factory.mktemp("knob")), "Shop")
        construct(stack, "Orders", **{"function": function, **keywords})
        return by_name("Orders", resources(stack))

    return build


@pytest.fixture(scope="module")
def default(built: Built) -> dict[str, Resource]:
    return built()


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        pytest.param(
            {"visibility_timeout_factor": 3},
            {"Queue.VisibilityTimeout": 90, "AgeAlarm.Threshold": 450, f"{CONSENT}.visibility_timeout_factor": 3},
            id="visibility-timeout-factor",
        ),
        pytest.param(
            {"max_receive_count": 8},
            {"Queue.RedrivePolicy.maxReceiveCount": 8, f"{CONSENT}.max_receive_count": 8},
            id="max-receive-count",
        ),
        pytest.param(
            {"removal_policy": cdk.RemovalPolicy.DESTROY},
            {
                f"{name}.{policy}": "Delete"
                for name in ("Queue", "DeadLetterQueue", "LogGroup")
                for policy in ("DeletionPolicy", "UpdateReplacePolicy")
            },
            id="removal-policy",
        ),
        pytest.param(
            {"grants": False},
            {"Policy": None, "Mapping.DependsOn": None, f"{CONSENT}.grants": False},
            id="grants",
        ),
        pytest.param(
            {"enabled": False},
            {"Mapping.Enabled": False, "FailuresAlarm": None, "StoppedAlarm": None},
            id="enabled",
        ),
        pytest.param({"batch_size": 7}, {"Mapping.BatchSize": 7}, id="batch-size"),
        pytest.param(
            {"report_batch_item_failures": False},
            {
                "Mapping.FunctionResponseTypes": None,
                "Mapping.MetricsConfig.Metrics": None,
                "FailuresAlarm": None,
                "StoppedAlarm": None,
                f"{CONSENT}.report_batch_item_failures": False,
            },
            id="report-batch-item-failures",
        ),
        pytest.param({"tags": {"team": "shop"}}, {"Mapping.Tags": [{"Key": "team", "Value": "shop"}]}, id="tags"),
        pytest.param({"max_concurrency": 7}, {"Mapping.ScalingConfig.MaximumConcurrency": 7}, id="max-concurrency"),
        pytest.param(
            {"provisioned_poller_config": ProvisionedPollers(minimum=2, maximum=10_000)},
            {
                "Mapping.ProvisionedPollerConfig.MinimumPollers": 2,
                "Mapping.ProvisionedPollerConfig.MaximumPollers": 10_000,
            },
            id="provisioned-pollers",
        ),
        pytest.param(
            {"metrics_config": NO_METRICS},
            {"Mapping.MetricsConfig.Metrics": None, "FailuresAlarm": None, "StoppedAlarm": None},
            id="metrics-config",
        ),
        pytest.param(
            {"filters": [{"body": {"type": ["created"]}}, '{"body": {"type": ["paid"]}}']},
            {
                "Mapping.FilterCriteria.Filters": [
                    {"Pattern": '{"body":{"type":["created"]}}'},
                    {"Pattern": '{"body": {"type": ["paid"]}}'},
                ],
                "FilteredAlarm": ALARM,
            },
            id="filters",
        ),
        pytest.param(
            {"acknowledge": {"ESM305": "measured"}},
            {"Mapping.Metadata.cdk-esm.acknowledged.ESM305": "measured"},
            id="acknowledge",
        ),
    ],
)
def test_a_keyword_changes_what_it_says(
    keywords: dict[str, Any], expected: dict[str, Any], built: Built, default: dict[str, Resource]
) -> None:
    assert changes(default, built(**keywords)) == expected


def test_a_batching_window_lengthens_the_visibility_timeout(built: Built, default: dict[str, Resource]) -> None:
    bundle = built(batch_size=100, max_batching_window=cdk.Duration.seconds(20))

    assert changes(default, bundle) == {
        "Mapping.BatchSize": 100,
        "Mapping.MaximumBatchingWindowInSeconds": 20,
        "Queue.VisibilityTimeout": 6 * 30 + 20,
        "AgeAlarm.Threshold": 5 * 200,
    }


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({"memory_size": 1024}, {"Function.MemorySize": 1024}, id="memory"),
        pytest.param({"environment": {"A": "b"}}, {"Function.Environment.Variables.A": "b"}, id="environment"),
        pytest.param(
            {"reserved_concurrent_executions": 9}, {"Function.ReservedConcurrentExecutions": 9}, id="reserved"
        ),
        pytest.param({"description": "Books."}, {"Function.Description": "Books."}, id="description"),
        pytest.param(
            {"log_retention": logs.RetentionDays.ONE_WEEK}, {"LogGroup.RetentionInDays": 7}, id="log-retention"
        ),
        pytest.param({"runtime": lambda_.Runtime.PYTHON_3_13}, {"Function.Runtime": "python3.13"}, id="runtime"),
        pytest.param(
            {"architecture": lambda_.Architecture.X86_64}, {"Function.Architectures": ["x86_64"]}, id="architecture"
        ),
        pytest.param(
            {"code": lambda_.Code.from_inline("handler = print"), "handler": "index.handler"},
            {
                "Function.Code.ZipFile": "handler = print",
                "Function.Code.S3Bucket.Fn::Sub": None,
                "Function.Code.S3Key": None,
                "Function.Handler": "index.handler",
            },
            id="code-of-cdk",
        ),
    ],
)
def test_a_functions_keyword_changes_what_it_says(
    changed: dict[str, Any],
    expected: dict[str, Any],
    built: Built,
    function: NewFunction,
    default: dict[str, Resource],
) -> None:
    assert changes(default, built(function=replace(function, **changed))) == expected


def test_a_longer_timeout_lengthens_what_is_derived_from_it(
    built: Built, function: NewFunction, default: dict[str, Resource]
) -> None:
    bundle = built(function=replace(function, timeout=cdk.Duration.minutes(1)))

    assert changes(default, bundle) == {
        "Function.Timeout": 60,
        "Queue.VisibilityTimeout": 360,
        "AgeAlarm.Threshold": 1800,
    }


def test_without_tracing_the_role_loses_the_permission_for_it(
    built: Built, function: NewFunction, default: dict[str, Resource]
) -> None:
    changed = changes(default, built(function=replace(function, tracing=False)))

    assert changed.pop("Function.TracingConfig.Mode") is None
    (statement,) = changed.pop("RoleDefaultPolicy.PolicyDocument.Statement")
    assert statement["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert changed == {}


def test_an_alias_is_what_the_mapping_invokes(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=replace(function, alias="live"))
    (alias,) = resources(stack, "AWS::Lambda::Alias").values()

    assert properties(orders.mapping)["FunctionName"] == ref(orders.target)
    assert alias["Properties"]["Name"] == "live"
    assert alias["Properties"]["FunctionName"] == ref(orders.function)
    assert orders.target is not orders.function


def test_in_a_vpc_the_role_may_attach_network_interfaces(stack: cdk.Stack, function: NewFunction) -> None:
    vpc = ec2.Vpc(stack, "Vpc")
    orders = SqsToLambda(stack, "Orders", function=replace(function, vpc=vpc))

    assert set(properties(orders.function)["VpcConfig"]) == {"SecurityGroupIds", "SubnetIds"}
    assert orders.role is not None
    assert "ManagedPolicyArns" not in properties(orders.role)


@pytest.mark.parametrize(("keyword", "name"), [("queue", "Queue"), ("dead_letter_queue", "DeadLetterQueue")])
def test_a_delivery_delay_is_the_queues_own(
    keyword: str, name: str, built: Built, default: dict[str, Resource]
) -> None:
    bundle = built(**{keyword: NewQueue(delivery_delay=cdk.Duration.seconds(9))})

    assert changes(default, bundle) == {f"{name}.DelaySeconds": 9}


def test_a_queues_retention_is_its_own(built: Built, default: dict[str, Resource]) -> None:
    source = NewQueue(retention_period=cdk.Duration.days(2))
    dead_letters = NewQueue(retention_period=cdk.Duration.days(7))

    assert changes(default, built(queue=source, dead_letter_queue=dead_letters)) == {
        "Queue.MessageRetentionPeriod": 2 * 86_400,
        "DeadLetterQueue.MessageRetentionPeriod": 7 * 86_400,
    }


def test_content_based_deduplication_is_the_fifo_queues_own(built: Built) -> None:
    bundle = built(SqsFifoToLambda, queue=NewQueue(content_based_deduplication=True))

    assert changes(built(SqsFifoToLambda), bundle) == {"Queue.ContentBasedDeduplication": True}


def test_a_key_encrypts_the_queue_and_its_dead_letter_queue(stack: cdk.Stack, function: NewFunction) -> None:
    key = kms.Key(stack, "Key")
    orders = SqsToLambda(stack, "Orders", function=function, queue=NewQueue(encryption_master_key=key))
    assert orders.dead_letter_queue is not None

    for queue in (orders.queue, orders.dead_letter_queue):
        assert properties(queue)["KmsMasterKeyId"] == arn_of(key)
        assert "SqsManagedSseEnabled" not in properties(queue)


def test_without_a_dead_letter_queue_the_template_keeps_the_reason(built: Built, default: dict[str, Resource]) -> None:
    changed = changes(default, built(dead_letter_queue=NoDeadLetterQueue("a lost click is a lost click")))

    assert changed.pop("Queue.RedrivePolicy.maxReceiveCount") is None
    assert changed.pop("Queue.RedrivePolicy.deadLetterTargetArn") is None
    assert {name for name, value in changed.items() if value is None} == {
        "DeadLetterQueue",
        "DeadLetterQueuePolicy",
        "DeadLettersAlarm",
    }
    (consent,) = (value for name, value in changed.items() if name.startswith(CONSENT))
    assert consent == "a lost click is a lost click"


def test_a_key_for_the_filters_lets_lambda_read_them(stack: cdk.Stack, function: NewFunction) -> None:
    key = kms.Key(stack, "Key")
    orders = SqsToLambda(
        stack, "Orders", function=function, filters=[{"body": {"type": ["created"]}}], filter_encryption=key
    )
    *_, statement = properties(key)["KeyPolicy"]["Statement"]
    condition = statement.pop("Condition")["StringLike"]["kms:EncryptionContext:aws:lambda:FunctionArn"]

    assert properties(orders.mapping)["KmsKeyArn"] == arn_of(key)
    assert statement == {
        "Sid": "LambdaReadsFilterPatterns",
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "kms:Decrypt",
        "Resource": "*",
    }
    assert condition["Fn::Join"][1][-1] == ":function:*"
    assert "DependsOn" not in made(key)
