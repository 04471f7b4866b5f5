from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM323"


def reader(path: str, *, replicated: bool | Unknowable = False, enabled: object = None) -> MappingPlan:
    return replace(with_source(mapping("dynamodb", Enabled=enabled), replicated=replicated), path=path)


def test_third_reader_is_told_once_on_the_last() -> None:
    (finding,) = check([reader(path) for path in "ABC"], select=[ID])

    assert (finding.path, finding.got, finding.allowed) == ("C", 3, "at most 2")
    assert "A, B" in finding.message


def test_two_readers_are_fine() -> None:
    assert ids(reader("A"), reader("B"), select=[ID]) == []


def test_global_table_bears_a_single_one() -> None:
    (finding,) = check([reader("A", replicated=True), reader("B")], select=[ID])

    assert (finding.path, finding.allowed) == ("B", "at most 1")
    assert ids(reader("A", replicated=True), select=[ID]) == []


def test_readers_of_other_tables_and_sources_do_not_count() -> None:
    assert ids(reader("A"), reader("B"), with_source(reader("C"), identity="other"), select=[ID]) == []
    assert ids(*[replace(mapping("kinesis"), path=path) for path in "ABC"], select=[ID]) == []


@pytest.mark.parametrize("enabled", [False, UNKNOWN, UNRESOLVED])
def test_mapping_that_may_not_read_does_not_count(enabled: bool | Unknowable) -> None:
    assert ids(reader("A"), reader("B"), reader("C", enabled=enabled), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_a_table_with_hidden_replication_does_not_count_as_global(hidden: Unknowable) -> None:
    assert ids(reader("A", replicated=hidden), reader("B", replicated=hidden), select=[ID]) == []
