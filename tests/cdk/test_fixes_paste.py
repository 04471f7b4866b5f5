"""Every fix at the door of constructs can be pasted: it is Python, and the finding is gone with it."""

import re
from collections.abc import Callable
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from cdk_esm.constructs.intake.pastes import pasted
from tests.cdk.streams.existing import a_table

HERE: Final = "eu-west-1:111122223333"
MODULES: Final = {
    "esm": esm,
    "lambda_": lambda_,
    "sqs": sqs,
    "sns": sns,
    "s3": s3,
    "kms": kms,
    "logs": logs,
    "kinesis": kinesis,
    "dynamodb": dynamodb,
    "Duration": Duration,
}


def findings(make: Callable[[], Any]) -> tuple[esm.Finding, ...]:
    try:
        make()
    except (esm.EsmTypeError, esm.InvalidMappingError) as refused:
        return refused.findings
    pytest.fail("it was made")


def rules_left(make: Callable[[], Any], setting: str | None = None) -> set[str]:
    """The rules that still refuse it, or those that refuse one of its settings."""
    try:
        make()
    except (esm.EsmTypeError, esm.InvalidMappingError) as refused:
        return {one.rule.id for one in refused.findings if setting in (None, one.setting)}
    return set()


def written(fix: str, stack: cdk.Stack, **names: Any) -> tuple[str, Any]:
    """The keyword and the value that a fix asks to write."""
    code = re.sub(r" \((?:from|import) [^()]*\)$", "", fix).removeprefix("write ").removeprefix("set ")
    code = re.sub(r" or (?:less|more)$", "", code).partition(" or starting_position=")[0]
    keyword, _, value = code.partition("=")
    return keyword, eval(value, {**MODULES, "self": stack, **names})  # noqa: S307 - it is our own words


SLOTS = [
    pytest.param(esm.SqsToLambda, "queue", f"arn:aws:sqs:{HERE}:orders", id="a queue by its ARN"),
    pytest.param(esm.SqsFifoToLambda, "queue", f"arn:aws:sqs:{HERE}:orders.fifo", id="a FIFO queue by its ARN"),
    pytest.param(esm.SqsToLambda, "dead_letter_queue", f"arn:aws:sqs:{HERE}:lost", id="a dead-letter queue by its ARN"),
    pytest.param(esm.SqsFifoToLambda, "dead_letter_queue", False, id="no dead-letter queue"),
    pytest.param(esm.SqsToLambda, "dead_letter_queue", True, id="a dead-letter queue by true"),
    pytest.param(esm.SqsToLambda, "provisioned_poller_config", {"minimum": 3, "maximum": 9}, id="pollers as a dict"),
    pytest.param(esm.SqsToLambda, "filter_encryption", f"arn:aws:kms:{HERE}:key/0a1b", id="a key by its ARN"),
    pytest.param(esm.SqsToLambda, "alarms", False, id="no alarms"),
    pytest.param(esm.SqsToLambda, "metrics_config", ["EventCount"], id="metrics as a list"),
    pytest.param(esm.KinesisToLambda, "starting_position", "TRIM_HORIZON", id="a position as text"),
    pytest.param(esm.KinesisToLambda, "starting_position", "trim-horizon", id="a position in another spelling"),
    pytest.param(esm.KinesisToLambda, "function", f"arn:aws:lambda:{HERE}:function:fulfil", id="a function by its ARN"),
    pytest.param(esm.KinesisToLambda, "function", "fulfil", id="a function by its name"),
    pytest.param(esm.KinesisToLambda, "stream", f"arn:aws:kinesis:{HERE}:stream/orders", id="a stream by its ARN"),
    pytest.param(esm.KinesisToLambda, "on_failure", False, id="no destination"),
    pytest.param(esm.KinesisToLambda, "on_failure", f"arn:aws:sqs:{HERE}:lost", id="a destination by its ARN"),
    pytest.param(esm.KinesisToLambda, "on_failure", "arn:aws:s3:::lost", id="a bucket by its ARN"),
    pytest.param(esm.DynamoDbToLambda, "table", f"arn:aws:dynamodb:{HERE}:table/orders", id="a table by its ARN"),
]


@pytest.mark.parametrize(("construct", "keyword", "value"), SLOTS)
def test_what_takes_the_place_of_a_wrong_value_is_taken(
    construct: Any, keyword: str, value: Any, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    given = {"function": function, keyword: value}
    if construct is esm.DynamoDbToLambda and keyword != "table":
        given["table"] = a_table(stack)
    [wrong] = [one for one in findings(lambda: construct(stack, "Orders", **given)) if one.setting == keyword]
    slot, right = written(wrong.fix, stack)

    assert slot == keyword
    assert wrong.rule.id not in rules_left(lambda: construct(stack, "Orders", **{**given, keyword: right}), keyword)


@pytest.mark.parametrize(
    ("make", "fix"),
    [
        (lambda stack: sns.Topic(stack, "Pager"), "write alarms=esm.Alarms(notify=[topic])"),
        (lambda stack: [sns.Topic(stack, "Pager")], "write alarms=esm.Alarms(notify=topics)"),
    ],
)
def test_topics_in_the_place_of_alarms(make: Any, fix: str, stack: cdk.Stack, function: esm.NewFunction) -> None:
    value = make(stack)
    [wrong] = findings(lambda: esm.SqsToLambda(stack, "Orders", function=function, alarms=value))

    assert wrong.fix == f"{fix} (import cdk_esm as esm)"


@pytest.mark.parametrize(("kind", "name"), [(s3.Bucket, "bucket"), (sqs.Queue, "queue"), (sns.Topic, "topic")])
def test_a_resource_in_the_place_of_a_destination(
    kind: Any, name: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    failed = kind(stack, "Failed")
    [wrong] = findings(lambda: esm.KinesisToLambda(stack, "Orders", function=function, on_failure=failed))

    assert wrong.fix == f"write on_failure=esm.OnFailure.{name}({name}) (import cdk_esm as esm)"
    assert written(wrong.fix, stack, **{name: failed})[1].target is failed


@pytest.mark.parametrize(
    ("keyword", "got", "fix"),
    [
        ("function.runtime", "python3.13", "write runtime=lambda_.Runtime.PYTHON_3_13"),
        ("function.runtime", "cobol85", ""),
        ("function.architecture", "arm64", "write architecture=lambda_.Architecture.ARM_64"),
        ("function.architecture", "mips", ""),
        ("function.log_retention", 7, "write log_retention=logs.RetentionDays.ONE_WEEK"),
        ("function.log_retention", 8, ""),
        ("function.log_retention", "one_month", "write log_retention=logs.RetentionDays.ONE_MONTH"),
        (
            "function",
            "handlers/orders",
            "write function=esm.NewFunction(code='handlers/orders', handler=\"app.handler\")",
        ),
        ("function", 5, ""),
        ("function", None, 'write function=esm.NewFunction(code="handlers/orders", handler="app.handler")'),
        ("table", 5, ""),
        ("topic", None, 'write topic="<its name>"'),
        ("topic", 5, ""),
        ("removal_policy", "retain", "write removal_policy=cdk.RemovalPolicy.RETAIN"),
        ("removal_policy", "keep", ""),
        ("removal_policy", "SNAPSHOT", ""),
        ("log_level", "debug", "write log_level=lambda_.EventSourceMappingLogLevel.DEBUG"),
        ("on_failure", "queue", "write on_failure=esm.OnFailure.queue()"),
        ("on_failure", "kafka", ""),
        ("on_failure", esm.OnFailure.topic, "write on_failure=esm.OnFailure.topic()"),
        ("tags", [{"Key": "team", "Value": "shop"}], "write tags={'team': 'shop'}"),
        ("tags", [{"Key": "team"}], ""),
        ("tags", ["team"], ""),
        (
            "alarms",
            {"grant": False, "periods": {"age": 60}},
            "write alarms=esm.Alarms(grant=False, periods={'age': 60})",
        ),
        ("alarms", {"threshold": {}}, ""),
        ("network", esm.PublicEndpoint, "write network=esm.PublicEndpoint()"),
        ("network", "vpc", ""),
        (
            "network.security_group",
            "sg-0a1b",
            "write security_group=ec2.SecurityGroup.from_security_group_id(self, \"PollerGroup\", 'sg-0a1b')",
        ),
        ("network.security_group", "pollers", ""),
        (
            "alarms.notify[0]",
            f"arn:aws:sns:{HERE}:pager",
            f"write notify=[sns.Topic.from_topic_arn(self, \"Told\", 'arn:aws:sns:{HERE}:pager')]",
        ),
        ("alarms.notify[0]", "pager", ""),
        ("queue", "orders", ""),
        ("queue", f"arn:aws:sns:{HERE}:orders", ""),
        ("starting_position", "SOMEWHERE", ""),
        ("starting_position_timestamp", float("nan"), ""),
        ("logical_id", "a b", ""),
    ],
)
def test_what_is_meant_is_written_and_nothing_is_guessed(keyword: str, got: object, fix: str) -> None:
    assert pasted(keyword, got) == fix


DANGERS = [
    pytest.param({"starting_position": lambda_.StartingPosition.LATEST}, "ESM316", id="a position"),
    pytest.param({"max_record_age": Duration.days(2), "retry_attempts": -1}, "ESM317", id="an age"),
]


@pytest.mark.parametrize(("settings", "rule"), DANGERS)
def test_a_danger_says_how_to_stand_by_it_and_that_pastes(
    settings: dict[str, Any], rule: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    table = a_table(stack)
    with pytest.raises(esm.InvalidMappingError) as caught:
        esm.DynamoDbToLambda(stack, "Orders", function=function, table=table, **settings)
    [line] = [line.strip() for line in str(caught.value).splitlines() if "or stand by it" in line]
    keyword, _, value = line.removeprefix("or stand by it: ").partition("=")
    made = esm.DynamoDbToLambda(
        stack,
        "Orders",
        function=function,
        table=table,
        **settings,
        **{keyword: eval(value)},  # noqa: S307
    )

    assert [one.acknowledged for one in made.findings if one.rule.id == rule] == ["<why>"]


def test_what_no_reason_settles_offers_none(stack: cdk.Stack, function: esm.NewFunction) -> None:
    queue = sqs.Queue(stack, "Queue", visibility_timeout=Duration.seconds(5))
    with pytest.raises(esm.InvalidMappingError) as caught:
        esm.SqsToLambda(
            stack, "Orders", function=function, queue=queue, dead_letter_queue=esm.NoDeadLetterQueue("none")
        )

    assert [one.rule.id for one in caught.value.findings] == ["ESM301"]
    assert "stand by it" not in str(caught.value)


@pytest.mark.parametrize(
    ("construct", "settings"),
    [
        (esm.SqsToLambda, {"batch_size": 10_001, "max_batching_window": Duration.seconds(5)}),
        (esm.SqsFifoToLambda, {"batch_size": 11}),
        (esm.SqsToLambda, {"max_concurrency": 1}),
        (esm.SqsToLambda, {"max_batching_window": Duration.seconds(301)}),
        (esm.DynamoDbToLambda, {"max_record_age": Duration.days(9)}),
        (esm.DynamoDbToLambda, {"parallelization_factor": 11}),
        (esm.DynamoDbToLambda, {"retry_attempts": 10_001}),
        (esm.DynamoDbToLambda, {"starting_position": lambda_.StartingPosition.AT_TIMESTAMP}),
    ],
)
def test_a_number_out_of_range_is_told_the_nearest_that_fits(
    construct: Any, settings: dict[str, Any], stack: cdk.Stack, function: esm.NewFunction
) -> None:
    given = {"function": function, **settings}
    if construct is esm.DynamoDbToLambda:
        given["table"] = a_table(stack)
    [wrong] = [
        one for one in findings(lambda: construct(stack, "Orders", **given)) if one.rule.id in ("ESM101", "ESM103")
    ]
    keyword, right = written(wrong.fix, stack)
    assert "-1" not in wrong.message or keyword == "retry_attempts", "a Duration is never below zero"
    assert wrong.rule.id not in rules_left(lambda: construct(stack, "Orders", **{**given, keyword: right}))


@pytest.mark.parametrize(
    ("alarms", "fix"),
    [
        (esm.Alarms(thresholds={"iterator_ages": 5}), "did you mean iterator_age?"),
        (esm.Alarms(off={"error": "they are watched elsewhere"}), "did you mean errors?"),
        (esm.Alarms(off={"smoke": "there is none"}), "leave it out of alarms.off"),
    ],
)
def test_a_misspelt_alarm_is_named(alarms: esm.Alarms, fix: str, stack: cdk.Stack, function: esm.NewFunction) -> None:
    [wrong] = findings(lambda: esm.KinesisToLambda(stack, "Orders", function=function, alarms=alarms))

    assert wrong.fix == fix
