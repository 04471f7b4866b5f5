"""Faults that a simulator can show: the loss with the bad setting, and its absence with our defaults.

The numbers are those of docs/guide/faults.md.
"""

from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.plan import FailureKind, FailurePath, MappingPlan
from cdk_esm.simulator import Arrivals, Change, Record, Trace, simulate
from cdk_esm.testing import check_handler
from cdk_esm.testing.plans import (
    mapping,
    with_dead_letter_queue,
    with_failure,
    with_function,
    with_queue,
    with_settings,
    with_source,
)
from tests.core.simulator.helping import bad, name_of, ok, raising, records_of, reporting, stopping, text_of, texts

RETRY_CONTROLS = (
    "FunctionResponseTypes",
    "BisectBatchOnFunctionError",
    "MaximumRetryAttempts",
    "MaximumRecordAgeInSeconds",
)
NOWHERE = FailurePath(kind=FailureKind.NONE)


def filtered(kind: str, *patterns: str) -> MappingPlan:
    return replace(mapping(kind), filters=patterns)


def ends(trace: Trace) -> dict[str, int]:
    return dict(trace.summary.ends)


def test_1_messages_that_match_no_filter_are_deleted() -> None:
    order = {"type": "created"}

    assert ends(simulate(filtered("sqs", '{"body": {"type": ["paid"]}}'), ok, [order])) == {"filtered": 1}
    assert ends(simulate(mapping("sqs"), ok, [order])) == {"processed": 1}


def test_2_two_filtered_mappings_on_one_queue_take_messages_from_each_other() -> None:
    paid, created = (filtered("sqs", f'{{"body": {{"type": ["{name}"]}}}}') for name in ("paid", "created"))
    other = replace(created, path="Shop/Other")
    records = [Record({"type": "paid"}, at=0), Record({"type": "created"}, at=1)]
    trace = simulate([paid, other], ok, records)

    assert ends(trace) == {"filtered": 1, "processed": 1}


@pytest.mark.parametrize(("kind", "right", "wrong"), [("sqs", "body", "data"), ("kinesis", "data", "body")])
def test_3_a_filter_on_a_key_that_the_source_lacks_drops_everything(kind: str, right: str, wrong: str) -> None:
    def kept(key: str) -> dict[str, int]:
        return ends(simulate(filtered(kind, f'{{"{key}": {{"type": ["paid"]}}}}'), ok, [{"type": "paid"}]))

    assert kept(wrong) == {"filtered": 1}
    assert kept(right) == {"processed": 1}


def test_4_a_filter_for_json_drops_plain_text() -> None:
    plan = filtered("sqs", '{"body": {"type": ["paid"]}}')

    assert ends(simulate(plan, ok, ["type=paid"])) == {"filtered": 1}
    assert ends(simulate(plan, ok, [{"type": "paid"}])) == {"processed": 1}
    found = check_handler(plan, reporting(bad), good=["type=paid"], bad=["bad"])
    assert [one.kind for one in found.problems] == ["loses"]


def test_5_a_dynamodb_filter_without_type_letters_drops_everything() -> None:
    without = filtered("dynamodb", '{"dynamodb": {"NewImage": {"type": ["paid"]}}}')
    with_letters = filtered("dynamodb", '{"dynamodb": {"NewImage": {"type": {"S": ["paid"]}}}}')
    keys_only = with_source(with_letters, view_type="KEYS_ONLY")
    item = {"id": "o-1", "type": "paid"}

    assert ends(simulate(without, ok, [item])) == {"filtered": 1}
    assert ends(simulate(keys_only, ok, [item])) == {"filtered": 1}
    assert ends(simulate(with_letters, ok, [item])) == {"processed": 1}


def test_7_a_poison_record_blocks_a_shard_until_everything_behind_it_expires() -> None:
    endless: dict[str, Any] = {"MaximumRetryAttempts": -1, "MaximumRecordAgeInSeconds": -1}
    plan = mapping("dynamodb", BisectBatchOnFunctionError=False, FunctionResponseTypes=None, BatchSize=1, **endless)
    records = [Record({"id": "bad"}), *(Record({"id": f"o-{number}"}, at=number) for number in (1, 2))]

    assert simulate(plan, raising(bad), records).records["r3"].ended >= 86_400
    ours = simulate(mapping("dynamodb"), raising(bad), records)
    assert ends(ours) == {"destination": 1, "processed": 2}
    assert ours.records["r3"].ended < 600


def test_8_finite_retries_without_a_destination_discard_in_silence() -> None:
    plan = with_failure(mapping("kinesis"), kind=FailureKind.NONE)

    assert ends(simulate(plan, raising(bad), ["bad"])) == {"discarded": 1}
    assert ends(simulate(mapping("kinesis"), raising(bad), ["bad"])) == {"destination": 1}


def test_13_a_visibility_timeout_that_is_too_short_delivers_twice() -> None:
    def twice(visibility: int) -> int:
        plan = with_queue(mapping("sqs", BatchSize=1), visibility_timeout_seconds=visibility)
        return simulate(
            plan, ok, Arrivals.burst(5), duration=25, reserved_concurrency=1, keep="summary"
        ).summary.receives

    assert twice(30) > 2 * twice(180)


def test_14_throttling_and_few_receives_move_good_messages_to_the_dead_letter_queue() -> None:
    def dead(receives: int, visibility: int) -> int:
        plan = with_queue(mapping("sqs", BatchSize=1), visibility_timeout_seconds=visibility)
        plan = with_failure(plan, max_receive_count=receives)
        trace = simulate(plan, ok, Arrivals.burst(30), duration=20, reserved_concurrency=1, keep="summary")
        return trace.summary.dead_letters

    assert dead(1, 60) > 0
    assert dead(5, 180) == 0


def test_15_a_maximum_concurrency_spares_the_receives_that_throttles_spend() -> None:
    def throttled(**settings: Any) -> int:
        plan = mapping("sqs", BatchSize=1, **settings)
        return simulate(
            plan, ok, Arrivals.burst(40), duration=5, reserved_concurrency=2, keep="summary"
        ).summary.throttles

    assert throttled() > 0
    assert throttled(ScalingConfig={"MaximumConcurrency": 2}) == 0


def test_16_without_a_dead_letter_queue_a_message_is_tried_until_it_is_gone() -> None:
    plan = with_queue(replace(mapping("sqs"), failure=NOWHERE), retention_seconds=7200)

    assert ends(simulate(plan, raising(bad), ["bad"])) == {"expired": 1}
    assert ends(simulate(mapping("sqs"), raising(bad), ["bad"])) == {"dead-letter": 1}


def test_17_a_dead_letter_queue_that_keeps_no_longer_than_its_source_loses_letters_at_once() -> None:
    plan = with_queue(mapping("sqs"), visibility_timeout_seconds=43_200)
    same = with_dead_letter_queue(with_queue(plan, retention_seconds=345_600), retention_seconds=259_200)
    lost = simulate(same, raising(bad), ["bad"], until=4 * 86_400)
    kept = simulate(plan, raising(bad), ["bad"], until=4 * 86_400)

    assert lost.dead_letters[0].expires_at == 259_200
    assert (lost.summary.lost, kept.summary.lost) == (1, 0)


def test_18_a_failing_head_blocks_its_group() -> None:
    records = [Record("bad", group="a"), Record("behind", group="a"), Record("free", group="b")]
    stuck = with_queue(replace(mapping("sqs-fifo", BatchSize=1), failure=NOWHERE), retention_seconds=86_400)
    blocked = simulate(stuck, raising(bad), records)
    ours = simulate(mapping("sqs-fifo", BatchSize=1), raising(bad), records)

    assert (blocked.records["r2"].end, blocked.records["r3"].ended) == ("expired", 0)
    assert (ours.records["r2"].end, ours.records["r2"].ended) == ("processed", 900)


def test_19_a_dead_letter_queue_breaks_the_order_of_a_group_and_a_batch_of_one_spares_the_followers() -> None:
    ten = simulate(mapping("sqs-fifo", BatchSize=10), stopping(bad), ["bad", "a", "b"])
    one = simulate(mapping("sqs-fifo", BatchSize=1), stopping(bad), ["bad", "a", "b"])

    assert ends(ten) == {"dead-letter": 3}
    assert ends(one) == {"dead-letter": 1, "processed": 2}


@pytest.mark.parametrize("entry", [{"itemIdentifier": ""}, {"id": "a"}, {"itemIdentifier": "elsewhere"}])
def test_20_a_malformed_answer_makes_a_storm_and_an_empty_one_a_loss(entry: dict[str, str]) -> None:
    def malformed(event: Any, _: Any) -> Any:
        return {"batchItemFailures": [entry for text in texts(event) if bad(text)]}

    def silent(_: Any, __: Any) -> Any:
        return {}

    assert ends(simulate(mapping("sqs"), malformed, ["bad", "good"])) == {"dead-letter": 2}
    assert ends(simulate(mapping("sqs"), silent, ["bad", "good"])) == {"processed": 2}
    assert ends(simulate(mapping("sqs"), reporting(bad), ["bad", "good"])) == {"dead-letter": 1, "processed": 1}
    for handler, kind in ((malformed, "loops"), (silent, "loses")):
        found = check_handler(mapping("sqs"), handler, good=["good"], bad=["bad"])
        assert {one.kind for one in found.problems} == {kind}


def test_21_failures_that_nobody_listens_to_are_lost() -> None:
    deaf = with_settings(mapping("kinesis"), FunctionResponseTypes=None)

    assert ends(simulate(deaf, reporting(bad), ["bad"])) == {"processed": 1}
    assert ends(simulate(mapping("kinesis"), reporting(bad), ["bad"])) == {"destination": 1}


def test_22_later_successes_run_again() -> None:
    seen: dict[str, int] = {}

    def handler(event: Any, _: Any) -> Any:
        for text in texts(event):
            seen[text] = seen.get(text, 0) + 1
        failed = [name_of(one) for one in records_of(event) if text_of(one) == "flaky" and seen["flaky"] < 3]
        return {"batchItemFailures": [{"itemIdentifier": name} for name in failed]}

    trace = simulate(mapping("kinesis"), handler, [Record(text, key="k") for text in ("a", "flaky", "c")])

    assert seen == {"a": 1, "flaky": 3, "c": 3}
    assert trace.summary.duplicates == 2
    counted: list[str] = []
    found = check_handler(
        mapping("kinesis"),
        lambda event, _: counted.extend(texts(event)),
        good=["a", "c"],
        bad=[],
        effects=lambda: counted,
        reset=counted.clear,
    )
    assert [one.kind for one in found.problems] == ["repeats"]


def test_23_duplicates_take_effect_twice_unless_the_handler_is_idempotent() -> None:
    booked: list[str] = []

    def careless(event: Any, _: Any) -> None:
        booked.extend(texts(event))

    found = check_handler(mapping("sqs"), careless, good=["charge"], bad=[], effects=lambda: booked, reset=booked.clear)
    assert [one.kind for one in found.problems] == ["repeats", "repeats"]


def test_24_latest_misses_what_comes_while_the_mapping_is_made() -> None:
    records = [Record("early", at=-60), Record("late", at=60)]

    assert ends(simulate(mapping("kinesis", StartingPosition="LATEST"), ok, records)) == {"expired": 1, "processed": 1}
    assert ends(simulate(mapping("kinesis"), ok, records)) == {"processed": 2}


def test_30_kafka_retries_forever_without_pollers_and_ends_at_ten_with_a_destination() -> None:
    controls = (
        "FunctionResponseTypes",
        "BisectBatchOnFunctionError",
        "MaximumRetryAttempts",
        "MaximumRecordAgeInSeconds",
    )
    plan = with_settings(mapping("msk"), ProvisionedPollerConfig=None, **dict.fromkeys(controls))
    nowhere = with_failure(with_settings(plan, DestinationConfig=None), kind=FailureKind.NONE)
    stuck = simulate(nowhere, raising(bad), ["bad", Record("behind", at=5)], until=86_400)

    assert ends(stuck) == {"in-flight": 2}
    assert ends(simulate(plan, raising(bad), ["bad", Record("behind", at=5)])) == {"destination": 1, "processed": 1}


def test_36_a_function_that_sends_to_its_own_queue_is_stopped_and_its_message_kept() -> None:
    def echo(event: Any, context: Any) -> None:
        for text in texts(event):
            context.send(text, to="Shop/Orders")

    loop = simulate(mapping("sqs"), echo, ["a"])
    onward = with_function(mapping("kinesis"), identity="other", name="other")

    def hand_on(event: Any, context: Any) -> None:
        for text in texts(event):
            context.send(text, to="Shop/Next")

    plans = [mapping("sqs"), replace(onward, path="Shop/Next")]
    chain = simulate(plans, {"Shop/Orders": hand_on, "Shop/Next": ok}, {"Shop/Orders": ["a"]})

    assert ends(loop) == {"processed": 16, "dead-letter": 1}
    assert ends(chain) == {"processed": 2}


def test_a_change_that_takes_the_function_down_and_back_loses_nothing_with_our_defaults() -> None:
    for kind in ("sqs", "sqs-fifo", "kinesis", "dynamodb", "msk"):
        payload = (lambda number: {"id": f"o-{number}"}) if kind == "dynamodb" else "x"
        arrivals = Arrivals.steady(1, lasting=900, payload=payload)
        trace = simulate(
            mapping(kind), raising(lambda _: True), arrivals, changes=[Change.version(300, ok)], keep="summary"
        )

        assert trace.summary.lost == 0
        assert trace.summary.records == 900
