from dataclasses import replace

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM223"


def reader(path: str, *, consumer: str | None = None, new: bool = True, stream: str = "orders") -> MappingPlan:
    plan = with_source(mapping("kinesis-efo"), identity=stream, consumer=consumer or path, consumer_is_new=new)
    return replace(plan, path=path)


def test_sixth_new_consumer_is_refused_and_told_once_on_the_last_mapping() -> None:
    (finding,) = check([reader(path) for path in "ABCDEF"], select=[ID])

    assert (finding.path, finding.got, finding.allowed) == ("F", 6, "at most 5 at once")
    assert "A, B, C, D, E" in finding.message


def test_five_new_consumers_are_fine() -> None:
    assert ids(*[reader(path) for path in "ABCDE"], select=[ID]) == []


def test_consumers_that_exist_do_not_count() -> None:
    assert ids(*[reader(path) for path in "ABCDE"], reader("F", new=False), select=[ID]) == []


def test_consumers_of_another_stream_do_not_count() -> None:
    assert ids(*[reader(path) for path in "ABCDE"], reader("F", stream="returns"), select=[ID]) == []


def test_two_mappings_on_one_consumer_make_one_consumer() -> None:
    assert ids(*[reader(path) for path in "ABCDE"], reader("F", consumer="A"), select=[ID]) == []


def test_consumer_is_made_also_for_a_disabled_mapping() -> None:
    disabled = [
        replace(plan, settings={**plan.settings, "Enabled": False}) for plan in [reader(path) for path in "ABCDEF"]
    ]

    assert ids(*disabled, select=[ID]) == [ID]


def test_six_consumers_at_once_can_be_acknowledged() -> None:
    (finding,) = check([reader(path) for path in "ABCDEF"], select=[ID], acknowledge={ID: "they wait for each other"})

    assert finding.acknowledged == "they wait for each other"


def test_mappings_without_a_consumer_are_not_judged() -> None:
    assert ids(*[replace(mapping(kind), path=kind) for kind in ("kinesis", "dynamodb", "sqs")] * 6, select=[ID]) == []
