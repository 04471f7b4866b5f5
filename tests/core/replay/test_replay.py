"""A replay: each record that failed is processed once, what fails again stays, and a run that ended goes on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.plan import MappingPlan
from cdk_esm.replay import Progress, ReplayPlan, Result, plan_replay, replay
from cdk_esm.replay.looking import ORDER_IS_LOST, look, look_text
from cdk_esm.simulator import simulate
from cdk_esm.testing.plans import mapping
from tests.core.replay.fakes import (
    BUCKET,
    FUNCTION,
    UUID,
    AwsError,
    FakeLambda,
    FakeS3,
    change,
    click,
    document,
    key,
)

OTHER = "99999999-2222-3333-4444-555555555555"
FIRST, SECOND, THIRD = (key(f"2026-11-{day}T08.00.00") for day in (20, 21, 22))


def a_bucket() -> FakeS3:
    return FakeS3(
        {
            SECOND: document({"Records": [click(3)]}, as_text=False),
            FIRST: document({"Records": [click(1), click(2)]}),
            THIRD: document({"Records": [click(4)]}),
        }
    )


def done(s3: FakeS3, client: FakeLambda, progress: Progress, **more: Any) -> tuple[ReplayPlan, Result]:
    plan = plan_replay(s3, BUCKET)
    return plan, replay(plan, s3, client, progress, sleep=lambda _: None, **more)


def numbers(event: Any) -> list[str]:
    return [one["kinesis"]["sequenceNumber"] for one in event["Records"]]


def test_each_event_goes_to_the_function_that_failed_on_it_the_oldest_first() -> None:
    client = FakeLambda(lambda _: None)
    _, result = done(a_bucket(), client, Progress(None, BUCKET))

    assert [numbers(event) for event in client.events] == [["1", "2"], ["3"], ["4"]]
    assert set(client.names) == {FUNCTION}
    assert result.finished
    assert result.records == 4


def test_a_plan_takes_a_mapping_and_a_time() -> None:
    s3 = a_bucket()
    s3.objects[key("2026-11-21T09.00.00", mapping=OTHER)] = document({"Records": [click(9)]})
    s3.objects["aws/lambda/notes.txt"] = b"by hand"
    since, until = datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 11, 22, 8, tzinfo=UTC)

    assert [one.key for one in plan_replay(s3, BUCKET, mapping=UUID, since=since, until=until).objects] == [SECOND]
    assert [one.mapping for one in plan_replay(s3, BUCKET, since=since, until=until).objects] == [UUID, OTHER]
    assert plan_replay(s3, BUCKET).others == ("aws/lambda/notes.txt",)


def test_a_look_at_nothing_but_keys_of_another_form_names_them() -> None:
    s3 = a_bucket()
    s3.objects = {"aws/lambda/notes.txt": b"by hand"}
    plan = plan_replay(s3, BUCKET)

    assert look_text(plan, {}, 2).splitlines()[1:] == ["  left, for its key has another form: aws/lambda/notes.txt"]


def test_a_look_invokes_nothing_and_says_what_would_be_and_that_order_is_lost(tmp_path: Path) -> None:
    s3 = a_bucket()
    s3.objects[key("2026-11-23T08.00.00")] = b"{}"
    plan, progress = plan_replay(s3, BUCKET), Progress(tmp_path / "p.json", BUCKET)
    (seen,) = look(plan, s3, progress).values()
    text = look_text(plan, look(plan, s3, progress), 2)

    assert (seen.objects, seen.records, len(seen.unusable)) == (3, 4, 1)
    assert dict(seen.functions) == {FUNCTION: 3}
    for words in (f"mapping {UUID}: 3 objects with 4 records", FUNCTION, "2026-11-20 08:00:00", ORDER_IS_LOST):
        assert words in text
    assert not (tmp_path / "p.json").exists()


def test_what_fails_again_stays_and_the_next_run_takes_that_alone(tmp_path: Path) -> None:
    def broken(event: Any) -> None:
        if numbers(event) == ["3"]:
            raise ValueError("still broken")

    s3, file = a_bucket(), tmp_path / "p.json"
    _, first = done(s3, FakeLambda(broken), Progress.of(file, BUCKET))
    mended = FakeLambda(lambda _: None)
    _, second = done(s3, mended, Progress.of(file, BUCKET))

    assert list(first.left) == [SECOND]
    assert "ValueError: still broken" in first.left[SECOND]
    assert [numbers(event) for event in mended.events] == [["3"]]
    assert second.finished


def test_of_a_batch_that_is_partly_reported_the_rest_comes_again_from_the_first_failure_on(tmp_path: Path) -> None:
    s3, file = FakeS3({FIRST: document({"Records": [change(1), change(2), change(3)]})}), tmp_path / "p.json"
    partly = FakeLambda(lambda _: {"batchItemFailures": [{"itemIdentifier": "2"}]})
    _, first = done(s3, partly, Progress.of(file, BUCKET), delete=True)
    mended = FakeLambda(lambda _: {"batchItemFailures": []})
    _, second = done(s3, mended, Progress.of(file, BUCKET), delete=True)

    assert first.records == 1
    assert "reported 1 of 3 records" in first.left[FIRST]
    assert mended.events == [{"Records": [change(2), change(3)]}]
    assert second.records == 2
    assert s3.objects == {}


def test_of_kafka_each_partition_comes_again_from_its_own_first_failure_on(tmp_path: Path) -> None:
    def records(partition: int) -> list[dict[str, Any]]:
        return [{"topic": "t", "partition": partition, "offset": number} for number in (5, 6)]

    event = {"eventSource": "aws:kafka", "records": {"t-0": records(0), "t-1": records(1)}}
    s3, file = FakeS3({key("2026-11-20T08.00.00", lane="t-0"): document(event)}), tmp_path / "p.json"
    failed = {"batchItemFailures": [{"itemIdentifier": {"partition": "t-1", "offset": 6}}]}
    done(s3, FakeLambda(lambda _: failed), Progress.of(file, BUCKET))
    mended = FakeLambda(lambda _: None)
    done(s3, mended, Progress.of(file, BUCKET))

    assert mended.events == [{**event, "records": {"t-1": records(1)[1:]}}]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"batchItemFailures": [{"itemIdentifier": ""}]}, id="no identifier"),
        pytest.param({"batchItemFailures": [{"itemIdentifier": "77"}]}, id="one of another batch"),
        pytest.param({"batchItemFailures": "all"}, id="no list"),
    ],
)
def test_an_answer_that_lambda_would_not_understand_leaves_the_whole_batch(answer: Any) -> None:
    s3 = FakeS3({FIRST: document({"Records": [click(1), click(2)]})})
    _, result = done(s3, FakeLambda(lambda _: answer), Progress(None, BUCKET))

    assert result.records == 0
    assert list(result.left) == [FIRST]


def test_a_run_that_was_cut_off_goes_on_and_says_what_may_come_twice(tmp_path: Path) -> None:
    def cut(event: Any) -> None:
        if numbers(event) == ["3"]:
            raise KeyboardInterrupt

    s3, file = a_bucket(), tmp_path / "p.json"
    with pytest.raises(KeyboardInterrupt):
        done(s3, FakeLambda(cut), Progress.of(file, BUCKET))
    mended = FakeLambda(lambda _: None)
    _, result = done(s3, mended, Progress.of(file, BUCKET))

    assert [numbers(event) for event in mended.events] == [["3"], ["4"]]
    assert result.repeated == [SECOND]
    assert result.states["done before"] == 1


def test_an_object_stays_unless_its_deletion_is_wanted_and_all_of_it_was_processed() -> None:
    kept, deleted = a_bucket(), a_bucket()
    done(kept, FakeLambda(lambda _: None), Progress(None, BUCKET))
    done(deleted, FakeLambda(lambda _: None), Progress(None, BUCKET), delete=True)

    assert len(kept.objects) == 3
    assert deleted.objects == {}


def test_a_deletion_that_is_wanted_later_is_of_what_was_processed_before_too(tmp_path: Path) -> None:
    s3, client = a_bucket(), FakeLambda(lambda _: None)
    done(s3, client, Progress.of(tmp_path / "done.json", BUCKET))
    done(s3, client, Progress.of(tmp_path / "done.json", BUCKET), delete=True)

    assert s3.objects == {}
    assert len(client.events) == 3


class Weighing(FakeLambda):
    """Knows how many bytes each event came in."""

    def invoke(self, **given: Any) -> Any:
        self.names.append(str(len(given["Payload"])))
        return super().invoke(**given)


@pytest.mark.parametrize("text", ["größer", '"', "\ud83d"])
def test_an_event_is_no_larger_than_it_was(text: str) -> None:
    event = {"Records": [{**click(1), "note": text}]}
    s3, client = FakeS3({FIRST: document(event)}), Weighing(lambda _: None)
    done(s3, client, Progress(None, BUCKET))

    escaped = text.startswith("\ud83d")  # half a character: nothing but an escape can say it
    assert client.events == [event]
    assert client.names[0] == str(len(json.dumps(event, separators=(",", ":"), ensure_ascii=escaped).encode()))


def test_invocations_keep_their_rate_and_a_throttle_is_waited_for() -> None:
    waits: list[float] = []
    s3 = a_bucket()
    client = FakeLambda(lambda _: None, refusals=[AwsError("TooManyRequestsException")] * 2)
    result = replay(plan_replay(s3, BUCKET), s3, client, Progress(None, BUCKET), per_second=4, sleep=waits.append)

    assert waits == [1, 2, 0.25, 0.25]
    assert result.finished


def test_a_function_that_is_always_throttled_leaves_its_objects() -> None:
    s3 = FakeS3({FIRST: document({"Records": [click(1)]})})
    _, result = done(
        s3, FakeLambda(lambda _: None, refusals=[AwsError("TooManyRequestsException")] * 6), Progress(None, BUCKET)
    )

    assert "throttled 6 times" in result.left[FIRST]


def a_plan() -> MappingPlan:
    return mapping("kinesis", MaximumRetryAttempts=0)


def test_what_the_simulator_writes_is_replayed_and_each_record_is_processed_once() -> None:
    def broken(event: Any, _: Any) -> Any:
        return {"batchItemFailures": [{"itemIdentifier": numbers(event)[-1]}]}

    trace = simulate(a_plan(), broken, [{"n": number} for number in range(6)])
    s3 = FakeS3({one.key: json.dumps(one.document).encode() for one in trace.destinations if one.key is not None})
    lost = {record.id for record in trace.records if record.end == "destination"}
    seen: set[str] = set()
    _, result = done(s3, FakeLambda(lambda event: seen.update(numbers(event))), Progress(None, BUCKET))

    assert lost
    assert result.finished
    assert result.records == len(lost) == len(seen)
