"""What a run takes and refuses, and how several mappings, functions and sources meet in one."""

import tracemalloc
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from cdk_esm.errors import EsmError
from cdk_esm.facts import UNKNOWN
from cdk_esm.filters.events import source_of
from cdk_esm.simulator import Arrivals, Backoff, Change, Record, Spread, events, simulate
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import mapping, with_failure, with_function, with_queue, with_source
from tests.core.simulator.helping import bad, ok, raising, records_of, texts


@pytest.mark.parametrize("kind", SOURCES)
def test_a_record_has_no_key_that_the_sheet_does_not_name(kind: str) -> None:
    shape = SOURCES[kind].records
    event = events.event(kind, {"id": "a"}, topic="orders")
    (record,) = records_of(event)
    named = {*shape.metadata, shape.payload, shape.envelope} | {"SequenceNumber"}
    if shape.envelope is not None:
        assert set(record[shape.envelope]) <= named
    if shape.payload is not None:
        assert set(record) <= named
    assert source_of(event) in (kind, kind.removesuffix("-efo"), kind.removesuffix("-serverless"))


def test_one_function_on_many_sources_has_one_concurrency() -> None:
    plans = [
        replace(mapping("sqs", BatchSize=1), path="Shop/Queue"),
        replace(mapping("kinesis", BatchSize=1), path="Shop/Stream"),
    ]
    records = {"Shop/Queue": Arrivals.burst(20), "Shop/Stream": Arrivals.burst(20)}
    together = simulate(plans, ok, records, duration=1, reserved_concurrency=2)
    other = with_function(plans[1], identity="another", name="another")
    apart = simulate([plans[0], other], ok, records, duration=1, reserved_concurrency=2)

    assert together.summary.most_concurrent == 2
    assert together.summary.ends == apart.summary.ends == {"processed": 40}
    assert together.summary.throttles > apart.summary.throttles


def test_two_mappings_on_one_queue_share_its_messages() -> None:
    one = mapping("sqs", BatchSize=1)
    two = with_function(replace(one, path="Shop/Other"), identity="other", name="other")
    trace = simulate([one, two], {one.path: ok, two.path: ok}, Arrivals.burst(40), duration=1)

    assert {call.path for call in trace.invocations} == {one.path, two.path}
    assert trace.summary.deliveries == 40


def test_a_consumer_of_the_dead_letter_queue_gets_the_message_under_its_own_id() -> None:
    first = with_failure(mapping("sqs"), max_receive_count=1)
    assert first.failure is not UNKNOWN
    dead = replace(mapping("sqs"), path="Shop/Dead")
    dead = with_source(dead, identity="arn:aws:sqs:eu-west-1:111122223333:orders-dead")
    trace = simulate([first, dead], {first.path: raising(bad), dead.path: ok}, {first.path: ["bad"]})
    ids = {record["messageId"] for call in trace.invocations for record in call.event["Records"]}

    assert [(story.source, story.end) for story in trace.records] == [
        ("Shop/Orders", "dead-letter"),
        ("Shop/Dead", "processed"),
    ]
    assert len(ids) == 1
    assert trace.dead_letters == ()


def test_a_handler_sends_to_another_source_and_only_before_its_timeout() -> None:
    queue, stream = mapping("sqs"), replace(mapping("kinesis"), path="Shop/Stream")

    def send(event: Any, context: Any) -> None:
        context.send("first", to="Shop/Stream", key="k")
        context.spend(4)
        context.send(texts(event)[0], to="Shop/Stream", key="k")
        context.spend(60)
        context.send("never", to="Shop/Stream")

    trace = simulate([queue, stream], {queue.path: send, stream.path: ok}, {queue.path: ["second"]}, until=100)
    arrived = [(one.at, one.key) for one in trace.records if one.source == "Shop/Stream"]

    assert arrived == [(0, "k"), (4, "k")]
    assert trace.invocations[0].error == "Task timed out after 30.00 seconds"


def test_a_handler_that_sends_nowhere_is_told_the_paths() -> None:
    def send(_: Any, context: Any) -> None:
        context.send("x", to="Shop/Nowhere")

    with pytest.raises(EsmError, match="sends to 'Shop/Nowhere', and the run has the mappings Shop/Orders"):
        simulate(mapping("sqs"), send, ["a"])


def test_a_context_has_what_lambdas_has() -> None:
    seen: list[Any] = []

    def handler(_: Any, context: Any) -> None:
        context.spend(1.5)
        seen.append(context)

    simulate(mapping("sqs"), handler, ["a"])
    (context,) = seen

    assert context.get_remaining_time_in_millis() == 28_500
    assert (context.function_name, context.function_version, context.memory_limit_in_mb) == ("fulfil", "$LATEST", "128")
    assert context.invoked_function_arn.endswith(":function:fulfil")
    assert len(context.aws_request_id) == 36
    assert context.aws_request_id.replace("-", "") in context.log_stream_name
    assert context.log_group_name == "/aws/lambda/fulfil"
    assert (context.identity, context.client_context) == (None, None)
    with pytest.raises(EsmError, match="time passes forward"):
        context.spend(-1)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Arrivals.steady(0, count=3), "above 0 records a second"),
        (lambda: Arrivals.steady(3), "say when the arrivals end"),
        (lambda: Backoff.steady(0), "waits more than 0 seconds"),
        (lambda: Backoff(1, 0.5), "its factor is at least 1"),
    ],
)
def test_arrivals_and_waits_that_make_no_sense_are_refused(make: Any, said: str) -> None:
    with pytest.raises(EsmError, match=said):
        make()


def test_random_arrivals_and_durations_follow_the_seed() -> None:
    def run(seed: int) -> Any:
        arrivals = Arrivals.random(5, lasting=60)
        return simulate(mapping("sqs"), ok, arrivals, duration=Spread.lognormal(0.5), seed=seed)

    times = [one.at for one in run(1).records]
    gaps = [later - one for one, later in pairwise(times)]

    assert run(1).to_dict() == run(1).to_dict()
    assert run(1).to_dict() != run(2).to_dict()
    assert len(times) == 300
    assert 0.15 < sum(gaps) / len(gaps) < 0.25
    assert len(set(gaps)) > 250


@pytest.mark.parametrize(
    ("spread", "low", "high"),
    [
        (Spread.uniform(1, 2), 1, 2),
        (Spread.choice({0.5: 1, 3: 1}), 0.5, 3),
        (Spread.lognormal(1, 0.1), 0.5, 2),
        (lambda event: 0.25 * len(event["Records"]), 0.25, 2.5),
        (0.75, 0.75, 0.75),
    ],
)
def test_an_invocation_takes_what_was_asked_for(spread: Any, low: float, high: float) -> None:
    arrivals = [Arrivals.burst(3), Arrivals.steady(10, start=20, lasting=10)]
    took = [one.took for one in simulate(mapping("sqs"), ok, arrivals, duration=spread).invocations]

    assert all(low <= one <= high for one in took)
    assert (len(set(took)) > 1) == (not isinstance(spread, float))


def test_several_arrivals_and_records_are_merged_in_time() -> None:
    records = [
        Arrivals.steady(1, lasting=5, payload="s"),
        Record("late", at=2.5, id="late"),
        Arrivals.burst(2, at=3, payload="b"),
    ]
    trace = simulate(mapping("sqs"), ok, records)

    assert [one.at for one in trace.records] == [0, 1, 2, 2.5, 3, 3, 3, 4]
    assert trace.records["late"].at == 2.5


def test_a_ready_made_record_keeps_its_ids() -> None:
    message = {**events.sqs("a")["Records"][0], "messageId": "11111111-2222-4333-8444-555555555555"}
    change = events.dynamodb({"OldImage": {"id": "a"}})["Records"][0]

    (sent,) = simulate(mapping("sqs"), ok, [message]).invocations[0].event["Records"]
    (removed,) = simulate(mapping("dynamodb"), ok, [change]).invocations[0].event["Records"]
    assert sent["messageId"] == message["messageId"]
    assert (removed["eventName"], removed["dynamodb"]["SequenceNumber"]) == (
        "REMOVE",
        change["dynamodb"]["SequenceNumber"],
    )


@pytest.mark.parametrize(
    ("view", "images"),
    [
        ("KEYS_ONLY", set()),
        ("NEW_IMAGE", {"NewImage"}),
        ("OLD_IMAGE", {"OldImage"}),
        ("NEW_AND_OLD_IMAGES", {"NewImage", "OldImage"}),
    ],
)
def test_a_change_carries_what_the_view_says(view: str, images: set[str]) -> None:
    plan = with_source(mapping("dynamodb"), view_type=view)
    change = {"OldImage": {"id": "a", "n": 1}, "NewImage": {"id": "a", "n": 2}}
    (record,) = simulate(plan, ok, [change]).invocations[0].event["Records"]

    assert {"NewImage", "OldImage"} & set(record["dynamodb"]) == images
    assert record["dynamodb"]["Keys"] == {"id": {"S": "a"}}


def test_a_run_that_is_cut_says_what_is_in_flight_and_what_still_runs() -> None:
    trace = simulate(mapping("sqs"), ok, ["a", Record("later", at=50)], duration=10, until=5)

    assert trace.summary.records == 1
    assert trace.summary.ends == {"in-flight": 1}
    assert trace.invocations[0].decision == "still running at the end of the run"


def test_a_summary_keeps_a_hundred_lost_records_as_examples() -> None:
    plan = with_queue(mapping("sqs"), retention_seconds=900)
    trace = simulate(plan, ok, Arrivals.burst(300), changes=[Change.disable(0)], keep="summary")

    assert (trace.summary.lost, len(trace.records), trace.invocations) == (300, 100, ())


def test_progress_is_told_each_minute_of_virtual_time() -> None:
    told: list[tuple[int, float]] = []
    simulate(mapping("sqs"), ok, Arrivals.steady(1, lasting=180), progress=lambda *now: told.append(now))

    assert [virtual for _, virtual in told][:3] == [60, 120, 180]
    assert told[1][0] == 120


def test_the_timeline_names_what_it_leaves_out_and_what_was_lost() -> None:
    plan = with_queue(mapping("sqs", BatchSize=1), retention_seconds=60)
    trace = simulate(plan, raising(bad), [*["ok"] * 20, "bad"])
    short = trace.show(most=3)

    assert "more lines; show(most=" in short
    assert "LOST: 1 (1 in-flight-expiry)" in short
    assert "ok" not in short.splitlines()[0]


@pytest.mark.parametrize("kind", ["sqs", "kinesis"])
def test_the_memory_of_a_summary_does_not_grow_with_the_records(kind: str) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        simulate(mapping(kind), ok, Arrivals.steady(500, count=count, keys=50), duration=0.01, keep="summary")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(100)  # what is loaded once is not counted
    assert peak(4000) < 1.5 * peak(1000)
