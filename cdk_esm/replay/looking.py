"""A look into the objects of a plan before anything is invoked: how many records, of which functions, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cdk_esm.durations import in_words
from cdk_esm.printed import counted, one_line
from cdk_esm.replay.meter import Meter
from cdk_esm.replay.objects import NotReplayableError
from cdk_esm.replay.planning import S3, ReplayPlan
from cdk_esm.replay.progress import DONE, Progress
from cdk_esm.replay.reading import Reader

ORDER_IS_LOST = (
    "Order is lost: these records come after others of their shard, partition or group that were processed since. A "
    "handler must be idempotent, and must not let an old record overwrite a newer one."
)


@dataclass
class Look:
    """What is in the objects of one mapping.

    Args:
        objects: how many there are to replay.
        records: how many records those hold.
        done: how many objects were replayed before.
        functions: the functions that would be invoked, each with its objects.
        conditions: why Lambda gave up, in its words.
        unusable: key to why it cannot be replayed.
    """

    objects: int = 0
    records: int = 0
    done: int = 0
    functions: Counter[str] = field(default_factory=Counter)
    conditions: Counter[str] = field(default_factory=Counter)
    unusable: dict[str, str] = field(default_factory=dict)


def look(plan: ReplayPlan, s3: S3, progress: Progress, *, meter: Meter | None = None) -> dict[str, Look]:
    """Read every object that is still to be replayed, by its mapping.

    Raises:
        EsmError: an object cannot be read.
    """
    found: dict[str, Look] = {}
    reader, meter = Reader(s3, plan.bucket), meter or Meter()
    waiting = sum(progress.state(one.key) != DONE for one in plan.objects)
    count = 0
    for stored in plan.objects:
        seen = found.setdefault(stored.mapping, Look())
        if progress.state(stored.key) == DONE:
            seen.done += 1
            continue
        meter("read", count, waiting)
        count += 1
        try:
            failure = reader.read(stored)
        except NotReplayableError as error:
            seen.unusable[stored.key] = str(error)
            continue
        left = progress.left(stored.key)
        seen.objects += 1
        seen.records += len(failure.names) if left is None else len(left)
        seen.functions[plan.function or failure.function or "none: name one with --function"] += 1
        seen.conditions[failure.condition or "no condition"] += 1
    return found


def look_text(plan: ReplayPlan, found: dict[str, Look], per_second: float) -> str:
    """The look in words."""
    others = [f"  left, for its key has another form: {one_line(key)}" for key in plan.others]
    if not plan.objects:
        return "\n".join([f"s3://{plan.bucket} holds no failed records of that time.", *others])
    first, last = (f"{one.at:%Y-%m-%d %H:%M:%S}" for one in (plan.objects[0], plan.objects[-1]))
    lines = [f"s3://{plan.bucket}: {counted(len(plan.objects), 'object', '')}, given up from {first} to {last} UTC"]
    for mapping, seen in found.items():
        records = counted(seen.records, "record", "")
        lines.append(f"  mapping {mapping}: {counted(seen.objects, 'object', '')} with {records} to replay")
        lines += [f"    {count} to {one_line(function)}" for function, count in seen.functions.items()]
        lines += [f"    {count} given up because of {one_line(why)}" for why, count in seen.conditions.items()]
        lines += [f"    {seen.done} replayed before"] if seen.done else []
        lines += [f"    cannot be replayed: {one_line(key)}: {one_line(why)}" for key, why in seen.unusable.items()]
    lines += others
    total = sum(seen.objects for seen in found.values())
    lines += [f"At {per_second:g} a second it takes at least {in_words(round(total / per_second))}.", ORDER_IS_LOST]
    return "\n".join(lines)
