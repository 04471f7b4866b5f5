"""The corpus shows everything that can be chosen: every keyword, every option of every record, every alarm."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

import cdk_esm as esm
from cdk_esm.alarms.select import KEYS
from cdk_esm.constructs.intake import (
    kafka_options,
    new_alias,
    new_bucket,
    new_function,
    new_queue,
    new_stream,
    new_table,
    options,
)
from tests.cdk.corpus.variant import Made
from tests.cdk.corpus.variants import VARIANTS

CONSTRUCTS: Final = sorted(name for name in esm.__all__ if name.endswith("ToLambda"))
NEW: Final = (new_alias, new_bucket, new_function, new_queue, new_stream, new_table)
HOMES: Final[Mapping[str, Any]] = {
    name: module
    for module in (options, kafka_options, *NEW)
    for name, one in vars(module).items()
    if dataclasses.is_dataclass(one) and one.__module__ == module.__name__
}
"""Every record that users hand in, with the module that it is in."""
RECORDS: Final = sorted(HOMES)


def chosen(made: Made) -> Iterator[tuple[str, Any]]:
    """Every option of every record among a variant's keywords that is not left at its default."""
    waiting = list(made.keywords.values())
    while waiting:
        one = waiting.pop()
        if type(one).__name__ in RECORDS:
            for option in dataclasses.fields(one):
                value = getattr(one, option.name)
                waiting.append(value)
                default = option.default_factory() if callable(option.default_factory) else option.default
                if value is not default and value != default:
                    yield f"{type(one).__name__}.{option.name}", value


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_every_keyword_of_every_construct_is_in_a_variant(name: str) -> None:
    construct: Any = getattr(esm, name)
    keywords = {key for one in VARIANTS.values() if one.construct is construct for key in one.keywords}
    wanted = {
        key
        for key, parameter in inspect.signature(construct.__init__).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }

    assert wanted
    assert wanted - keywords == set()


def test_every_option_of_every_record_is_in_a_variant(corpus: Mapping[str, Made]) -> None:
    every = {f"{name}.{one.name}" for name in RECORDS for one in dataclasses.fields(getattr(HOMES[name], name))}
    found = {option for made in corpus.values() for option, _ in chosen(made)}

    never = {"NewFunction.tenancy_config"}  # it excludes mappings, which ESM209 says
    assert every - found == never


@pytest.mark.parametrize(
    "construct",
    [esm.KinesisToLambda, esm.DynamoDbToLambda, esm.MskToLambda, esm.SelfManagedKafkaToLambda],
    ids=["kinesis", "dynamodb", "msk", "self-managed-kafka"],
)
def test_every_end_of_a_failed_record_is_in_a_variant(construct: type, corpus: Mapping[str, Made]) -> None:
    ends = {name for name, one in vars(esm.OnFailure).items() if isinstance(one, staticmethod)}
    found = [
        made.keywords["on_failure"]
        for name, made in corpus.items()
        if VARIANTS[name].construct is construct and "on_failure" in made.keywords
    ]

    kafka = {"kafka-topic"} if construct in (esm.MskToLambda, esm.SelfManagedKafkaToLambda) else set()
    assert {one.kind for one in found} == {name.replace("_", "-") for name in ends} - {"kafka-topic"} | kafka
    assert {one.kind for one in found if one.target is not None} >= {"bucket", "queue"}


def test_every_alarm_is_in_a_variant(corpus: Mapping[str, Made]) -> None:
    assert {key for made in corpus.values() for key in made.alarms} == set(KEYS)
