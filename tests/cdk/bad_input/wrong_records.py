"""The records that keywords take: a member of the wrong type, without its unit, or empty."""

from __future__ import annotations

import math
from inspect import isfunction
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns

import cdk_esm as esm
from tests.cdk.bad_input.bench import Built
from tests.cdk.bad_input.case import mistyped

AGE = "thresholds['age']"


def _function(
    sentence: str, member: str, value: object, *, rule: str = "ESM001", place: str = "", of_record: bool = False
) -> pytest.ParameterSet:
    setting = member if of_record else f"function.{member}{place}"
    return mistyped(sentence, (rule, setting), function=lambda at: at.function(**{member: value}))


def _queue(
    sentence: str, member: str, value: Any, *, keyword: str = "queue", construct: Built = esm.SqsToLambda
) -> pytest.ParameterSet:
    new = esm.NewQueue(**{member: value})
    return mistyped(sentence, ("ESM001", f"{keyword}.{member}"), construct=construct, **{keyword: new})


def _pollers(sentence: str, minimum: Any, maximum: Any, *members: str) -> pytest.ParameterSet:
    found = [("ESM001", f"provisioned_poller_config.{member}") for member in members]
    return mistyped(sentence, *found, provisioned_poller_config=esm.ProvisionedPollers(minimum, maximum))


def _notify(sentence: str, place: str, notify: Any) -> pytest.ParameterSet:
    """Alarms that tell ``notify``, or what that makes of the bench."""
    found = ("ESM001", f"alarms.notify{place}")
    return mistyped(sentence, found, alarms=lambda at: esm.Alarms(notify=notify(at) if isfunction(notify) else notify))


def _alarms(sentence: str, setting: str, **members: Any) -> pytest.ParameterSet:
    return mistyped(sentence, ("ESM001", f"alarms.{setting}"), alarms=esm.Alarms(**members))


NEW_FUNCTION = [
    _function("code-as-a-number", "code", 5),
    _function("code-as-an-empty-text", "code", ""),
    _function("no-code", "code", None, rule="ESM003"),
    _function("an-empty-handler", "handler", ""),
    _function("a-blank-handler", "handler", "  "),
    _function("no-handler", "handler", None, rule="ESM003", of_record=True),
    _function("a-handler-as-a-python-function", "handler", print),
    _function("a-runtime-as-a-text", "runtime", "python3.14"),
    _function("an-architecture-as-a-text", "architecture", "arm64"),
    _function("a-timeout-as-a-bare-number", "timeout", 30),
    _function("a-timeout-as-a-text", "timeout", "30"),
    _function("a-timeout-with-a-fraction-of-a-second", "timeout", cdk.Duration.millis(2500)),
    mistyped(
        "a-timeout-of-minutes-that-only-the-deployment-knows",
        ("ESM001", "function.timeout"),
        function=lambda at: at.function(timeout=cdk.Duration.minutes(at.number())),
    ),
    _function("memory-as-a-text", "memory_size", "512"),
    _function("memory-as-a-float", "memory_size", 512.0),
    _function("memory-as-a-size", "memory_size", cdk.Size.mebibytes(512)),
    _function("reserved-concurrency-as-a-bool", "reserved_concurrent_executions", value=True),
    _function("reserved-concurrency-as-a-text", "reserved_concurrent_executions", "5"),
    _function("environment-as-a-list", "environment", ["TABLE=orders"]),
    _function("an-environment-variable-as-a-number", "environment", {"PORT": 5432}, place="['PORT']"),
    _function("an-environment-variable-that-is-none", "environment", {"TABLE": None}, place="['TABLE']"),
    _function("layers-as-an-arn", "layers", "arn:aws:lambda:eu-west-1:111122223333:layer:shared:1"),
    _function("a-layer-as-an-arn", "layers", ["arn:aws:lambda:eu-west-1:111122223333:layer:shared:1"], place="[0]"),
    _function("a-description-as-a-number", "description", 5),
    _function("log-retention-as-a-number-of-days", "log_retention", 30),
    _function("log-retention-as-a-duration", "log_retention", cdk.Duration.days(30)),
    _function("tracing-as-a-text", "tracing", "active"),
    _function("a-vpc-as-an-id", "vpc", "vpc-12345"),
    _function("subnets-as-a-list-of-ids", "vpc_subnets", ["subnet-12345"]),
    _function("security-groups-as-an-id", "security_groups", "sg-12345"),
    _function("an-environment-key-as-an-alias", "environment_encryption", "alias/orders"),
    _function("code-as-a-destination", "on_failure", lambda_.InlineCode("pass")),  # it too has a bind
    _function("an-empty-alias", "alias", ""),
    _function("an-alias-as-a-bool", "alias", value=True),
]

NEW_QUEUES = [
    _queue("retention-as-a-number-of-days", "retention_period", 14),
    _queue("retention-with-a-fraction-of-a-second", "retention_period", cdk.Duration.millis(60_500)),
    _queue("a-delay-as-a-number", "delivery_delay", 5),
    _queue("a-queue-key-as-an-alias", "encryption_master_key", "alias/orders"),
    _queue("deduplication-on-a-standard-queue", "content_based_deduplication", value=True),
    _queue("deduplication-as-a-text", "content_based_deduplication", "yes", construct=esm.SqsFifoToLambda),
    _queue("dead-letter-retention-as-a-number", "retention_period", 1_209_600, keyword="dead_letter_queue"),
    _queue("a-dead-letter-key-as-an-alias", "encryption_master_key", "alias/orders", keyword="dead_letter_queue"),
    _queue(
        "deduplication-on-a-standard-dead-letter-queue",
        "content_based_deduplication",
        value=True,
        keyword="dead_letter_queue",
    ),
]

POLLERS = [
    _pollers("least-pollers-as-a-text", "2", 10, "minimum"),
    _pollers("most-pollers-as-a-float", 2, 10.5, "maximum"),
    _pollers("both-pollers-as-texts", "2", "10", "minimum", "maximum"),
]

ALARMS = [
    mistyped("alarms-switched-off-by-a-bool", ("ESM001", "alarms"), alarms=False),
    mistyped("alarms-as-a-topic", ("ESM001", "alarms"), alarms=lambda at: sns.Topic(at.stack, "Topic")),
    mistyped("alarms-as-a-dict", ("ESM001", "alarms"), alarms={"age": 60}),
    _notify("one-topic-outside-a-list", "", lambda at: sns.Topic(at.stack, "Topic")),
    _notify("nobody-to-notify-as-none", "", None),
    _notify("a-mail-address-to-notify", "[0]", ["ops@example.com"]),
    _notify("a-queue-to-notify", "[0]", lambda at: [at.known_queue()]),
    _notify("code-to-notify", "[0]", lambda at: [lambda_.Code.from_asset(at.code)]),  # it too has a bind
    _notify("a-topic-and-its-name-to-notify", "[1]", lambda at: [sns.Topic(at.stack, "Topic"), "Topic"]),
    _alarms("thresholds-as-a-list", "thresholds", thresholds=["age"]),
    _alarms("a-threshold-of-no-alarm", "thresholds['ages']", thresholds={"ages": 60}),
    _alarms("a-threshold-of-zero", AGE, thresholds={"age": 0}),
    _alarms("a-threshold-below-zero", AGE, thresholds={"age": -60}),
    _alarms("a-threshold-as-a-text", AGE, thresholds={"age": "60"}),
    _alarms("a-threshold-as-a-bool", AGE, thresholds={"age": True}),
    _alarms("a-threshold-that-is-no-number", AGE, thresholds={"age": math.nan}),
    _alarms("a-threshold-without-an-end", AGE, thresholds={"age": math.inf}),
    _alarms("a-threshold-beyond-every-number", AGE, thresholds={"age": 10**400}),
    _alarms("alarms-left-out-in-a-list", "off", off=["age"]),
    _alarms("an-alarm-left-out-that-there-is-not", "off['lag']", off={"lag": "n/a"}),
]

WRONG_RECORDS = [*NEW_FUNCTION, *NEW_QUEUES, *POLLERS, *ALARMS]
