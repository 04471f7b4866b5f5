"""Changes in the middle of a run: somebody disables a mapping, deploys another version, or the source is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from cdk_esm.simulator.arguments import check_count, check_seconds, check_text, refused

Kind: TypeAlias = Literal[
    "disable", "enable", "version", "source_gone", "split", "merge", "rebalance", "reserved_concurrency"
]


@dataclass(frozen=True)
class Change:
    """Something that changes at a moment of the run; make it with one of the class's methods.

    ``path`` names the mapping; without it, the change is for every mapping of the run to which it can apply.

    Raises:
        EsmError: a time is before the beginning of the run, or another argument cannot be taken.
    """

    kind: Kind
    at: float
    path: str | None = None
    handler: Callable[..., Any] | None = None
    number: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise refused("the kind of a change", f"one of {', '.join(get_args(Kind))}", self.kind)
        check_seconds(f"at of Change.{self.kind}", self.at)
        check_text(f"path of Change.{self.kind}", self.path, "the path of a mapping")
        if self.kind == "version" and not callable(self.handler):
            raise refused("handler of Change.version", "a function (event, context)", self.handler)
        if self.kind in ("split", "merge") and self.number is not None:
            check_count(f"shard of Change.{self.kind}", self.number)
        if self.kind == "reserved_concurrency" and self.number is not None:
            check_count("concurrency of Change.reserved_concurrency", self.number, instead=", or None")

    @classmethod
    def disable(cls, at: float, *, path: str | None = None) -> Change:
        """The mapping is disabled: it polls no more, and what it is working on is finished."""
        return cls("disable", at, path)

    @classmethod
    def enable(cls, at: float, *, path: str | None = None) -> Change:
        """The mapping is enabled again, and goes on where it was."""
        return cls("enable", at, path)

    @classmethod
    def version(cls, at: float, handler: Callable[..., Any], *, path: str | None = None) -> Change:
        """The mapping invokes another version of the function from now on: ``handler``."""
        return cls("version", at, path, handler=handler)

    @classmethod
    def source_gone(cls, at: float, *, path: str | None = None) -> Change:
        """The source is deleted, with everything in it."""
        return cls("source_gone", at, path)

    @classmethod
    def split(cls, at: float, *, shard: int = 0, path: str | None = None) -> Change:
        """A shard is split into two halves, each with half of its keys."""
        return cls("split", at, path, number=shard)

    @classmethod
    def merge(cls, at: float, *, shard: int = 0, path: str | None = None) -> Change:
        """A shard and the open one next to it become one."""
        return cls("merge", at, path, number=shard)

    @classmethod
    def rebalance(cls, at: float, *, path: str | None = None) -> Change:
        """The partitions of a Kafka topic are handed out anew to the pollers of the mapping."""
        return cls("rebalance", at, path)

    @classmethod
    def reserved_concurrency(cls, at: float, concurrency: int | None, *, path: str | None = None) -> Change:
        """The function gets another reserved concurrency; ``None`` takes it away, 0 stops every invocation."""
        return cls("reserved_concurrency", at, path, number=concurrency)
