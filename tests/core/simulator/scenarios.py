"""Runs drawn from a seed: a mapping, records, a handler with faults, and changes; for any kind of source."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Final

from cdk_esm.facts import Shape
from cdk_esm.plan import FailureKind, FailurePath, MappingPlan, Queue
from cdk_esm.simulator import Backoff, Change, Record, Spread, Trace, simulate
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import mapping, with_failure, with_function, with_queue, with_settings
from tests.core.simulator.helping import name_of, records_of, text_of


@dataclass
class Scenario:
    """One run.

    Args:
        plan: the mapping.
        records: what arrives.
        options: further arguments of ``simulate``.
        faults: how often a record fails, by what it carries.
        raises: the handler raises in place of reporting.
        delivered: what the function got, invocation by invocation.
    """

    plan: MappingPlan
    records: list[Record]
    options: dict[str, Any]
    faults: dict[str, int]
    raises: bool
    bad_answers: int
    seed: int
    delivered: list[list[str]] = field(default_factory=list)

    def handler(self, event: Any, _: Any) -> Any:
        """Fail each record as often as drawn; now and then answer with something malformed."""
        records = records_of(event)
        carried = [json.loads(text_of(one)) if text_of(one).isdigit() else text_of(one) for one in records]
        self.delivered.append([str(one) for one in carried])
        failed = []
        for record, name in zip(records, map(str, carried), strict=True):
            if self.faults.get(name, 0) > 0:
                self.faults[name] -= 1
                failed.append(record)
        if failed and self.raises:
            raise ValueError(f"{len(failed)} failed")
        if self.bad_answers and len(self.delivered) % self.bad_answers == 0:
            return {"batchItemFailures": [{"itemIdentifier": ""}]}
        found: dict[str, Any] = {"batchItemFailures": [{"itemIdentifier": name_of(one)} for one in failed]}
        if "state" in event:
            found["state"] = {"seen": event["state"].get("seen", 0) + len(records)}
        return found

    def run(self, **more: Any) -> Trace:
        """Let it run; a second time, it does the same."""
        faults = dict(self.faults)
        self.delivered = []
        trace = simulate(self.plan, self.handler, self.records, seed=self.seed, **{**self.options, **more})
        self.faults = faults
        return trace


SHARED: Final = "self-managed-kafka as a queue"
"""A mapping that reads its topic with a share group."""
KINDS: Final = (*SOURCES, SHARED)


def draw(drawn: str, seed: int) -> Scenario:
    """The run of a seed."""
    random = Random(f"{drawn}/{seed}")  # noqa: S311 - no secret
    kind = drawn.partition(" ")[0]
    facts = SOURCES[kind]
    plan = with_function(mapping(kind), timeout_seconds=random.choice([5, 30]))
    plan = with_settings(plan, **_settings(kind, random))
    if drawn == SHARED:
        plan = _as_queue(plan, random)
    if isinstance(plan.event_source, Queue):
        plan = _queue(plan, random)
    elif facts.destinations and random.random() < 0.4:
        kinds = [FailureKind.QUEUE, FailureKind.TOPIC, FailureKind.BUCKET, FailureKind.NONE]
        plan = with_failure(plan, kind=random.choice(kinds))
    count = random.randrange(1, 40)
    lanes = random.randrange(1, 6)
    records = [_record(kind, number, lanes, random) for number in range(count)]
    options: dict[str, Any] = {
        "duration": random.choice([0, 0.05, 1, Spread.uniform(0, 8), Spread.choice({0.1: 9, 40: 1})]),
        "backoff": random.choice([Backoff(), Backoff.steady(5), Backoff.doubling(1, most=30)]),
        "duplicates": random.choice([0, 0, 0.2, 1]),
        "changes": _changes(kind, random),
        "until": random.choice([None, None, 20, 400, 5000]),
        "assume": {"ShardCount": random.randrange(1, 4), "Partitions": lanes} if _is_sharded(facts.shape) else {},
    }
    if drawn == SHARED:
        options["changes"] = [one for one in options["changes"] if one.kind != "rebalance"]
        options["assume"] |= random.choice([{}, {"StartingPosition": "TRIM_HORIZON"}, {"DeliveryCountLimit": 2}])
    if random.random() < 0.3:
        options["reserved_concurrency"] = random.randrange(1, 4)
    faults = {str(number): random.choice([1, 2, 3, 50]) for number in range(count) if random.random() < 0.3}
    return Scenario(plan, records, options, faults, random.random() < 0.4, random.choice([0, 0, 0, 5]), seed)


def _is_sharded(shape: Shape) -> bool:
    return shape in (Shape.STREAM, Shape.CONSUMER, Shape.TABLE, Shape.CLUSTER)


def _settings(kind: str, random: Random) -> dict[str, Any]:
    offered = SOURCES[kind].by_name
    drawn: dict[str, Any] = {
        "BatchSize": random.choice([1, 2, 5, 10]),
        "MaximumBatchingWindowInSeconds": random.choice([0, 0, 1, 20]),
        "FunctionResponseTypes": random.choice([None, ["ReportBatchItemFailures"], ["ReportBatchItemFailures"]]),
        "BisectBatchOnFunctionError": random.random() < 0.5,
        "MaximumRetryAttempts": random.choice([0, 1, 3, 10]),
        "MaximumRecordAgeInSeconds": random.choice([-1, 60, 3600]),
        "ParallelizationFactor": random.choice([1, 1, 3]),
        "StartingPosition": random.choice(["TRIM_HORIZON", "TRIM_HORIZON", "LATEST"]),
        "MetricsConfig": {"Metrics": ["EventCount"]},
    }
    if kind == "sqs-fifo":
        del drawn["MaximumBatchingWindowInSeconds"]
    if "TumblingWindowInSeconds" in offered and random.random() < 0.2:
        drawn |= {"TumblingWindowInSeconds": 30, "ParallelizationFactor": 1}
    return {name: value for name, value in drawn.items() if name in offered}


def _queue(plan: MappingPlan, random: Random) -> MappingPlan:
    plan = with_queue(
        plan,
        visibility_timeout_seconds=random.choice([5, 30, 180]),
        retention_seconds=random.choice([60, 900, 345_600]),
        delay_seconds=random.choice([0, 0, 7]),
    )
    if random.random() < 0.2:
        return replace(with_queue(plan, retention_seconds=900), failure=FailurePath(kind=FailureKind.NONE))
    return with_failure(plan, max_receive_count=random.choice([1, 2, 5]))


def _as_queue(plan: MappingPlan, random: Random) -> MappingPlan:
    config = {"ConsumerGroupId": "shop", "ConsumptionMode": "Queue"}
    left_out = dict.fromkeys(("StartingPosition", "StartingPositionTimestamp", "MaximumBatchingWindowInSeconds"))
    plan = with_settings(plan, SelfManagedKafkaEventSourceConfig=config, **left_out)
    return with_settings(plan, MaximumRetryAttempts=random.choice([None, 0, 2]))


def _record(kind: str, number: int, lanes: int, random: Random) -> Record:
    lane = random.randrange(lanes)
    at = random.choice([-5, 0, 0, round(random.uniform(0, 60), 3)])
    if kind == "dynamodb":
        return Record({"id": str(number), "lane": f"k{lane}"}, at=at, id=f"n{number}")
    return Record(str(number), at=at, id=f"n{number}", group=f"g{lane}", key=f"k{lane}")


def _changes(kind: str, random: Random) -> list[Change]:
    found = []
    if random.random() < 0.15:
        at = random.uniform(0, 60)
        found.append(Change.disable(at))
        if random.random() < 0.7:
            found.append(Change.enable(at + random.uniform(1, 2000)))
    if random.random() < 0.05:
        found.append(Change.source_gone(random.uniform(0, 100)))
    if random.random() < 0.1:
        found.append(Change.reserved_concurrency(random.uniform(0, 50), random.choice([0, 1, None])))
    shape = SOURCES[kind].shape
    if shape in (Shape.STREAM, Shape.CONSUMER, Shape.TABLE) and random.random() < 0.3:
        found.append(Change.split(random.uniform(1, 50), shard=0))
    if shape is Shape.CLUSTER and random.random() < 0.3:
        found.append(Change.rebalance(random.uniform(1, 50)))
    return found


def fingerprint(trace: Trace) -> str:
    """A trace in few bytes."""
    return hashlib.sha256(json.dumps(trace.to_dict(), sort_keys=False).encode()).hexdigest()
