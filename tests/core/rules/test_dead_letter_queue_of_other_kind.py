from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_dead_letter_queue, with_failure, with_queue


@pytest.mark.parametrize(
    ("kind", "fifo", "got", "allowed"),
    [
        pytest.param("sqs-fifo", False, "a standard queue", "a FIFO queue", id="standard-under-fifo"),
        pytest.param("sqs", True, "a FIFO queue", "a standard queue", id="fifo-under-standard"),
    ],
)
def test_a_dead_letter_queue_of_the_other_kind_is_refused(*, kind: str, fifo: bool, got: str, allowed: str) -> None:
    (finding,) = check([with_dead_letter_queue(mapping(kind), fifo=fifo)], select=["ESM213"])

    assert finding.setting == "RedrivePolicy.deadLetterTargetArn"
    assert (finding.got, finding.allowed) == (got, allowed)


@pytest.mark.parametrize("kind", ["sqs", "sqs-fifo"])
def test_two_queues_of_one_kind_and_no_dead_letter_queue_are_accepted(kind: str) -> None:
    assert ids(mapping(kind), select=["ESM213"]) == []
    assert ids(with_failure(mapping(kind), kind="none", queue=None), select=["ESM213"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_hidden_kinds_are_not_judged(hidden: Unknowable) -> None:
    assert ids(with_dead_letter_queue(mapping(), fifo=hidden), select=["ESM213"]) == []
    assert ids(with_queue(mapping(), fifo=hidden), select=["ESM213"]) == []
    assert ids(replace(mapping("sqs-fifo"), failure=hidden), select=["ESM213"]) == []
