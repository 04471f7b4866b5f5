"""Whatever comes, under whichever keyword: the answer is ours, and nothing of it reaches Node, which some would end."""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from inspect import signature
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk.bad_input.bench import ID, Bench, Built


class Number(enum.IntEnum):
    """A number that jsii cannot write."""

    FIVE = 5


ANYTHING: list[Any] = [
    object(),
    b"bytes",
    iter(()),
    print,
    sqs.Queue,
    esm.NewFunction,
    cdk,
    Decimal(5),
    Fraction(1, 2),
    1 + 2j,
    math.nan,
    math.inf,
    -math.inf,
    -(10**400),
    Number.FIVE,
    frozenset({1}),
    range(5),
    NotImplemented,
    Ellipsis,
]


@pytest.fixture(scope="module")
def bench(code: str, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("anything")
    return Bench(cdk.Stack(cdk.App(outdir=str(folder)), "Shop"), code, folder)


def keywords_of(construct: Built) -> list[str]:
    parameters = signature(construct.__init__).parameters
    return [name for name, one in parameters.items() if one.kind is one.KEYWORD_ONLY]


def refuse(bench: Bench, construct: Built, keywords: dict[str, Any], what: object) -> None:
    """See that keywords are refused in words, before anything is made."""
    with pytest.raises((esm.EsmTypeError, esm.InvalidMappingError)) as caught:
        construct(bench.stack, ID, **{"function": bench.function(), **keywords})
    assert caught.value.findings, type(what)
    assert "jsii" not in str(caught.value).lower()


@pytest.mark.parametrize("construct", [esm.SqsToLambda, esm.SqsFifoToLambda])
@pytest.mark.parametrize("keyword", keywords_of(esm.SqsToLambda))
def test_every_keyword_refuses_what_it_cannot_take(construct: Built, keyword: str, bench: Bench) -> None:
    for value in ANYTHING:
        refuse(bench, construct, {keyword: value}, value)
    assert bench.paths() == ["Shop"]


KEY = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
FOR: dict[type, tuple[Any, Any]] = {
    esm.NewStream: (esm.KinesisToLambda, lambda _, made: made),
    esm.NewTable: (esm.DynamoDbToLambda, lambda _, made: made),
    esm.NewBucket: (esm.KinesisToLambda, lambda _, made: esm.OnFailure.bucket(made)),
    esm.NewAlias: (esm.SqsToLambda, lambda at, made: at.function(alias=made)),
}
"""By record: a construct that takes it, and how."""


def members() -> Iterator[pytest.ParameterSet]:
    """Every member of every record, with a keyword that the record is for."""
    for keyword, record in (
        ("function", esm.NewFunction),
        ("queue", esm.NewQueue),
        ("dead_letter_queue", esm.NewQueue),
        ("dead_letter_queue", esm.NoDeadLetterQueue),
        ("provisioned_poller_config", esm.ProvisionedPollers),
        ("alarms", esm.Alarms),
        ("stream", esm.NewStream),
        ("table", esm.NewTable),
        ("on_failure", esm.NewBucket),
        ("function", esm.NewAlias),
    ):
        for one in fields(record):
            yield pytest.param(keyword, record, one.name, id=f"{keyword}-{record.__name__}-{one.name}")


@pytest.mark.parametrize(("keyword", "record", "member"), [*members()])
def test_every_member_of_a_record_refuses_what_it_cannot_take(
    keyword: str, record: type, member: str, bench: Bench
) -> None:
    construct, around = FOR.get(record, (esm.SqsToLambda, lambda _, made: made))
    needed: dict[type, dict[str, Any]] = {
        esm.NewFunction: {"code": bench.code, "handler": "app.handler"},
        esm.NoDeadLetterQueue: {"reason": "none"},
        esm.ProvisionedPollers: {"minimum": 2, "maximum": 10},
        esm.NewTable: {"partition_key": KEY},
        esm.NewAlias: {"alias_name": "live"},
    }
    for value in ANYTHING:
        made = record(**{**needed.get(record, {}), member: value})
        refuse(bench, construct, {keyword: around(bench, made)}, value)
    assert bench.paths() == ["Shop"]


@pytest.mark.parametrize(
    "around",
    [
        pytest.param(lambda one: {"filters": [one]}, id="a-filter"),
        pytest.param(lambda one: {"tags": {"team": one}}, id="a-tag"),
        pytest.param(lambda one: {"tags": {one: "team"}}, id="the-key-of-a-tag"),
        pytest.param(lambda one: {"acknowledge": {"ESM305": one}}, id="a-reason"),
        pytest.param(lambda one: {"acknowledge": {one: "reason"}}, id="the-id-of-a-rule"),
        pytest.param(lambda one: {"alarms": esm.Alarms(notify=[one])}, id="who-is-told"),
        pytest.param(lambda one: {"alarms": esm.Alarms(thresholds={"age": one})}, id="a-threshold"),
        pytest.param(lambda one: {"alarms": esm.Alarms(off={"age": one})}, id="why-an-alarm-is-off"),
        pytest.param(lambda one: {"alarms": esm.Alarms(off={one: "reason"})}, id="which-alarm-is-off"),
    ],
)
def test_every_part_of_a_collection_refuses_what_it_cannot_take(around: Any, bench: Bench) -> None:
    for value in ANYTHING:
        refuse(bench, esm.SqsToLambda, around(value), value)
    assert bench.paths() == ["Shop"]
