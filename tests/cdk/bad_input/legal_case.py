"""What a legal case is, and how the tables write one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pytest

import cdk_esm as esm
from tests.cdk.bad_input.bench import Bench, Built
from tests.cdk.bad_input.case import built

FIFO: Final = esm.SqsFifoToLambda
MAPPING: Final = "AWS::Lambda::EventSourceMapping"
FUNCTION: Final = "AWS::Lambda::Function"
QUEUE: Final = "AWS::SQS::Queue"
ALARM: Final = "AWS::CloudWatch::Alarm"


@dataclass(frozen=True)
class Legal:
    """One configuration that is built.

    Args:
        construct: the construct that it is for.
        keywords: its keywords; one that is a function is called with the bench.
        advice: rule ids of what is found all the same: nobody can change it here, or it was consented to.
        bound: the stack is bound to an account and a Region.
        made: by resource type, properties that one resource of the template has.
    """

    construct: Built
    keywords: Mapping[str, Any]
    advice: tuple[str, ...] = ()
    bound: bool = False
    made: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def build(self, bench: Bench) -> dict[str, Any]:
        """The keywords, with what they name made in the bench's stack."""
        return built(self.keywords, bench)


def legal(
    sentence: str,
    *advice: str,
    construct: Built = esm.SqsToLambda,
    bound: bool = False,
    made: Mapping[str, Mapping[str, Any]] | None = None,
    **keywords: Any,
) -> pytest.ParameterSet:
    """A case that is built; without ``advice`` nothing at all is found."""
    return pytest.param(Legal(construct, keywords, advice, bound, made or {}), id=sentence)
