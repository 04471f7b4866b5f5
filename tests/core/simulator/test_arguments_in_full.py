"""Everything that a run refuses, word for word, and what it makes of its arguments, as it was reviewed.

``UPDATE_SNAPSHOTS=1`` writes the texts anew.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cdk_esm.errors import EsmError
from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import FailureKind, MappingPlan
from cdk_esm.simulator import Arrivals, Backoff, Change, Record, Spread, simulate
from cdk_esm.simulator.arrivals import in_order
from cdk_esm.simulator.clock import ticks
from cdk_esm.simulator.settings import HiddenValueError, Reading
from cdk_esm.simulator.stream_settings import reader_settings
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import mapping, with_failure, with_function, with_queue, with_settings, with_source
from tests.core.reviewed import reviewed
from tests.core.simulator.helping import ok, raising

FOLDER = Path(__file__).parent / "texts"
QUEUE, STREAM, TOPIC = mapping("sqs"), mapping("kinesis"), mapping("msk")
ONE: dict[str, Any] = {"assume": {"ShardCount": 1}}


def run(plan: Any = QUEUE, handler: Any = ok, records: Any = ("a",), **options: Any) -> Callable[[], object]:
    return lambda: simulate(plan, handler, records, **options)


def sending(_: Any, context: Any) -> None:
    context.send("a", to="Shop/Nowhere")


REFUSED: dict[str, Callable[[], object]] = {
    "no mapping": run([]),
    "no plan": run(7),
    "one path twice": run([QUEUE, QUEUE]),
    "no handler": run(handler="orders.app"),
    "another handler": run(handler={"Shop/Other": ok}),
    "too many duplicates": run(duplicates=2),
    "fewer duplicates than none": run(duplicates=-0.1),
    "no records": run(records=7),
    "records of several sources": run([QUEUE, replace(STREAM, path="Shop/Stream")], **ONE),
    "an unknown assumption": run(assume={"Visibility": 3, "Shop/Orders": {"Retention": 1}}),
    "a hidden value": run(with_queue(QUEUE, visibility_timeout_seconds=UNKNOWN, retention_seconds=UNRESOLVED)),
    "hidden shards": run(with_source(STREAM, shard_count=UNKNOWN)),
    "hidden values of two mappings": run(
        [
            replace(with_queue(QUEUE, delay_seconds=UNKNOWN), path="Shop/One"),
            replace(with_source(STREAM, shard_count=UNKNOWN), path="Shop/Two"),
        ],
        records={"Shop/One": [], "Shop/Two": []},
    ),
    "a hidden filter": run(replace(QUEUE, filters=UNKNOWN)),
    "nothing to read": run(replace(mapping("activemq"), source="none")),
    "a hidden engine": run(replace(mapping("activemq"), source="mq")),
    "two words about one queue": run(
        [QUEUE, replace(with_queue(QUEUE, delay_seconds=5), path="Shop/Other")], records=[]
    ),
    "a shard that is not there": run(STREAM, records=[Record("a", partition=3)], **ONE),
    "a partition that is not there": run(TOPIC, records=[Record("a", partition=3)]),
    "a partition below the first": lambda: Record("a", partition=-1),
    "a split of no shard": run(STREAM, changes=[Change.split(0, shard=4)], **ONE),
    "a merge of the only shard": run(STREAM, changes=[Change.merge(0)], **ONE),
    "a record to nowhere": run(handler=sending),
    "a rate of none": lambda: Arrivals.steady(0, count=1),
    "arrivals without end": lambda: Arrivals.random(1),
    "no wait": lambda: Backoff(0),
    "a wait that shrinks": lambda: Backoff(1, 0.5),
}


def refusals() -> Iterator[str]:
    for name, act in REFUSED.items():
        yield f"{name}:"
        try:
            act()
        except EsmError as error:
            yield from (f"  {line}" for line in str(error).splitlines())
            if isinstance(error, HiddenValueError):
                yield f"  as a command: {error.as_command}"
        else:
            yield "  not refused"


def test_every_refusal_is_the_one_that_was_reviewed() -> None:
    text = "\n".join(refusals()) + "\n"

    assert text == reviewed(FOLDER / "refusals.txt", text)


PARTS = ("rules", "common", "plan", "facts", "filters")
"""What is told apart, or elsewhere."""


def settings_in_full(plan: MappingPlan, **assume: Any) -> Iterator[str]:
    """What a reader knows of a mapping, in virtual time."""
    found = reader_settings(plan, Reading(plan, assume))
    for part in (found, found.rules, found.common):
        told = {one.name: getattr(part, one.name) for one in fields(part) if one.name not in PARTS}
        yield "  " + ", ".join(f"{name} {getattr(value, 'id', value)}" for name, value in told.items())


VARIANTS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "everything chosen": {
        "BatchSize": 7,
        "MaximumBatchingWindowInSeconds": 3,
        "MaximumRetryAttempts": 4,
        "MaximumRecordAgeInSeconds": 90,
        "ParallelizationFactor": 3,
        "TumblingWindowInSeconds": 30,
        "StartingPosition": "LATEST",
        "BisectBatchOnFunctionError": False,
        "FunctionResponseTypes": None,
        "MetricsConfig": {"Metrics": ["EventCount"]},
        "ProvisionedPollerConfig": {"MinimumPollers": 4},
        "Enabled": False,
    },
    "a moment": {"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": 1_767_225_660},
    "without end": {"MaximumRetryAttempts": -1, "MaximumRecordAgeInSeconds": -1},
    "as the service would": dict.fromkeys(
        ("MaximumRetryAttempts", "MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError", "ProvisionedPollerConfig")
    ),
}


def all_settings() -> Iterator[str]:
    for kind, sheet in SOURCES.items():
        if kind.startswith("sqs"):
            continue
        for name, settings in VARIANTS.items():
            yield f"{kind}, {name}:"
            offered = {key: value for key, value in settings.items() if key in sheet.by_name or value is None}
            if "ProvisionedPollerConfig.MinimumPollers" not in sheet.by_name:
                offered.pop("ProvisionedPollerConfig", None)
            yield from settings_in_full(with_settings(mapping(kind), **offered))
        yield f"{kind}, without a destination:"
        yield from settings_in_full(with_failure(mapping(kind), kind=FailureKind.NONE), Partitions=2, ShardCount=3)


def test_the_settings_of_every_reader_are_those_that_were_reviewed() -> None:
    text = "\n".join(all_settings()) + "\n"

    assert text == reviewed(FOLDER / "settings.txt", text)


@pytest.mark.parametrize(
    ("arn", "kind"),
    [
        ("arn:aws:s3:::failed", FailureKind.BUCKET),
        ("arn:aws:sqs:eu-west-1:111122223333:failed", FailureKind.QUEUE),
        ("arn:aws:sns:eu-west-1:111122223333:failed", FailureKind.TOPIC),
        ("kafka://failed", FailureKind.KAFKA_TOPIC),
        (None, FailureKind.NONE),
    ],
)
def test_a_destination_of_which_only_the_arn_is_known_is_of_the_kind_of_its_service(
    arn: str | None, kind: FailureKind
) -> None:
    config = None if arn is None else {"OnFailure": {"Destination": arn}}
    plan = replace(with_settings(TOPIC, DestinationConfig=config), failure=UNKNOWN)

    assert reader_settings(plan, Reading(plan, {})).destination is kind


def test_arrivals_come_when_and_with_what_they_say() -> None:
    steady = Arrivals.steady(4, lasting=1, start=2, payload="x", groups=2, keys=3)

    assert [(item.at, item.payload, item.group, item.key) for item in steady.items(0)] == [
        (ticks(2), "x", "g0", "k0"),
        (ticks(2.25), "x", "g1", "k1"),
        (ticks(2.5), "x", "g0", "k2"),
        (ticks(2.75), "x", "g1", "k0"),
    ]
    assert [(one.at, one.payload, one.group, one.key) for one in Arrivals.burst(2, at=5).items(0)] == [
        (ticks(5), {"n": 0}, None, None),
        (ticks(5), {"n": 1}, None, None),
    ]
    assert [item.payload for item in Arrivals.burst(3, payload=str).items(0)] == ["0", "1", "2"]
    assert Arrivals.steady(0.5, lasting=9).count == 4


def test_random_arrivals_keep_to_their_rate_and_to_their_seed() -> None:
    random = Arrivals.random(10, count=2000)
    one, again, other = ([item.at for item in random.items(seed)] for seed in (1, 1, 2))

    assert one == again != other
    assert one == sorted(one)
    assert 180 < one[-1] / ticks(1) < 220


def test_records_of_one_moment_come_in_the_order_in_which_they_were_given() -> None:
    given = ["a", Record("late", at=3, id="l"), Arrivals.burst(2, at=1, payload=str), Record("early", at=-1), "b"]

    assert [item.payload for item in in_order(given, 0)] == ["early", "a", "b", "0", "1", "late"]
    assert [item.payload for item in in_order("text", 0)] == ["text"]
    assert [item.payload for item in in_order({"an": "object"}, 0)] == [{"an": "object"}]
    assert [item.payload for item in in_order(b"bytes", 0)] == [b"bytes"]


def test_a_wait_grows_by_its_factor_up_to_the_longest() -> None:
    def waits(backoff: Backoff) -> list[int]:
        return [backoff.wait(failures) for failures in range(1, 11)]

    quarter = ticks(0.25)
    assert waits(Backoff()) == [min(ticks(60), quarter * 2**power) for power in range(10)]
    assert waits(Backoff.doubling(1, most=5)) == [ticks(wait) for wait in (1, 2, 4, 5, 5, 5, 5, 5, 5, 5)]
    assert waits(Backoff.steady(7)) == [ticks(7)] * 10
    assert Backoff(1, 1.0001, 9).wait(10_000) == Backoff(1, 1.0001, 9).wait(65)


def test_durations_are_drawn_as_their_kind_says() -> None:
    def drawn(spread: Spread) -> list[float]:
        random = Random(1)  # noqa: S311 - no secret
        return sorted(islice(iter(lambda: spread.draw(random), None), 1001))

    uniform, tail, choice = drawn(Spread.uniform(2, 4)), drawn(Spread.lognormal(3)), drawn(Spread.choice({1: 9, 5: 1}))
    assert 2 <= uniform[0] < 2.05
    assert 3.95 < uniform[-1] <= 4
    assert 2.8 < tail[500] < 3.2
    assert 8.5 < tail[990] < 12  # one percent take over 3.2 medians
    assert set(choice) == {1, 5}
    assert 850 < choice.count(1) < 950


def test_a_handler_that_turns_back_the_time_fails() -> None:
    trace = simulate(QUEUE, lambda _, context: context.spend(-1), ["a"], until=1)

    assert trace.invocations[0].error == (
        "EsmError: time passes forward only: context.spend takes a number of seconds, 0 or more, got -1"
    )


def test_a_handler_s_context_says_what_lambda_s_does() -> None:
    seen: list[Any] = []

    def handler(_: Any, context: Any) -> None:
        context.spend(1.25)
        seen.append(
            {
                name: getattr(context, name)
                for name in (
                    "aws_request_id",
                    "function_name",
                    "function_version",
                    "invoked_function_arn",
                    "memory_limit_in_mb",
                    "log_group_name",
                    "log_stream_name",
                    "identity",
                    "client_context",
                )
            }
        )
        seen.append(context.get_remaining_time_in_millis())

    plan = with_function(QUEUE, timeout_seconds=3, memory_mb=512)
    simulate(plan, handler, ["a"], changes=[Change.version(0, handler), Change.version(0, handler)])

    assert seen == [
        {
            "aws_request_id": "00000001-0000-4000-9000-000000000001",
            "function_name": "fulfil",
            "function_version": "3",
            "invoked_function_arn": "arn:aws:lambda:eu-west-1:111122223333:function:fulfil",
            "memory_limit_in_mb": "512",
            "log_group_name": "/aws/lambda/fulfil",
            "log_stream_name": "2026/01/01/[3]00000001000040009000000000000001",
            "identity": None,
            "client_context": None,
        },
        1750,
    ]


@pytest.mark.parametrize(
    ("seconds", "error"),
    [(3, None), (3.000001, "Task timed out after 3.00 seconds")],
)
def test_a_handler_may_take_as_long_as_its_timeout_and_no_longer(seconds: float, error: str | None) -> None:
    plan = with_function(QUEUE, timeout_seconds=3)
    by_itself = simulate(plan, raising(lambda _: False, seconds=seconds), ["a"], until=10).invocations[0]
    from_outside = simulate(plan, ok, ["a"], duration=seconds, until=10).invocations[0]

    assert (by_itself.error, from_outside.error) == (error, error)
    assert (by_itself.took, from_outside.took) == (3, 3)
