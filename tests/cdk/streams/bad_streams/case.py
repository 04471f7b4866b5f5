"""What a case of bad input around streams is, and how the tables write one, or one for each source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest

import cdk_esm as esm
from tests.cdk.bad_input.case import built
from tests.cdk.streams.bad_streams.bench import StreamBench
from tests.cdk.streams.existing import KEY

Construct = type[esm.KinesisToLambda | esm.DynamoDbToLambda]
Pair = tuple[str, str]
Case = pytest.ParameterSet

KINESIS: Final = esm.KinesisToLambda
DYNAMODB: Final = esm.DynamoDbToLambda
FAN_OUT: Final[dict[str, Any]] = {"enhanced_fan_out": True}
SOURCES: Final[Mapping[str, tuple[Construct, Mapping[str, Any]]]] = {
    "shared": (KINESIS, {}),
    "fan-out": (KINESIS, FAN_OUT),
    "dynamodb": (DYNAMODB, {}),
}


@dataclass(frozen=True)
class Bad:
    """One configuration that must not be built.

    Args:
        construct: the construct that it is for.
        keywords: its keywords; one that is a function is called with the bench, because CDK objects need a stack.
        error: the exception, exactly.
        found: rule id and setting of each finding, no more and no fewer.
        bound: the stack is bound to an account and a Region.
    """

    construct: Construct
    keywords: Mapping[str, Any]
    error: type[esm.EsmTypeError | esm.InvalidMappingError]
    found: frozenset[Pair]
    bound: bool = False

    def build(self, bench: StreamBench) -> dict[str, Any]:
        """The keywords, with what they name made in the bench's stack; a new table where a table is not the matter."""
        return with_table(self.construct, built(self.keywords, bench))


def with_table(construct: Construct, keywords: dict[str, Any]) -> dict[str, Any]:
    return {"table": esm.NewTable(KEY), **keywords} if construct is DYNAMODB else keywords


def mistyped(sentence: str, *found: Pair, construct: Construct = KINESIS, bound: bool = False, **keywords: Any) -> Case:
    """A case in which a keyword cannot be taken as it came."""
    return pytest.param(Bad(construct, keywords, esm.EsmTypeError, frozenset(found), bound), id=sentence)


def invalid(sentence: str, *found: Pair, construct: Construct = KINESIS, bound: bool = False, **keywords: Any) -> Case:
    """A case that AWS would refuse, or that would lose data without consent."""
    return pytest.param(Bad(construct, keywords, esm.InvalidMappingError, frozenset(found), bound), id=sentence)


def mistyped_everywhere(sentence: str, *found: Pair, **keywords: Any) -> Iterator[Case]:
    """The same case for each source."""
    for source, (construct, more) in SOURCES.items():
        yield mistyped(f"{sentence}-{source}", *found, construct=construct, **more, **keywords)


def invalid_everywhere(sentence: str, *found: Pair, **keywords: Any) -> Iterator[Case]:
    """The same case for each source."""
    for source, (construct, more) in SOURCES.items():
        yield invalid(f"{sentence}-{source}", *found, construct=construct, **more, **keywords)
