from dataclasses import replace

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM224"


def readers(count: int, *, consumer: str | None = None, stream: str = "orders") -> list[MappingPlan]:
    return [
        replace(
            with_source(mapping("kinesis-efo"), identity=stream, consumer=consumer or f"{stream}-{number}"),
            path=f"{stream}/{number}",
        )
        for number in range(count)
    ]


def test_twenty_first_consumer_is_refused_and_told_once_on_the_last_mapping() -> None:
    (finding,) = check(readers(21), select=[ID])

    assert (finding.path, finding.got, finding.allowed) == ("orders/20", 21, "at most 20")


def test_twenty_consumers_are_fine() -> None:
    assert ids(*readers(20), *readers(20, stream="returns"), select=[ID]) == []


def test_mappings_on_one_consumer_or_on_none_are_not_counted() -> None:
    assert ids(*readers(21, consumer="shared"), select=[ID]) == []
    assert ids(*[mapping("kinesis")] * 21, select=[ID]) == []


def test_too_many_consumers_can_be_acknowledged() -> None:
    (finding,) = check(readers(21), select=[ID], acknowledge={ID: "on-demand advantage"})

    assert finding.acknowledged == "on-demand advantage"
