"""The corpus shows everything that can be chosen: every keyword, every option of every record, every alarm."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

import cdk_esm as esm
from cdk_esm.alarms.select import KEYS
from cdk_esm.constructs.intake import options
from tests.cdk.corpus.variant import Made
from tests.cdk.corpus.variants import VARIANTS

CONSTRUCTS: Final = sorted(name for name in esm.__all__ if name.endswith("ToLambda"))
RECORDS: Final = sorted(
    name for name, one in vars(options).items() if dataclasses.is_dataclass(one) and one.__module__ == options.__name__
)
NOT_SET: Final[Mapping[str, str]] = {
    "ProvisionedPollers.group": "Kafka alone has groups of pollers, and no construct yet",
}
"""Options that no construct of today takes, and why."""


def chosen(made: Made) -> Iterator[tuple[str, Any]]:
    """Every option of every record among a variant's keywords that is not left at its default."""
    for one in made.keywords.values():
        if type(one).__name__ in RECORDS:
            for option in dataclasses.fields(one):
                value = getattr(one, option.name)
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
    every = {f"{name}.{one.name}" for name in RECORDS for one in dataclasses.fields(getattr(options, name))}
    found = {option for made in corpus.values() for option, _ in chosen(made)}

    assert every - found == set(NOT_SET)


@pytest.mark.parametrize("construct", [esm.KinesisToLambda, esm.DynamoDbToLambda], ids=["kinesis", "dynamodb"])
def test_every_end_of_a_failed_record_is_in_a_variant(construct: type, corpus: Mapping[str, Made]) -> None:
    ends = {name for name, one in vars(esm.OnFailure).items() if isinstance(one, staticmethod)}
    found = [
        made.keywords["on_failure"]
        for name, made in corpus.items()
        if VARIANTS[name].construct is construct and "on_failure" in made.keywords
    ]

    assert {one.kind for one in found} == ends
    assert {one.kind for one in found if one.target is not None} >= {"bucket", "queue"}


def test_every_alarm_is_in_a_variant(corpus: Mapping[str, Made]) -> None:
    assert {key for made in corpus.values() for key in made.alarms} == set(KEYS)
