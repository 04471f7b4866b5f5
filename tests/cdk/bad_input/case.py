"""What a case of bad input is, and how the tables write one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import pytest

import cdk_esm as esm
from tests.cdk.bad_input.bench import Bench, Built

Later = Callable[[Bench], Any]


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

    construct: Built
    keywords: Mapping[str, Any]
    error: type[esm.EsmTypeError | esm.InvalidMappingError]
    found: frozenset[tuple[str, str]]
    bound: bool = False

    def build(self, bench: Bench) -> dict[str, Any]:
        """The keywords, with what they name made in the bench's stack."""
        return built(self.keywords, bench)


def built(keywords: Mapping[str, Any], bench: Bench) -> dict[str, Any]:
    """Make what keywords leave for later; a new function where they name none."""
    made = {name: value(bench) if isinstance(value, FunctionType) else value for name, value in keywords.items()}
    return made if "function" in made else {"function": bench.function(), **made}


def mistyped(
    sentence: str, *found: tuple[str, str], construct: Built = esm.SqsToLambda, **keywords: Any
) -> pytest.ParameterSet:
    """A case in which a keyword cannot be taken as it came."""
    return pytest.param(Bad(construct, keywords, esm.EsmTypeError, frozenset(found)), id=sentence)


def invalid(
    sentence: str,
    *found: tuple[str, str],
    construct: Built = esm.SqsToLambda,
    bound: bool = False,
    **keywords: Any,
) -> pytest.ParameterSet:
    """A case that AWS would refuse, or that would lose data without consent."""
    case = Bad(construct, keywords, esm.InvalidMappingError, frozenset(found), bound)
    return pytest.param(case, id=sentence)
