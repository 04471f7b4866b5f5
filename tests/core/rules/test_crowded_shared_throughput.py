from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM322"


def reader(path: str, kind: str = "kinesis", enabled: object = None) -> MappingPlan:
    return replace(mapping(kind, Enabled=enabled), path=path)


def test_third_mapping_is_told_once_on_the_last() -> None:
    (finding,) = check([reader(path) for path in "ABCD"], select=[ID])

    assert (finding.path, finding.got) == ("D", 4)
    assert "A, B, C" in finding.message


def test_two_mappings_are_fine() -> None:
    assert ids(reader("A"), reader("B"), select=[ID]) == []


def test_consumer_has_a_share_of_its_own() -> None:
    assert ids(reader("A"), reader("B"), reader("C", "kinesis-efo"), select=[ID]) == []


def test_other_streams_and_sources_do_not_count() -> None:
    assert ids(reader("A"), reader("B"), with_source(reader("C"), identity="other"), select=[ID]) == []
    assert ids(*[reader(path, "dynamodb") for path in "ABC"], select=[ID]) == []


@pytest.mark.parametrize("enabled", [False, UNKNOWN, UNRESOLVED])
def test_mapping_that_may_not_read_does_not_count(enabled: bool | Unknowable) -> None:
    assert ids(reader("A"), reader("B"), reader("C", enabled=enabled), select=[ID]) == []
