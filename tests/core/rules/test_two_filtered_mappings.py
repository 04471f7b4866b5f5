from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_queue

ID = "ESM509"
SOME = ('{"body": {"a": [1]}}',)


def reader(
    path: str, filters: tuple[str | Unknowable, ...] | Unknowable = (), kind: str = "sqs", enabled: object = None
) -> MappingPlan:
    return replace(mapping(kind, Enabled=enabled), path=path, filters=filters)


@pytest.mark.parametrize(("first", "second"), [(SOME, SOME), (SOME, ()), ((), SOME)])
def test_two_readers_of_which_one_filters_are_a_danger(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    (finding,) = check([reader("A", first), reader("B", second)], select=[ID])

    assert finding.path == "B"
    assert finding.message.startswith("the queue is also read by A, and not all")


def test_every_reader_after_the_first_is_told() -> None:
    found = check([reader("A", SOME), reader("B"), reader("C")], select=[ID])

    assert [finding.path for finding in found] == ["B", "C"]
    assert all("read by A, and" in finding.message for finding in found)


def test_readers_without_filters_delete_nothing() -> None:
    assert ids(reader("A"), reader("B"), select=[ID]) == []


def test_one_reader_may_filter_its_own_queue() -> None:
    assert ids(reader("A", SOME), select=[ID]) == []
    assert ids(reader("A", SOME), with_queue(reader("B", SOME), identity="other"), select=[ID]) == []


def test_disabled_reader_deletes_nothing() -> None:
    assert ids(reader("A", SOME, enabled=False), reader("B", SOME), select=[ID]) == []


def test_fifo_queue_is_no_better() -> None:
    assert ids(reader("A", SOME, "sqs-fifo"), reader("B", SOME, "sqs-fifo"), select=[ID]) == [ID]


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(reader("A", hidden), reader("B"), select=[ID]) == []
    assert ids(reader("A", (hidden,)), reader("B"), select=[ID]) == []
    assert ids(reader("A", SOME, enabled=hidden), reader("B"), select=[ID]) == []
