"""What a case of bad input for the Kafka constructs is, and the legal variants that the cases change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import aws_cdk as cdk

import cdk_esm as esm
from tests.cdk.kafka.variants import by_name

Pair = tuple[str, str]
Base: Final[Mapping[str, str]] = {
    "msk": "msk-iam-arn",
    "msk-serverless": "msk-iam-serverless-arn",
    "self-managed-kafka": "own-scram-512-public",
}
"""A legal variant of each kind of source."""
WHY: Final = "see runbook 12"


@dataclass(frozen=True)
class Bad:
    """One configuration that must not be built.

    Args:
        base: the legal variant that it is a change of.
        changes: the keywords that are wrong; one that is a function is called with the stack.
        found: rule id and setting of each finding, no more and no fewer.
        error: the exception, exactly.
    """

    base: str
    changes: Mapping[str, Any]
    found: frozenset[Pair]
    error: type[esm.EsmTypeError | esm.InvalidMappingError] = esm.InvalidMappingError

    def build(self, stack: cdk.Stack, function: Any) -> Any:
        changes = dict(self.changes)
        own = changes.pop("function", None)
        return by_name[self.base].build(stack, function if own is None else own(stack), **changes)
