"""What a rate of records needs: concurrency, shards, pollers, and the time to drain a backlog, by calculation.

The formulas are those of the simulator's pollers, so that a run at small scale confirms them; tests do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.facts import Shape
from cdk_esm.plan import MappingPlan
from cdk_esm.printed import counted
from cdk_esm.simulator.arguments import check_count, check_seconds, is_number, refused
from cdk_esm.simulator.clock import seconds
from cdk_esm.simulator.options import plans_of
from cdk_esm.simulator.queue_settings import PollerSettings, poller_settings
from cdk_esm.simulator.settings import Reading, check_assumed
from cdk_esm.simulator.stream_settings import reader_settings
from cdk_esm.sources.kafka_settings import MINIMUM_POLLERS
from cdk_esm.sources.polling import (
    BATCHES_A_MINUTE,
    INVOCATION_BYTES,
    KINESIS_SHARD_BYTES,
    KINESIS_SHARD_RECORDS,
    MOST_BATCHES,
    PROVISIONED_A_MINUTE,
)
from cdk_esm.sources.sqs_queue import LEAST_RESERVED_CONCURRENCY
from cdk_esm.sources.sqs_settings import INVOCATIONS_OF_A_POLLER, MAXIMUM_CONCURRENCY, MAXIMUM_POLLERS

_MINUTE: Final = 60
_SLOW: Final = 10
"""Records a second below which a rate is told with a fraction."""
ERROR: Final = 0.05
"""The share by which a run at small scale differs from the calculation at most; tests hold the simulator to it."""


@dataclass(frozen=True)
class Capacity:
    """What a mapping gives, and what a rate needs.

    Args:
        rate: records a second that arrive.
        batch: records of a full batch.
        per_lane: records a second that one lane works through: a batch at a time, a shard, a consumer.
        lanes: lanes that there are at most.
        throughput: records a second that the mapping keeps up with.
        needs: what the rate takes: its name to the number.
        saturates: what is reached first as the rate grows, and at which rate.
        reaches_after: seconds until the poller has grown to what the rate needs.
        drained_after: seconds until nothing of a backlog waits any more while records go on arriving; ``None`` if that
            never is.
        drain_error: seconds by which a run differs from it at most: ``ERROR`` of it, one invocation and the batching
            window, which the last batch may wait for; ``None`` likewise.
        advice: what to change, in words; empty if the mapping is up to the rate.
    """

    rate: float
    batch: int
    per_lane: float
    lanes: int
    throughput: float
    needs: dict[str, int]
    saturates: tuple[str, float]
    reaches_after: float
    drained_after: float | None
    drain_error: float | None
    advice: str

    @property
    def is_enough(self) -> bool:
        """Whether the mapping keeps up with the rate."""
        return self.throughput >= self.rate


def capacity(
    plan: MappingPlan,
    rate: float,
    duration: float,
    *,
    backlog: float = 0,
    record_bytes: int = 1024,
    assume: dict[str, Any] | None = None,
) -> Capacity:
    """Calculate what a mapping needs for a rate of records.

    Args:
        plan: the mapping.
        rate: records a second.
        duration: seconds of an invocation with a full batch.
        backlog: records that wait at first.
        record_bytes: the size of a record's payload.
        assume: what holds for values that an import hides.

    Raises:
        EsmError: a value that is needed is hidden and not assumed, or an argument cannot be taken.
    """
    plans_of(plan if isinstance(plan, MappingPlan) else [plan])
    check_assumed({} if assume is None else assume, [plan])
    if not is_number(rate, least=0):
        raise refused("rate", "records a second, 0 or more", rate)
    check_seconds("duration", duration)
    if not is_number(backlog, least=0):
        raise refused("backlog", "records that wait at first, 0 or more", backlog)
    check_count("record_bytes", record_bytes, least=1)
    if record_bytes > INVOCATION_BYTES.value:
        raise refused(
            "record_bytes", f"at most the {INVOCATION_BYTES.value:,} that an invocation carries", record_bytes
        )
    load = _Load(rate, max(duration, 1e-6), backlog, record_bytes, assume or {})
    return (_queue if plan.facts.shape is Shape.QUEUE else _lanes)(plan, load)


@dataclass(frozen=True)
class _Load:
    """What arrives, and how long a batch takes."""

    rate: float
    duration: float
    backlog: float
    record_bytes: int
    assume: dict[str, Any]

    def batch(self, size: int) -> int:
        """The records of a full batch, as far as an event carries them."""
        return max(1, min(size, INVOCATION_BYTES.value // self.record_bytes))

    def error(self, drained: float | None, window: int) -> float | None:
        """How far a run may be from a time to drain; the batching window is in virtual time."""
        return None if drained is None else ERROR * drained + self.duration + seconds(window)


def _queue(plan: MappingPlan, load: _Load) -> Capacity:
    reading = Reading(plan, load.assume)
    settings = poller_settings(plan, reading)
    reserved = reading.take("ReservedConcurrentExecutions", plan.function.reserved_concurrency, None)
    reading.finished()
    batch = load.batch(settings.common.batch_size)
    start, growth = LEAST_RESERVED_CONCURRENCY.value, BATCHES_A_MINUTE.value
    most, bound = MOST_BATCHES.value, "the service's bound of batches at a time"
    if settings.pollers is not None:
        start, growth = settings.pollers[0] * INVOCATIONS_OF_A_POLLER.value, PROVISIONED_A_MINUTE.value
        most, bound = settings.pollers[1] * INVOCATIONS_OF_A_POLLER.value, "the provisioned pollers"
    for limit, name in ((settings.most, "MaximumConcurrency"), (reserved, "the reserved concurrency")):
        if limit is not None and limit < most:
            most, bound = limit, name
    per_lane = batch / load.duration
    needed = math.ceil(load.rate / per_lane)
    grown = max(0.0, (min(needed, most) - start) / growth * _MINUTE)
    needs = {"concurrency": needed, "pollers": math.ceil(needed / INVOCATIONS_OF_A_POLLER.value)}
    if plan.facts.keeps_order:  # by group, of which one batch at a time is in hand
        needs["message groups"] = needed
    many, are = "s" * (not bound.endswith("s")), "is" if needed == 1 else "are"
    allows = f"{bound} allow{many} {most:,} at a time and {needed:,} {are} needed"
    drained = _drained(load, per_lane, lanes=start, growth=growth / _MINUTE, most=most)
    return Capacity(
        rate=load.rate,
        batch=batch,
        per_lane=per_lane,
        lanes=most,
        throughput=most * per_lane,
        needs=needs,
        saturates=(bound, most * per_lane),
        reaches_after=grown,
        drained_after=drained,
        drain_error=load.error(drained, settings.common.window),
        advice="" if needed <= most else _beyond(plan, needed) or f"{allows}: {_takes(settings, reserved, needed)}",
    )


def _drained(load: _Load, per_lane: float, *, lanes: float, growth: float, most: int) -> float | None:
    """When nothing waits any more: while the poller grows, and then at its greatest. What is in hand does not wait."""
    if most * per_lane <= load.rate:
        return None if load.backlog or most * per_lane < load.rate else 0
    in_hand = per_lane * load.duration
    passed, lanes = 0.0, min(lanes, most)
    left = load.backlog - lanes * in_hand
    while left > 0 and lanes < most:
        spare = lanes * per_lane - load.rate
        if 0 < left <= spare:
            return passed + left / spare
        passed += 1
        grown = min(most, lanes + growth)
        left -= spare + (grown - lanes) * in_hand
        lanes = grown
    return passed + max(0.0, left) / (most * per_lane - load.rate)


def _beyond(plan: MappingPlan, needed: int) -> str:
    """What is left to raise if no setting gives as many invocations; nothing if one does."""
    assert MAXIMUM_POLLERS.maximum is not None
    if needed <= MAXIMUM_POLLERS.maximum * INVOCATIONS_OF_A_POLLER.value:
        return ""
    several = counted(needed, "invocation")
    return f"no setting gives {several} at a time: raise {plan.say('BatchSize')}, or shorten the handler"


def _takes(settings: PollerSettings, reserved: int | None, needed: int) -> str:
    """What to raise: everything that keeps the mapping below what is needed."""
    pollers = counted(math.ceil(needed / INVOCATIONS_OF_A_POLLER.value), "provisioned poller")
    polled = MOST_BATCHES.value if settings.pollers is None else settings.pollers[1] * INVOCATIONS_OF_A_POLLER.value
    bounded = settings.most is not None and settings.most < needed
    takes = []
    if polled < needed or (bounded and not MAXIMUM_CONCURRENCY.admits(needed)):
        takes.append(f"{pollers} in the place of MaximumConcurrency" if bounded else pollers)
    elif bounded:
        takes.append(f"a MaximumConcurrency of {needed:,}")
    if reserved is not None and reserved < needed:
        takes.append(f"a reserved concurrency of {needed:,}")
    return f"it takes {' and '.join(takes)}"


def _lanes(plan: MappingPlan, load: _Load) -> Capacity:
    reading = Reading(plan, load.assume)
    settings = reader_settings(plan, reading)
    facts = settings.common.facts
    sharded = facts.shape in (Shape.STREAM, Shape.CONSUMER, Shape.TABLE)
    partitioned = facts.shape is Shape.CLUSTER and not settings.rules.alone
    name = "shards" if sharded else "partitions" if partitioned else "slots"
    given = reading.take("ShardCount" if sharded else "Partitions", getattr(plan.event_source, "shard_count", None), 1)
    reading.finished()
    batch = load.batch(settings.rules.batch_size)
    per_lane = batch / load.duration
    lanes = settings.lanes * given if sharded else settings.lanes
    lanes = min(lanes, given) if name == "partitions" else lanes
    # Of partitions, which go around the consumers, the consumer with the most is the last one to be done.
    most = math.ceil(given / lanes) if name == "partitions" else 1
    even = given / most if name == "partitions" else lanes
    at_a_time = _at_a_time(settings.lanes, counted(given, "shard") if sharded else "", lanes)
    bounds = {at_a_time if even == lanes else f"{at_a_time}, one of them for {most} partitions": even * per_lane}
    needed = math.ceil(load.rate / per_lane)
    needs = {"concurrency": needed, name: math.ceil(needed / settings.lanes) if sharded else needed}
    if facts.shape in (Shape.STREAM, Shape.CONSUMER):
        writes = min(KINESIS_SHARD_RECORDS.value, KINESIS_SHARD_BYTES.value / load.record_bytes)
        bounds["what the shards take in"] = given * writes
        needs[name] = max(needs[name], math.ceil(load.rate / writes))
    saturates = min(bounds.items(), key=lambda one: one[1])
    throughput = saturates[1]
    spare = even * per_lane - load.rate
    waits = max(0.0, load.backlog - even * batch)
    drained = waits / spare if spare > 0 else None if load.backlog or spare < 0 else 0
    return Capacity(
        rate=load.rate,
        batch=batch,
        per_lane=per_lane,
        lanes=lanes,
        throughput=throughput,
        needs=needs,
        saturates=saturates,
        reaches_after=0,
        drained_after=drained,
        drain_error=load.error(drained, settings.rules.window),
        advice=""
        if throughput >= load.rate
        else f"{_ends(saturates)}; {_lanes_advice(plan, name, needs[name], (given, load.rate / per_lane))}",
    )


def _at_a_time(each: int, shards: str, lanes: int) -> str:
    """What works on records, in words."""
    if shards:
        return f"{shards} with {each} at a time"
    return "one batch at a time" if lanes == 1 else f"{lanes:,} batches at a time"


def in_figures(rate: float) -> str:
    """A rate as it can be read; a slow one is not nothing."""
    return f"{rate:,.0f}" if rate >= _SLOW else f"{rate:.2g}"


def _ends(saturates: tuple[str, float]) -> str:
    return f"{saturates[0]}: {in_figures(saturates[1])} records/s at most"


def _lanes_advice(plan: MappingPlan, name: str, needed: int, load: tuple[int, float]) -> str:
    """What to raise, if anything can be.

    Args:
        plan: the mapping.
        name: what its lanes are.
        needed: how many of them.
        load: how many there are, and how many are busy all the time.
    """
    settings = plan.facts.by_name
    if name == "slots" and MINIMUM_POLLERS.name not in settings:
        return f"no setting gives {needed:,} at a time: raise {plan.say('BatchSize')}, or shorten the handler"
    given, busy = load
    if name == "partitions" and given >= needed:
        enough = math.ceil(given / int(given / busy))  # so that none has more partitions than it can take
        return f"{counted(enough, 'provisioned poller')} are needed for its {counted(given, 'partition')}"
    many = f"{counted(needed, name.removesuffix('s'))} {'is' if needed == 1 else 'are'} needed"
    if name == "shards":
        return many
    pollers = counted(needed, "provisioned poller")
    return f"{pollers} are needed" if name == "slots" else f"{many}, and as many provisioned pollers"
