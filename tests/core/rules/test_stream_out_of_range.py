import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM111"


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo"])
@pytest.mark.parametrize("hours", [0, 23, 8761])
def test_retention_out_of_range_is_refused(kind: str, hours: int) -> None:
    (finding,) = check([with_source(mapping(kind), retention_hours=hours)], select=[ID])

    assert (finding.setting, finding.got, finding.allowed) == ("RetentionPeriodHours", hours, "24 to 8760 hours")


def test_stream_without_a_shard_is_refused() -> None:
    (finding,) = check([with_source(mapping("kinesis"), shard_count=0)], select=[ID])

    assert (finding.setting, finding.got, finding.allowed) == ("ShardCount", 0, "at least 1")


@pytest.mark.parametrize("changes", [{"retention_hours": 24}, {"retention_hours": 8760}, {"shard_count": 1}, {}])
def test_what_lies_in_the_range_is_fine(changes: dict[str, int]) -> None:
    assert ids(with_source(mapping("kinesis"), **changes), select=[ID]) == []


def test_other_sources_are_not_judged() -> None:
    assert ids(mapping("dynamodb"), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(with_source(mapping("kinesis"), retention_hours=hidden, shard_count=hidden), select=[ID]) == []
