"""The messages of a FIFO queue: in groups, and of a group that is being worked on nothing else can be received."""

from __future__ import annotations

from collections import deque

from cdk_esm.simulator.queue import Waiting
from cdk_esm.simulator.record import Item

_ONE: str = "default"


class _Group:
    """The messages of one group: those that wait, in order, and how many are out."""

    __slots__ = ("out", "waiting")

    def __init__(self) -> None:
        self.waiting: deque[Item] = deque()
        self.out = 0


class Groups(Waiting):
    """What can be received of a FIFO queue: the groups of which nothing is out, the longest free one first."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: dict[str, _Group] = {}
        self._free: dict[str, None] = {}
        self._current: str | None = None
        self._count = 0

    def __bool__(self) -> bool:
        return bool(self._free)

    def __len__(self) -> int:
        return self._count

    def put(self, item: Item) -> None:
        """A new message."""
        group = self._group(item)
        group.waiting.append(item)
        self._count += 1
        self._release(item)

    def back(self, items: list[Item]) -> None:
        """Messages whose visibility timeout is over: each comes back to where it was."""
        for item in reversed(items):
            group = self._group(item)
            group.waiting.appendleft(item)
            group.out -= 1
            self._count += 1
        for item in items:
            self._release(item)

    def take(self) -> Item | None:
        """The next message of the group that the batch is at, or the first one of the next free group."""
        while True:
            if self._current is None:
                self._current = next(iter(self._free), None)
                if self._current is None:
                    return None
                del self._free[self._current]
            group = self._groups[self._current]
            if group.waiting:
                group.out += 1
                self._count -= 1
                return group.waiting.popleft()
            self._leave(self._current)

    def settled(self, item: Item) -> None:
        """A received message is hidden no more."""
        self._group(item).out -= 1
        if self._name(item) != self._current:
            self._release(item)

    def filled(self) -> None:
        """A receive is over: what is left of the group that it was at has to wait."""
        if self._current is not None:
            self._leave(self._current)

    def clear(self) -> list[Item]:
        """Take everything out that waits, group by group."""
        found = [item for group in self._groups.values() for item in group.waiting]
        for group in self._groups.values():
            group.waiting.clear()
        self._free.clear()
        self._count = 0
        return found

    def _leave(self, name: str) -> None:
        group = self._groups[name]
        self._current = None
        if not group.out and not group.waiting:
            del self._groups[name]
        elif not group.out:
            self._free[name] = None

    def _release(self, item: Item) -> None:
        name = self._name(item)
        group = self._groups[name]
        if group.out or name == self._current:
            return
        if group.waiting:
            self._free[name] = None
        else:
            del self._groups[name]
            self._free.pop(name, None)

    def _group(self, item: Item) -> _Group:
        return self._groups.setdefault(self._name(item), _Group())

    @staticmethod
    def _name(item: Item) -> str:
        return item.group if item.group is not None else _ONE
