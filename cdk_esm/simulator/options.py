"""The arguments of ``simulate``: what it can take of each, and what it says of everything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.errors import EsmError
from cdk_esm.plan import MappingPlan
from cdk_esm.simulator.arguments import check_count, check_seconds, is_number, meant, refused
from cdk_esm.simulator.arrivals import Arrivals
from cdk_esm.simulator.spread import Backoff, Spread

_KEPT: Final = ("all", "summary")


def plans_of(given: Any) -> list[MappingPlan]:
    """The mappings that were given: one, or a list of them.

    Raises:
        EsmError: something in it is no mapping, or two have one path.
    """
    if isinstance(given, MappingPlan):
        return [given]
    found = list(given) if isinstance(given, list | tuple) else [given]
    for one in found:
        if not isinstance(one, MappingPlan):
            hint = ": give its plan, as in orders.plan" if hasattr(type(one), "plan") else ""
            raise EsmError(f"a mapping is a MappingPlan, got {type(one).__name__}{hint}")
    if not found:
        raise EsmError("there is no mapping to simulate")
    paths = [one.path for one in found]
    if len(set(paths)) < len(paths):
        raise EsmError(f"two mappings have one path; name each once, got {', '.join(paths)}")
    return found


def check_handlers(handler: Any, paths: list[str]) -> None:
    """Refuse anything that is not a function, and paths that the run does not have.

    Raises:
        EsmError: a handler cannot be taken.
    """
    if not isinstance(handler, Mapping):
        if not callable(handler):
            raise EsmError(f"the handler is a function (event, context), got {type(handler).__name__}")
        return
    if wrong := sorted(set(paths) ^ set(handler), key=str):
        extra = [path for path in handler if path not in paths]
        known = f"{', '.join(paths)}; look at {wrong}{meant(extra[0], paths) if extra else ''}"
        raise EsmError(f"handlers are named by the paths of the mappings: {known}")
    for path, one in handler.items():
        if not callable(one):
            raise refused(f"the handler of {path}", "a function (event, context)", one)


def check_options(*, until: Any, seed: Any, duration: Any, reserved_concurrency: Any) -> None:
    """Refuse times and counts that make no sense."""
    if until is not None:
        check_seconds("until", until)
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise refused("seed", "a whole number", seed)
    if not isinstance(duration, Spread) and not callable(duration) and not is_number(duration, least=0):
        allowed = "a number of seconds, 0 or more, an esm.Spread, or a function from the event to seconds"
        raise refused("duration", allowed, duration)
    if reserved_concurrency is not None:
        check_count("reserved_concurrency", reserved_concurrency, instead=", or None")


def check_more_options(*, duplicates: Any, keep: Any, backoff: Any, progress: Any) -> None:
    """Refuse everything else that makes no sense."""
    if not is_number(duplicates, least=0) or duplicates > 1:
        raise refused("duplicates", "a share from 0 to 1", duplicates)
    if keep not in _KEPT:
        raise refused("keep", " or ".join(map(repr, _KEPT)), keep)
    if backoff is not None and not isinstance(backoff, Backoff):
        raise refused("backoff", "an esm.Backoff, as in esm.Backoff.steady(5)", backoff)
    if progress is not None and not callable(progress):
        raise refused("progress", "a function of the records that have ended and the virtual seconds", progress)


def check_paths(records: Any, paths: list[str]) -> None:
    """Refuse records by path where a path is misspelt.

    Raises:
        EsmError: a path is none of the run's, and others are, or it is close to one.
    """
    if not isinstance(records, Mapping):
        return
    some = any(path in records for path in paths)
    lists = all(isinstance(one, list | tuple | Arrivals) for one in records.values())
    for name in records:
        if name not in paths and (some or (lists and meant(name, paths))):
            known = f"{', '.join(paths)}, and not {name!r}{meant(name, paths)}"
            raise EsmError(f"records are named by the paths of the mappings: {known}; a single record goes in a list")
