"""What a stack grants, and what a construct refuses, for tests of the New… records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.templates import resources


def statements(stack: cdk.Stack, policy: str) -> list[dict[str, Any]]:
    """The statements of the one policy whose logical id begins like this."""
    [found] = [one for name, one in resources(stack, "AWS::IAM::Policy").items() if name.startswith(policy)]
    listed: list[dict[str, Any]] = found["Properties"]["PolicyDocument"]["Statement"]
    return listed


def actions(stack: cdk.Stack, policy: str) -> set[str]:
    every = (one["Action"] for one in statements(stack, policy))
    return {action for one in every for action in ([one] if isinstance(one, str) else one)}


def refused(make: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises((esm.EsmTypeError, esm.InvalidMappingError)) as caught:
        make()
    return [(one.rule.id, one.setting) for one in caught.value.findings]
