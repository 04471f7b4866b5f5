"""What a change in the middle of a run does, at its moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from cdk_esm.errors import EsmError
from cdk_esm.simulator.arguments import meant, refused
from cdk_esm.simulator.build import Built
from cdk_esm.simulator.changes import Change
from cdk_esm.simulator.stream import ShardedStream
from cdk_esm.simulator.topic import ConsumerGroup
from cdk_esm.simulator.world import Poller, Source, World


def in_turn(world: World, built: Built, changes: object) -> list[Change]:
    """The changes in order of time, each of which can happen.

    Raises:
        EsmError: it is no list of changes, the run has no such mapping, or the change is not for its source.
    """
    if isinstance(changes, str | bytes) or not isinstance(changes, Sequence):
        hint = "; put it in a list" if isinstance(changes, Change) else ""
        raise EsmError(f"changes are a list of esm.Change, got {type(changes).__name__}{hint}")
    for one in changes:
        if not isinstance(one, Change):
            raise refused("a change", "made with esm.Change, as in esm.Change.disable(60)", one)
    found = sorted(changes, key=lambda one: one.at)
    copies: dict[int, ShardedStream] = {}
    for change in found:
        _check(world, built, change, copies)
    return found


def _check(world: World, built: Built, change: Change, copies: dict[int, ShardedStream]) -> None:
    """Refuse a change that cannot happen; shards divide and join in copies of the streams, as they will in the run."""
    if change.path is not None and change.path not in built.pollers:
        known = f"the run has the mappings {', '.join(built.pollers)}{meant(change.path, built.pollers)}"
        raise EsmError(f"a change names {change.path!r}, and {known}")
    pollers, sources = _concerned(world, built, change)
    if change.kind in ("split", "merge"):
        streams = [source for source in sources if isinstance(source, ShardedStream)]
        for stream in streams:
            copies.setdefault(id(stream), ShardedStream(world, stream.identity, len(stream.shards), stream.writer))
        _reshard(change, pollers, [copies[id(stream)] for stream in streams])
    elif change.kind == "rebalance":
        _groups(pollers)


def apply(world: World, built: Built, change: Change) -> None:
    """Let a change happen."""
    pollers, sources = _concerned(world, built, change)
    _DO[change.kind](change, pollers, sources)


def _concerned(world: World, built: Built, change: Change) -> tuple[list[Poller], list[Source]]:
    """The mappings that a change is for, and their sources, each once."""
    paths = list(built.pollers) if change.path is None else [change.path]
    sources = list({id(world.by_path[path]): world.by_path[path] for path in paths}.values())
    return [built.pollers[path] for path in paths], sources


def _switch_on(change: Change, pollers: list[Poller], _: list[Source]) -> None:
    for poller in pollers:
        poller.enable(on=change.kind == "enable")


def _version(change: Change, pollers: list[Poller], _: list[Source]) -> None:
    assert change.handler is not None
    for target in {id(poller.target): poller.target for poller in pollers}.values():
        target.switch(change.handler)


def _reserve(change: Change, pollers: list[Poller], _: list[Source]) -> None:
    for poller in pollers:
        poller.target.reserved = change.number


def _source_gone(_: Change, __: list[Poller], sources: list[Source]) -> None:
    for source in sources:
        source.close()


def _reshard(change: Change, pollers: list[Poller], sources: list[Source]) -> None:
    streams = [source for source in sources if isinstance(source, ShardedStream)]
    if not streams:
        raise EsmError(f"{change.kind}: {_named(pollers)} no stream of shards")
    for stream in streams:
        (stream.split if change.kind == "split" else stream.merge)(change.number or 0)


def _rebalance(_: Change, pollers: list[Poller], __: list[Source]) -> None:
    for group in _groups(pollers):
        group.rebalance()


def _groups(pollers: list[Poller]) -> list[ConsumerGroup]:
    groups = [poller for poller in pollers if isinstance(poller, ConsumerGroup)]
    if not groups:
        raise EsmError(f"rebalance: {_named(pollers)} no Kafka topic with a consumer group")
    return groups


def _named(pollers: list[Poller]) -> str:
    """The mappings, with the verb."""
    return f"{', '.join(poller.common.path for poller in pollers)} {'reads' if len(pollers) == 1 else 'read'}"


_DO: Final[Mapping[str, Callable[[Change, list[Poller], list[Source]], None]]] = {
    "disable": _switch_on,
    "enable": _switch_on,
    "version": _version,
    "reserved_concurrency": _reserve,
    "source_gone": _source_gone,
    "split": _reshard,
    "merge": _reshard,
    "rebalance": _rebalance,
}
