"""What holds between two states: of a batch half of which expires, of a window after one that failed, of an answer."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import FailureKind
from cdk_esm.simulator import Change, Record, simulate
from cdk_esm.simulator.responses import judge
from cdk_esm.simulator.stream import ShardedStream
from cdk_esm.testing.plans import mapping, with_failure, with_queue, with_source
from tests.core.reviewed import reviewed
from tests.core.simulator.helping import ok, raising

FOLDER = Path(__file__).parent / "texts"
ANSWERS: list[Any] = [
    None,
    "",
    [],
    {},
    (),
    0,
    False,
    7,
    "text",
    [1],
    {"statusCode": 200},
    {"batchItemFailures": None},
    {"batchItemFailures": []},
    {"batchItemFailures": ()},
    {"batchItemFailures": {}},
    {"batchItemFailures": ""},
    {"batchItemFailures": "text"},
    {"batchItemFailures": 7},
    {"batchItemFailures": ["a"]},
    {"batchItemFailures": [{}]},
    {"batchItemFailures": [{"id": "a"}]},
    {"batchItemFailures": [{"itemIdentifier": ""}]},
    {"batchItemFailures": [{"itemIdentifier": None}]},
    {"batchItemFailures": [{"itemIdentifier": 0}]},
    {"batchItemFailures": [{"itemIdentifier": 5}]},
    {"batchItemFailures": [{"itemIdentifier": ["a"]}]},
    {"batchItemFailures": [{"itemIdentifier": "a"}]},
    {"batchItemFailures": [{"itemIdentifier": "a"}, {"itemIdentifier": "a"}]},
    {"batchItemFailures": [{"itemIdentifier": "a"}, {"itemIdentifier": "b"}]},
    {"batchItemFailures": ({"itemIdentifier": "a"},)},
    {"batchItemFailures": [{"itemIdentifier": {"partition": "t-0", "offset": 3}}]},
    {"batchItemFailures": [{"itemIdentifier": {"partition": "t-0", "offset": "3"}}]},
    {"batchItemFailures": [{"itemIdentifier": {"partition": 0, "offset": 3}}]},
    {"batchItemFailures": [{"itemIdentifier": {"partition": "t-1", "offset": 3}}]},
    {"batchItemFailures": [{"itemIdentifier": {"partition": "t-0"}}]},
]


def test_what_an_answer_means_is_told_as_it_was_reviewed() -> None:
    lines = []
    for answer in ANSWERS:
        lines.append(f"{answer!r}:")
        for way, names, by_partition in (("by name", {"a"}, False), ("by partition", {("t-0", 3)}, True)):
            step, failed, why = judge(answer, names, by_partition=by_partition)
            lines.append(f"  {way}: {step.id}, {'all' if failed is None else sorted(failed)}{why and f', {why}'}")
    text = "\n".join(lines) + "\n"

    assert text == reviewed(FOLDER / "verdicts.txt", text)


def test_of_a_batch_that_is_tried_again_only_what_is_too_old_for_the_stream_expires() -> None:
    """Both are tried together for ten seconds, then the older one reaches the end of the stream's retention."""
    plan = with_source(
        mapping("kinesis", MaximumRecordAgeInSeconds=-1, BisectBatchOnFunctionError=None), retention_hours=1
    )
    given = [Record("old", at=-3590, key="k"), Record("young", key="k")]
    trace = simulate(plan, raising(lambda _: True), given, changes=[Change.version(20, ok)])

    assert trace.invocations[0].record_ids == ("r1", "r2")
    assert [(one.end, one.step) for one in trace.records] == [
        ("expired", "expired-in-stream"),
        ("processed", "checkpoint"),
    ]
    assert trace.records[0].ended < 20


def test_a_topic_forgets_what_is_older_than_the_retention_that_is_assumed() -> None:
    plan = mapping("msk", MaximumRecordAgeInSeconds=None, BisectBatchOnFunctionError=None, ProvisionedPollerConfig=None)
    plan = with_failure(plan, kind=FailureKind.NONE)
    run: dict[str, Any] = {"until": 2 * 3600, "changes": [Change.reserved_concurrency(0, 0)]}

    assert simulate(plan, ok, ["a"], **run).records[0].end == "in-flight"
    kept = simulate(plan, ok, ["a"], assume={"RetentionPeriodHours": 1}, **run).records[0]
    assert (kept.end, kept.step) == ("expired", "expired-in-stream")
    assert 3600 <= kept.ended < 3661


def test_the_age_of_a_message_below_a_second_is_told_as_it_is() -> None:
    plan = with_queue(mapping("sqs", Enabled=False))
    ages = simulate(plan, ok, [Record("a", at=59.5)], until=180).metrics[plan.event_source.identity]

    points = [most for _, _, most, _ in ages["ApproximateAgeOfOldestMessage"]]
    assert points == pytest.approx([0.999999, 60.999999, 120.999999], abs=1e-7)


def test_each_window_waits_anew_if_its_last_invocation_fails() -> None:
    failed: list[str] = []

    def handler(event: Any, _: Any) -> Any:
        start = event["window"]["start"]
        if event["isFinalInvokeForWindow"] and failed.count(start) < 2:
            failed.append(start)
            raise ValueError(start)
        return {"state": {}}

    plan = mapping("kinesis", TumblingWindowInSeconds=30)
    trace = simulate(plan, handler, [Record("a", at=1, key="k"), Record("b", at=31, key="k")])
    ends = [one.at for one in trace.invocations if not one.record_ids]

    assert [round(later - earlier, 6) for earlier, later in pairwise(ends)] == [
        0.25,
        0.5,
        29.25,
        0.25,
        0.5,
    ]


def test_the_shards_of_a_stream_share_all_keys_whatever_their_number() -> None:
    """Three do not divide them evenly: the last one has the rest."""
    nowhere: Any = None
    shards = ShardedStream(nowhere, "orders", 3, nowhere).shards

    assert (shards[0].low, shards[-1].high) == (0, 2**128)
    assert [one.high for one in shards[:-1]] == [one.low for one in shards[1:]]


def test_a_trace_as_json_says_of_which_form_it_is() -> None:
    """Whoever reads it later, as a page or a script does, can tell by the number."""
    assert simulate(mapping("sqs"), ok, ["a"]).to_dict()["version"] == 1


def test_the_last_invocation_of_a_window_may_send_what_it_has_added_up() -> None:
    def handler(event: Any, context: Any) -> Any:
        if event["isFinalInvokeForWindow"]:
            context.send(event["state"], to="Shop/Sums")
        return {"state": {"n": event["state"].get("n", 0) + len(event["Records"])}}

    stream, sums = mapping("kinesis", TumblingWindowInSeconds=30), replace(mapping("sqs"), path="Shop/Sums")
    handlers = {"Shop/Orders": handler, "Shop/Sums": ok}
    trace = simulate([stream, sums], handlers, {"Shop/Orders": [Record("a", key="k"), Record("b", key="k")]})

    (sent,) = (one for one in trace.invocations if one.path == "Shop/Sums")
    assert [one["body"] for one in sent.event["Records"]] == ['{"n": 2}']


def test_a_hidden_failure_path_hides_the_alarm_on_its_queue_and_no_other() -> None:
    def watched(plan: Any, **assume: Any) -> set[str]:
        return {str(one["name"]) for one in simulate(plan, ok, [], assume=assume).thresholds}

    plan = mapping("sqs")
    known, hidden = watched(plan), watched(replace(plan, failure=UNKNOWN), maxReceiveCount=3)
    assert "dead_letters" in known
    assert known - hidden == {"dead_letters"}
