"""What every public name of the simulator says of what it cannot take: never a traceback, always what is allowed.

``UPDATE_SNAPSHOTS=1`` writes the text anew.
"""

import json
import math
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.errors import EsmError
from cdk_esm.plan import MappingPlan
from cdk_esm.simulator import Arrivals, Backoff, Change, Record, Spread, events, simulate
from cdk_esm.sources import SOURCES
from cdk_esm.testing import (
    assert_no_duplicates_beyond,
    assert_nothing_lost,
    check_handler,
    mapping_of,
    simulated,
)
from cdk_esm.testing.plans import mapping, with_function, with_queue, with_settings
from tests.core.reviewed import reviewed
from tests.core.simulator.helping import ok, raising, records_of

FOLDER = Path(__file__).parent / "texts"
QUEUE, STREAM, TOPIC, TABLE = mapping("sqs"), mapping("kinesis"), mapping("msk"), mapping("dynamodb")
Act = Callable[[], object]


def run(plan: Any = QUEUE, records: Any = ("a",), handler: Any = ok, **options: Any) -> Act:
    return lambda: simulate(plan, handler, records, **{"until": 60, **options})


def each(name: str, make: Callable[[Any], Act], *values: Any) -> dict[str, Act]:
    return {f"{name} {value!r:.40}": make(value) for value in values}


def option(name: str, *values: Any) -> dict[str, Act]:
    return each(name, lambda value: run(**{name: value}), *values)


def field(name: str, *values: Any) -> dict[str, Act]:
    return each(f"Record {name}", lambda value: lambda: Record("a", **{name: value}), *values)


def payload(plan: MappingPlan, *values: Any) -> dict[str, Act]:
    return each(f"{plan.source} of", lambda value: run(plan, [value]), *values)


def setting(plan: MappingPlan, name: str, *values: Any) -> dict[str, Act]:
    return each(name, lambda value: run(with_settings(plan, **{name: value})), *values)


def two(**arguments: Any) -> Act:
    other = mapping("kinesis")
    plans = [QUEUE, MappingPlan(**{**vars(other), "path": "Shop/Clicks"})]
    return lambda: simulate(plans, arguments.get("handler", ok), arguments["records"], until=60)


ENDLESS: tuple[float, ...] = (math.nan, math.inf)
REFUSED: dict[str, Act] = {
    **option("until", "60", -1, True, 1e300, 10**400, *ENDLESS),
    **option("seed", "x", None, 1.5, True),
    **option("duration", "1s", -1, None, *ENDLESS),
    "duration answers text": run(duration=lambda _: "x"),
    "duration answers the past": run(duration=lambda _: -1),
    "duration fails": run(duration=lambda event: event["Nothing"]),
    **option("reserved_concurrency", -1, "2", 1.5, True),
    **option("duplicates", "x", None, math.nan),
    **option("changes", Change.disable(1), ["disable"], "x", 5, None),
    **option("assume", ["x"], "x", {1: 2}, {"Shop/Ordres": {"BatchSize": 1}}, {"Shop/Orders": 5}),
    **option("assume", *({"VisibilityTimeout": value} for value in ("180", -1, None))),
    **option("assume", {"ShardCount": 0}, {"Engine": "kafka"}, {"FilterCriteria": 5}, {"DestinationConfig": "s3"}),
    **option("keep", "none", None),
    **option("backoff", 5),
    **option("progress", 5),
    "handler by path": run(handler={"Shop/Orders": None}),
    "handler by a misspelt path": run(handler={"Shop/Ordres": ok}),
    "records by a misspelt path": run(records={"Shop/Ordres": ["a"]}),
    "records by one misspelt path": two(records={"Shop/Orders": ["a"], "Shop/Click": ["b"]}),
    "two records of one name": run(records=[Record("a", id="x"), Record("b", id="x")]),
    **field("at", "x", None, -1e300, *ENDLESS),
    **field("id", 5, ""),
    **field("group", 5),
    **field("key", b"x"),
    **field("partition", "0", 1.5, -1),
    **field("attributes", "x", {"T": "x"}, {"T": {"DataType": "String"}}, {"T": {"DataType": "N", "StringValue": 5}}),
    **payload(QUEUE, {1, 2}, Decimal(1), date(2026, 1, 1), math.nan, "\ud800", {"a": "\ud800"}),
    **payload(STREAM, {1, 2}, "\ud800"),
    **payload(TOPIC, {1, 2}),
    **payload(TABLE, {"id": date(2026, 1, 1)}, {"id": {"a": set()}}, {5: 1}, {"id": "\ud800"}),
    **payload(TABLE, {"id": {"N": 5}}, {"id": {"M": []}}, {"Keys": {"id": {"S": 5}}}),
    **payload(mapping("activemq"), {1, 2}),
    **payload(mapping("documentdb"), {"_id": {1, 2}}),
    **payload(QUEUE, {"messageId": 5, "body": "x"}, {"messageId": "m", "body": "x", "attributes": "no"}),
    **payload(QUEUE, {"messageId": "m", "body": "x", "messageAttributes": "no"}),
    **payload(STREAM, {"kinesis": {}}, {"kinesis": {"data": "!!!"}}, {"kinesis": {"data": 5}}),
    **payload(TABLE, {"dynamodb": {}}, {"dynamodb": {"NewImage": 5}}, {"Keys": 5}),
    **payload(TOPIC, {"offset": 1, "value": 5}, {"offset": 1, "partition": "x", "value": "YQ=="}),
    **payload(TOPIC, {"offset": 1, "key": "!!", "value": "YQ=="}, {"offset": 1, "partition": 3, "value": "YQ=="}),
    **payload(mapping("activemq"), {"messageID": "x", "data": "!"}),
    **payload(mapping("rabbitmq"), {"basicProperties": 5, "data": "YQ=="}),
    "records of another source": run(records=events.kinesis("x")["Records"]),
    "a record of a topic": run(STREAM, records_of(events.msk("x"))),
    "a record of a broker": run(TABLE, records_of(events.activemq("x"))),
    "a whole event": run(records=events.sqs("x")),
    "a whole event of a topic": run(TOPIC, [events.msk("x")]),
    "a rate below nothing": lambda: Arrivals(1, rate=-1),
    "a rate in words": lambda: Arrivals.steady("fast", count=1),  # type: ignore[arg-type]
    "a rate without end": lambda: Arrivals.steady(math.inf, lasting=1),
    "arrivals that end in two ways": lambda: Arrivals.steady(1, lasting=1, count=1),
    "arrivals that end before they begin": lambda: Arrivals.steady(1, lasting=-1),
    "half an arrival": lambda: Arrivals.steady(1, count=1.5),  # type: ignore[arg-type]
    "fewer arrivals than none": lambda: Arrivals.burst(-1),
    "a burst at no time": lambda: Arrivals.burst(1, at="x"),  # type: ignore[arg-type]
    "a burst that starts": lambda: Arrivals.burst(1, start=4),
    "a misspelt word of a burst": lambda: Arrivals.burst(1, grops=3),
    "a group less than none": lambda: Arrivals.burst(1, groups=-1),
    "half a key": lambda: Arrivals.burst(1, keys=1.5),
    "another spacing": lambda: Arrivals(1, rate=1, spacing="odd"),
    "a random burst": lambda: Arrivals(1, spacing="random"),
    "a payload that fails": run(records=Arrivals.burst(1, payload=lambda number: 1 // number)),
    "a duration of less than nothing": lambda: Spread.uniform(-1, 1),
    "durations the wrong way round": lambda: Spread.uniform(2, 1),
    "a median of nothing": lambda: Spread.lognormal(0),
    "a sigma in words": lambda: Spread.lognormal(1, "wide"),  # type: ignore[arg-type]
    "a choice of nothing": lambda: Spread.choice({}),
    "a choice without weight": lambda: Spread.choice({1: 0}),
    "a choice from a list": lambda: Spread.choice([1, 2]),  # type: ignore[arg-type]
    "another spread": lambda: Spread("even", (1,)),
    "a wait in words": lambda: Backoff("long"),  # type: ignore[arg-type]
    "a longest wait of less than nothing": lambda: Backoff(1, 2, -1),
    "a change at no time": lambda: Change.disable("x"),  # type: ignore[arg-type]
    "a change in the past": lambda: Change.enable(-1),
    "a change of a number": lambda: Change.disable(1, path=5),  # type: ignore[arg-type]
    "a version that is no function": lambda: Change.version(1, "x"),  # type: ignore[arg-type]
    "a shard in words": lambda: Change.split(1, shard="x"),  # type: ignore[arg-type]
    "a concurrency of less than nothing": lambda: Change.reserved_concurrency(1, -1),
    "another change": lambda: Change("pause", 1),  # type: ignore[arg-type]
    "a late change of a misspelt mapping": run(changes=[Change.disable(5000, path="Shop/Ordres")]),
    "a late split of a queue": run(changes=[Change.split(5000)]),
    "a late rebalance of a stream": run(STREAM, changes=[Change.rebalance(5000)]),
    "a late split of a shard that was split": run(STREAM, changes=[Change.split(9000), Change.split(5000)]),
    "a record to a misspelt path": run(handler=lambda _, context: context.send("x", to="Shop/Ordres")),
    "a record to nowhere that JSON cannot say": run(handler=lambda _, context: context.send({1}, to="Shop/Orders")),
    **setting(QUEUE, "BatchSize", 0, "x", 1.5),
    **setting(QUEUE, "FunctionResponseTypes", 5),
    **setting(STREAM, "ParallelizationFactor", 0),
    **setting(STREAM, "StartingPosition", "FIRST"),
    **setting(STREAM, "MaximumRetryAttempts", -7),
    "a visibility of less than nothing": run(with_queue(QUEUE, visibility_timeout_seconds=-1)),
    "a timeout of nothing": run(with_function(QUEUE, timeout_seconds=0)),
    "another kind of source": lambda: events.event("kinesys", "x"),
    "another view": lambda: events.dynamodb({"id": "1"}, view="ALL"),
    "an event with more": lambda: events.event("sqs", "x", regoin="eu-west-1"),
    "a receive before the first": lambda: events.sqs("x", receive_count=0),
    "a window in words": lambda: events.sqs("x", window="long"),  # type: ignore[arg-type]
    "a topic by number": lambda: events.msk("x", topic=5),  # type: ignore[arg-type]
    "a mapping of a number": lambda: mapping_of(QUEUE, 5),  # type: ignore[arg-type]
    "a misspelt option": lambda: simulated(QUEUE, None, ok, ["a"], untl=5),
    "nothing good": lambda: check_handler(QUEUE, ok, good=[], bad=["x"]),
    "good in one text": lambda: check_handler(QUEUE, ok, good="abc", bad=[]),
    "nothing bad": lambda: check_handler(QUEUE, ok, good=["a"], bad=None),  # type: ignore[arg-type]
    "no plan to check": lambda: check_handler(None, ok, good=["a"], bad=[]),  # type: ignore[arg-type]
    "no handler to check": lambda: check_handler(QUEUE, None, good=["a"], bad=[]),
    "effects that are no function": lambda: check_handler(QUEUE, ok, good=["a"], bad=[], effects=5),  # type: ignore[arg-type]
    "no trace to lose from": lambda: assert_nothing_lost(5),  # type: ignore[arg-type]
    "no trace to repeat": lambda: assert_no_duplicates_beyond(5, 1),  # type: ignore[arg-type]
    "fewer duplicates than none": lambda: assert_no_duplicates_beyond(simulate(QUEUE, ok, ["a"]), -1),
    "fewer lines than none": lambda: simulate(QUEUE, ok, ["a"]).show(most=-1),
}


def told() -> Iterator[str]:
    for name, act in REFUSED.items():
        yield f"{name}:"
        try:
            act()
        except EsmError as error:
            yield from (f"  {line}" for line in str(error).splitlines())
        else:
            yield "  not refused"


def test_whatever_cannot_be_taken_is_refused_in_the_words_that_were_reviewed() -> None:
    text = "\n".join(told()).encode("utf-8", "backslashreplace").decode() + "\n"

    assert "not refused" not in text
    assert text == reviewed(FOLDER / "bad-input.txt", text)


def answering(answer: object) -> Callable[[Any, Any], object]:
    return lambda _, __: answer


@pytest.mark.parametrize("kind", SOURCES)
def test_an_answer_that_says_nothing_is_the_functions_fault_and_ends_no_run(kind: str) -> None:
    answers: list[Any] = [object(), b"x", {1: 2}, {"batchItemFailures": 5}, {"batchItemFailures": [5]}, iter([1])]
    answers += [{"batchItemFailures": [{"itemIdentifier": name}]} for name in ([1], {"a": 1}, 5, True)]
    circle: dict[str, Any] = {}
    circle["circle"] = circle

    for answer in [*answers, circle]:
        trace = simulate(mapping(kind), answering(answer), [{"id": "a"}], until=30)
        assert trace.summary.records == 1
        assert trace.summary.invocations >= 1


def test_a_handler_that_misuses_its_context_fails_with_what_is_allowed() -> None:
    def error(act: Callable[[Any], object]) -> str:
        return str(simulate(QUEUE, lambda _, context: act(context), ["a"], until=1).invocations[0].error)

    assert error(lambda context: context.spend("x")).endswith("takes a number of seconds, 0 or more, got 'x'")
    assert "to of context.send is the path of a mapping" in error(lambda context: context.send("x", to=None))
    assert "group of context.send is text, got 5" in error(lambda context: context.send("x", to="Shop/Orders", group=5))


def test_a_record_that_a_trace_does_not_have_is_told_with_some_that_it_has() -> None:
    trace = simulate(QUEUE, ok, [Record("a", id="order-1"), "b"])

    with pytest.raises(
        KeyError, match=r"order-11: there are stories of 2 records, order-1, r2 …; did you mean 'order-1'"
    ):
        trace.records["order-11"]


def test_text_is_always_a_payload_whatever_it_says() -> None:
    """The way around a refusal: a message may well hold the record of another source, or a whole event."""
    texts = [json.dumps(events.kinesis("x")), json.dumps(events.kinesis("x")["Records"][0])]
    notification = {"Records": [{"eventSource": "aws:s3", "s3": {"object": {"key": "a"}}}]}

    assert simulate(QUEUE, ok, [*texts, notification]).summary.ends == {"processed": 3}
    assert simulate(QUEUE, ok, {"data": {"kinesis": 1}, "eventSource": "ours"}).summary.ends == {"processed": 1}
    assert simulate(QUEUE, ok, [{"Shop/Ordres": ["a"]}]).summary.ends == {"processed": 1}
    assert simulate(QUEUE, ok, {"lines": ["a"]}).summary.ends == {"processed": 1}


def test_a_fraction_of_a_rate_that_a_computer_cannot_say_loses_no_record() -> None:
    assert Arrivals.steady(0.29, lasting=100).count == 29
    assert Arrivals.steady(0.5, lasting=9).count == 4


def test_a_number_of_another_kind_is_a_number() -> None:
    half: Any = Fraction(1, 2)
    trace = simulate(QUEUE, ok, [Record("a", at=half)], until=half * 4, duration=half)

    assert [(one.at, one.took) for one in trace.invocations] == [(0.5, 0.5)]


def test_items_are_written_as_dynamodb_has_them_and_sets_by_what_they_hold() -> None:
    item = {"id": "1", "seen": {2, 10}, "tags": {"b", "a"}, "keys": {b"k"}, "raw": {"B": b"k"}}
    (record,) = events.dynamodb(item)["Records"]

    assert record["dynamodb"]["NewImage"] == {
        "id": {"S": "1"},
        "seen": {"NS": ["10", "2"]},
        "tags": {"SS": ["a", "b"]},
        "keys": {"BS": ["aw=="]},
        "raw": {"B": "aw=="},
    }


def test_a_table_has_every_type_and_a_handler_can_be_checked_for_every_source() -> None:
    for kind in SOURCES:
        contract = check_handler(mapping(kind), ok, good=[{"id": "a"}], bad=[{"id": "b"}], effects=lambda: 1)
        assert [problem.kind for problem in contract.problems][:1] == ["loses"], kind
        raised = check_handler(mapping(kind), raising(lambda _: True), good=[{"id": "a"}], bad=[{"id": "b"}])
        assert raised.problems[0].kind == "loops", kind


def test_a_handler_is_checked_though_its_mapping_is_disabled() -> None:
    contract = check_handler(mapping("sqs", Enabled=False), ok, good=["a"], bad=["b"])

    assert [problem.kind for problem in contract.problems] == ["loses", "loses"]
