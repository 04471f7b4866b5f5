import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM324"


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo"])
def test_record_above_the_safe_size_is_weak(kind: str) -> None:
    (finding,) = check([with_source(mapping(kind), largest_record_kib=4501)])

    assert (finding.rule.id, finding.got, finding.allowed) == (ID, 4501, "at most 4500 KiB")


@pytest.mark.parametrize("largest", [None, 1024, 4500, UNKNOWN, UNRESOLVED])
def test_safe_size_or_one_that_is_not_known_is_fine(largest: int | Unknowable | None) -> None:
    assert ids(with_source(mapping("kinesis"), largest_record_kib=largest)) == []


def test_other_sources_are_not_judged() -> None:
    assert ids(mapping("dynamodb")) == []
