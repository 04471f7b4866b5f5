from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function, with_queue

ID = "ESM315"


def reader(path: str, function: str, **settings: object) -> MappingPlan:
    return with_function(replace(mapping(**settings), path=path), identity=function)


def test_every_reader_after_the_first_is_told() -> None:
    found = check([reader("A", "a"), reader("B", "b"), reader("C", "c")], select=[ID])

    assert [finding.path for finding in found] == ["B", "C"]
    assert found[1].message.startswith("the queue is also read by A, B for another")


def test_a_queue_with_one_reader_is_fine() -> None:
    assert ids(reader("A", "a"), select=[ID]) == []


def test_queues_of_their_own_are_fine() -> None:
    assert ids(reader("A", "a"), with_queue(reader("B", "b"), identity="other"), select=[ID]) == []


def test_two_aliases_of_one_function_are_two_readers() -> None:
    plans = [with_function(reader(path, path), pool="shared") for path in "AB"]

    assert ids(*plans, select=[ID]) == [ID]


def test_function_and_its_own_alias_are_two_readers() -> None:
    alias = with_function(reader("B", "fulfil:live"), pool="fulfil")

    assert ids(reader("A", "fulfil"), alias, select=[ID]) == [ID]


def test_one_alias_under_two_mappings_is_one_reader() -> None:
    plans = [with_function(reader(path, "fulfil:live"), pool="fulfil") for path in "AB"]

    assert ids(*plans, select=[ID]) == []


def test_disabled_reader_takes_no_message() -> None:
    assert ids(reader("A", "a", Enabled=False), reader("B", "b"), select=[ID]) == []


def test_readers_with_filters_are_left_to_another_rule() -> None:
    filtered = replace(reader("A", "a"), filters=('{"body": {"a": [1]}}',))

    assert ids(filtered, reader("B", "b"), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(reader("A", "a"), filters=hidden), reader("B", "b"), select=[ID]) == []
    assert ids(replace(reader("A", "a"), filters=(hidden,)), reader("B", "b"), select=[ID]) == []
    assert ids(reader("A", "a", Enabled=hidden), reader("B", "b"), select=[ID]) == []
