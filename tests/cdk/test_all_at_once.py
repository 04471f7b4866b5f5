"""A misspelt or a missing keyword hides nothing else that is wrong, and is said in the words of its slot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_

import cdk_esm as esm

SECRET: Final = esm.SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:user-AbCdEf")
BROKER: Final = {
    "broker": "arn:aws:mq:eu-west-1:111122223333:broker:shop:b-11111111-2222-3333-4444-555555555555",
    "queue_name": "orders",
    "credentials": SECRET,
    "alarms": esm.Alarms(thresholds={"backlog": 10}),
}
NEEDED: Final[Mapping[type, Mapping[str, Any]]] = {
    esm.SqsToLambda: {},
    esm.SqsFifoToLambda: {},
    esm.KinesisToLambda: {},
    esm.DynamoDbToLambda: {
        "table": esm.NewTable(partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING))
    },
    esm.MskToLambda: {
        "cluster": "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/11111111-2222-3333-4444-555555555555-1",
        "topic": "orders",
        "authentication": esm.MskAuthentication.iam(),
        "starting_position": lambda_.StartingPosition.TRIM_HORIZON,
        "alarms": esm.Alarms(thresholds={"offset_lag": 10}),
    },
    esm.SelfManagedKafkaToLambda: {
        "bootstrap_servers": ["broker.example.com:9092"],
        "topic": "orders",
        "authentication": esm.KafkaAuthentication.scram_512(SECRET),
        "network": esm.PublicEndpoint(),
        "starting_position": lambda_.StartingPosition.TRIM_HORIZON,
        "alarms": esm.Alarms(thresholds={"offset_lag": 10}),
    },
    esm.ActiveMqToLambda: BROKER,
    esm.RabbitMqToLambda: BROKER,
    esm.DocumentDbToLambda: {
        "cluster": "arn:aws:rds:eu-west-1:111122223333:cluster:shop",
        "database": "shop",
        "credentials": SECRET,
    },
}
"""What each construct cannot do without, beside a function."""
every = pytest.mark.parametrize("construct", NEEDED, ids=lambda one: one.__name__)


def refused(stack: cdk.Stack, construct: Any, **keywords: Any) -> list[esm.Finding]:
    with pytest.raises(esm.EsmTypeError) as caught:
        construct(stack, "Orders", **keywords)
    assert stack.node.children == []
    return list(caught.value.findings)


def told(findings: list[esm.Finding]) -> list[tuple[str, str]]:
    return [(one.rule.id, one.setting) for one in findings]


@every
def test_what_is_left_out_is_asked_for_as_what_is_none(construct: Any, stack: cdk.Stack) -> None:
    needed = ["function", *NEEDED[construct]]

    without = refused(stack, construct)
    with_none = refused(stack, construct, **dict.fromkeys(needed))

    assert [str(one) for one in without] == [str(one) for one in with_none]
    assert {one.rule.id for one in without} == {"ESM003"}
    assert {one.setting.partition(".")[0] for one in without} == set(needed)
    for one in without:
        assert "lambda_.IFunction" not in one.allowed
        assert " | " not in one.allowed, "an annotation is no sentence"


@every
def test_a_wrong_keyword_hides_no_other_fault(construct: Any, stack: cdk.Stack, function: esm.NewFunction) -> None:
    found = told(refused(stack, construct, function=function, batch_size=0, enable=5, nonsense=1, **NEEDED[construct]))

    assert found == [
        ("ESM001", "enabled"),
        ("ESM002", "enable"),
        ("ESM002", "nonsense"),
        ("ESM101", "BatchSize"),
    ]


@every
def test_the_id_can_be_used_after_a_wrong_call(construct: Any, stack: cdk.Stack, function: esm.NewFunction) -> None:
    refused(stack, construct, functoin=function, **NEEDED[construct])

    assert construct(stack, "Orders", function=function, **NEEDED[construct]).node.path == "Shop/Orders"


def test_a_value_counts_under_the_keyword_that_is_meant(stack: cdk.Stack, function: esm.NewFunction) -> None:
    wanted = dict(NEEDED[esm.MskToLambda])
    topic, alarms = wanted.pop("topic"), wanted.pop("alarms")

    found = refused(stack, esm.MskToLambda, function=function, topics=topic, alarm=alarms, **wanted)
    window = Duration.seconds(5)
    other = refused(stack, esm.SqsToLambda, function=function, batch_size=100, max_batch_window=window)

    assert told(found) == [("ESM002", "topics"), ("ESM002", "alarm")]
    assert told(other) == [("ESM002", "max_batch_window")]


def test_no_value_counts_under_a_keyword_that_is_another(stack: cdk.Stack, function: esm.NewFunction) -> None:
    found = refused(stack, esm.SqsToLambda, function=function, filter_criteria={"Filters": []}, dead_letters=None)

    assert told(found) == [("ESM002", "filter_criteria"), ("ESM002", "dead_letters")]


@pytest.mark.parametrize(
    ("keyword", "fix"),
    [
        ("FilterCriteria", "did you mean filters?"),
        ("filter_criteria", "did you mean filters?"),
        ("MaximumBatchingWindowInSeconds", "did you mean max_batching_window?"),
        ("maximum_concurrency", "did you mean max_concurrency?"),
        ("minimum_pollers", "did you mean provisioned_poller_config?"),
        ("kms_key_arn", "did you mean filter_encryption?"),
        ("on_failure", "leave it out: it is a keyword of KinesisToLambda, DynamoDbToLambda, MskToLambda, "),
        ("nonsense", "leave it out"),
    ],
)
def test_the_words_of_aws_and_of_other_sources_are_known(
    keyword: str, fix: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    [one] = refused(stack, esm.SqsToLambda, function=function, **{keyword: None})

    assert one.fix.startswith(fix)


def test_alarms_of_another_kind_are_asked_for_nothing_more(stack: cdk.Stack, function: esm.NewFunction) -> None:
    wanted = {**NEEDED[esm.MskToLambda], "alarms": {"thresholds": {"offset_lag": 5}}}

    [one] = refused(stack, esm.MskToLambda, function=function, **wanted)

    assert one.fix == "write alarms=esm.Alarms(thresholds={'offset_lag': 5}) (import cdk_esm as esm)"


PAGES: Final = {
    "batch_size": "services-sqs-parameters",
    "alarms": "API_PutMetricAlarm",
    "alarms.periods['age']": "API_PutMetricAlarm",
    "alarms.notify": "alarm-actions",
    "queue": "aws_cdk.aws_sqs",
    "filters": "invocation-eventfiltering",
    "tags": "tags-esm",
}


def test_a_page_is_about_its_keyword(stack: cdk.Stack, function: esm.NewFunction) -> None:
    wrong: dict[str, Any] = {"batch_size": "ten", "queue": 5, "filters": 5, "tags": 5}
    choice = esm.Alarms(periods={"age": 60}, notify=5)  # type: ignore[arg-type, dict-item]
    found = refused(stack, esm.SqsToLambda, function=function, alarms=choice, **wrong)
    found += refused(stack, esm.SqsToLambda, function=function, alarms=5)

    assert {one.setting for one in found} == set(PAGES)
    for one in found:
        assert PAGES[one.setting] in one.page
    for construct, page in (
        (esm.MskToLambda, "msk-cluster-auth"),
        (esm.SelfManagedKafkaToLambda, "kafka-cluster-auth"),
    ):
        wrong = {**NEEDED[construct], "authentication": "none"}
        [one] = refused(stack, construct, function=function, **wrong)
        assert f"dg/{page}.html" in one.page
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.Alarms(period={})  # type: ignore[call-arg]
    assert "API_PutMetricAlarm" in caught.value.findings[0].page


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (datetime(2026, 1, 2, 3, 4), "datetime(2026, 1, 2, 3, 4, 0, tzinfo=UTC)"),  # noqa: DTZ001 - that is the fault
        ("2026-01-02", "datetime(2026, 1, 2, 0, 0, 0, tzinfo=UTC)"),
        ("2026-01-02T05:00+02:00", "datetime(2026, 1, 2, 3, 0, 0, tzinfo=UTC)"),
        ("1767225600", "1767225600"),
    ],
)
def test_a_moment_that_cannot_be_taken_is_written_as_one(
    given: Any, written: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    at = lambda_.StartingPosition.AT_TIMESTAMP
    [one] = refused(
        stack, esm.KinesisToLambda, function=function, starting_position=at, starting_position_timestamp=given
    )

    fix, _, imports = one.fix.partition(" (from ")
    assert fix == f"write starting_position_timestamp={written}"
    assert not imports or imports == "datetime import UTC, datetime)"
    assert one.got in {"a datetime without a time zone", f"str {given!r}"}
