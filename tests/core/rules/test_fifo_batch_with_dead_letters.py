from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import FailureKind, FailurePath
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ONLY = ["ESM362"]


@pytest.mark.parametrize(("size", "batch"), [(2, 2), (10, 10), (None, 10)])
def test_a_batch_of_several_before_dead_letters_is_pointed_out(size: int | None, batch: int) -> None:
    [found] = check([mapping("sqs-fifo", BatchSize=size)], select=ONLY)

    assert found.got == batch
    assert found.fix.startswith("set BatchSize: 1;")


@pytest.mark.parametrize("size", [1, UNRESOLVED])
def test_one_message_in_a_batch_is_right(size: object) -> None:
    assert ids(mapping("sqs-fifo", BatchSize=size), select=ONLY) == []


@pytest.mark.parametrize("failure", [FailurePath(kind=FailureKind.NONE, reason="order is all"), UNKNOWN])
def test_without_dead_letters_nothing_ends_there(failure: FailurePath | Unknowable) -> None:
    assert ids(replace(mapping("sqs-fifo", BatchSize=10), failure=failure), select=ONLY) == []


@pytest.mark.parametrize("kind", ["sqs", "kinesis", "msk"])
def test_other_sources_keep_no_groups(kind: str) -> None:
    assert ids(mapping(kind, BatchSize=10), select=ONLY) == []
