"""Every figure of a capacity, for a table of mappings and rates, as they were reviewed.

``UPDATE_SNAPSHOTS=1`` writes them anew. Runs confirm the formulas elsewhere; here each branch has its numbers.
"""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import MappingPlan
from cdk_esm.simulator.capacity import capacity
from cdk_esm.testing.plans import mapping, with_function, with_source
from tests.core.reviewed import reviewed

TEXT = Path(__file__).parent / "texts" / "capacity.txt"
POLLERS = {"MinimumPollers": 2, "MaximumPollers": 3}
PLANS: dict[str, tuple[MappingPlan, dict[str, Any]]] = {
    "a queue": (mapping("sqs", BatchSize=10), {}),
    "a queue with a maximum": (mapping("sqs", BatchSize=10, ScalingConfig={"MaximumConcurrency": 4}), {}),
    "a queue with pollers": (mapping("sqs", BatchSize=10, ProvisionedPollerConfig=POLLERS), {}),
    "a queue with the default of most pollers": (
        mapping("sqs", BatchSize=1, ProvisionedPollerConfig={"MinimumPollers": 2}),
        {},
    ),
    "a queue with reserved concurrency": (with_function(mapping("sqs"), reserved_concurrency=7), {}),
    "a queue whose reserved concurrency is assumed": (
        with_function(mapping("sqs"), reserved_concurrency=UNKNOWN),
        {"ReservedConcurrentExecutions": 8},
    ),
    "a queue that reserves as much as it may use": (
        with_function(mapping("sqs", ScalingConfig={"MaximumConcurrency": 7}), reserved_concurrency=7),
        {},
    ),
    "a FIFO queue": (mapping("sqs-fifo", BatchSize=10), {}),
    "a stream": (with_source(mapping("kinesis", ParallelizationFactor=2), shard_count=3), {}),
    "a stream whose shards are assumed": (mapping("kinesis", BatchSize=100), {"ShardCount": 2}),
    "a consumer of a stream": (mapping("kinesis-efo"), {"ShardCount": 2}),
    "a table": (mapping("dynamodb", BatchSize=100, ParallelizationFactor=10), {"ShardCount": 4}),
    "a topic": (mapping("msk", BatchSize=100, ProvisionedPollerConfig=POLLERS), {"Partitions": 8}),
    "a topic with few partitions": (mapping("msk", BatchSize=100, ProvisionedPollerConfig=POLLERS), {"Partitions": 1}),
    "a broker": (mapping("activemq"), {}),
    "another broker": (mapping("rabbitmq"), {}),
    "a change stream": (mapping("documentdb"), {}),
}
LOADS: dict[str, tuple[float, float, dict[str, Any]]] = {
    # Records a second, seconds of an invocation, and what else is said.
    "little": (1, 0.1, {}),
    "a backlog": (10, 0.5, {"backlog": 100_000}),
    "much": (50_000, 0.5, {"backlog": 1000}),
    "large records": (20, 1, {"record_bytes": 2_000_000}),
    "no time at all": (1000, 0, {"record_bytes": 100}),
}


def told() -> Iterator[str]:
    for name, (plan, assume) in PLANS.items():
        for load, (rate, duration, more) in LOADS.items():
            found = capacity(plan, rate, duration, assume=assume, **more)
            yield f"{name}, {load}: {'enough' if found.is_enough else 'not enough'}"
            for key, value in asdict(found).items():
                yield f"  {key}: {round(value, 6) if isinstance(value, float) else value}"


def test_every_figure_is_the_one_that_was_reviewed() -> None:
    text = "\n".join(told()) + "\n"

    assert text == reviewed(TEXT, text)


def exact(kind: str, **settings: Any) -> MappingPlan:
    return mapping(kind, BatchSize=10, **settings)


def test_a_mapping_that_is_just_enough_is_enough_and_gets_no_advice() -> None:
    """Four at a time with batches of ten work through 40 records a second, and a backlog beside them never ends."""
    plan = exact("sqs", ScalingConfig={"MaximumConcurrency": 4})
    found, waiting = capacity(plan, 40, 1), capacity(plan, 40, 1, backlog=1)

    assert (found.is_enough, found.advice, found.drained_after) == (True, "", 0)
    assert (waiting.is_enough, waiting.drained_after, waiting.drain_error) == (True, None, None)


def test_a_stream_that_is_just_enough_is_enough_and_gets_no_advice() -> None:
    plan = exact("kinesis", ParallelizationFactor=4)
    found = capacity(plan, 40, 1, assume={"ShardCount": 1})
    waiting = capacity(plan, 40, 1, backlog=1, assume={"ShardCount": 1})
    over = capacity(plan, 41, 1, assume={"ShardCount": 1})

    assert (found.is_enough, found.advice, found.drained_after) == (True, "", 0)
    assert (waiting.is_enough, waiting.advice, waiting.drained_after) == (True, "", None)
    assert (over.is_enough, over.drained_after) == (False, None)
    assert over.advice == "1 shard with 4 at a time: 40 records/s at most; 2 shards are needed"


def test_what_is_named_as_the_bound_is_the_one_that_a_change_would_lift() -> None:
    """Two limits of the same height: the mapping's own comes first; the reservation bounds only below it."""
    plan = exact("sqs", ScalingConfig={"MaximumConcurrency": 7})
    bounds = [capacity(with_function(plan, reserved_concurrency=reserved), 1, 1).saturates for reserved in (6, 7, 8)]

    assert bounds == [
        ("the reserved concurrency", 60),
        ("MaximumConcurrency", 70),
        ("MaximumConcurrency", 70),
    ]


def test_nothing_but_a_larger_batch_helps_beyond_the_most_pollers() -> None:
    """10,000 pollers of 10 give 100,000 at a time."""
    plan = exact("sqs")
    most, beyond = capacity(plan, 1_000_000, 1), capacity(plan, 1_000_001, 1)

    assert most.advice == (
        "the service's bound of batches at a time allows 1,250 at a time and 100,000 are needed: "
        "it takes 10,000 provisioned pollers"
    )
    assert beyond.advice == ("no setting gives 100,001 invocations at a time: raise BatchSize, or shorten the handler")
