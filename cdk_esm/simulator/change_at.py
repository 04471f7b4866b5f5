"""What a change in the middle of a run does, at its moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cdk_esm.errors import EsmError
from cdk_esm.simulator.build import Built
from cdk_esm.simulator.changes import Change
from cdk_esm.simulator.stream import ShardedStream
from cdk_esm.simulator.topic import ConsumerGroup
from cdk_esm.simulator.world import Poller, Source, World


def apply(world: World, built: Built, change: Change) -> None:
    """Let a change happen.

    Raises:
        EsmError: the run has no such mapping, or the change is not for its source.
    """
    if change.path is not None and change.path not in built.pollers:
        raise EsmError(f"a change names {change.path!r}, and the run has the mappings {', '.join(built.pollers)}")
    paths = list(built.pollers) if change.path is None else [change.path]
    sources = list({id(world.by_path[path]): world.by_path[path] for path in paths}.values())
    _DO[change.kind](change, [built.pollers[path] for path in paths], sources)


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
        raise EsmError(f"{change.kind}: {_named(pollers)} read no stream of shards")
    for stream in streams:
        (stream.split if change.kind == "split" else stream.merge)(change.number or 0)


def _rebalance(_: Change, pollers: list[Poller], __: list[Source]) -> None:
    groups = [poller for poller in pollers if isinstance(poller, ConsumerGroup)]
    if not groups:
        raise EsmError(f"rebalance: {_named(pollers)} read no Kafka topic with a consumer group")
    for group in groups:
        group.rebalance()


def _named(pollers: list[Poller]) -> str:
    return ", ".join(poller.common.path for poller in pollers)


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
