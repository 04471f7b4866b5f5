from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door, FailureKind, FailurePath
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping


@pytest.mark.parametrize("kind", ["sqs", "sqs-fifo"])
@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_queue_without_dead_letter_queue_and_reason_is_a_danger(kind: str, reason: str | None) -> None:
    assert ids(replace(mapping(kind), failure=FailurePath(kind=FailureKind.NONE, reason=reason))) == ["ESM308"]


def test_a_reason_is_consent() -> None:
    assert ids(replace(mapping(), failure=FailurePath(kind=FailureKind.NONE, reason="readings expire anyway"))) == []


def test_dead_letter_queue_needs_no_reason() -> None:
    assert ids(mapping()) == []


def test_fix_tells_each_door_how_to_consent() -> None:
    plan = replace(mapping(), failure=FailurePath(kind=FailureKind.NONE))

    assert "NoDeadLetterQueue(reason)" in check([replace(plan, door=Door.CONSTRUCT)])[0].fix
    assert "acknowledge" in check([plan])[0].fix


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_hidden_failure_path_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping(), failure=hidden)) == []
