"""What ``cdk-esm simulate`` and ``cdk-esm capacity`` are given: durations, rates, records, handlers, assumptions."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from cdk_esm.cli.common import A_TEMPLATE, require
from cdk_esm.errors import EsmError
from cdk_esm.judge.inputs import read_inputs
from cdk_esm.plan import MappingPlan
from cdk_esm.printed import few
from cdk_esm.simulator import Arrivals, Record
from cdk_esm.simulator.arguments import meant
from cdk_esm.template.cloudformation.files import named_path, read_text

_UNITS: Final[Mapping[str, float]] = {"ms": 0.001, "s": 1, "min": 60, "m": 60, "h": 3600, "d": 86_400, "": 1}
_TIME: Final = re.compile(r"(?P<number>\d+(\.\d+)?)\s*(?P<unit>ms|min|s|m|h|d)?")
_RATE: Final = re.compile(r"(?P<number>\d+(\.\d+)?)(?P<thousands>[kM]?)\s*(/\s*(?P<unit>s|min|m|h))?")
_MANY: Final = {"": 1, "k": 1_000, "M": 1_000_000}
_OF_A_RECORD: Final = frozenset({"payload", "id", "at", "group", "key", "partition", "attributes"})


def seconds(text: str) -> float:
    """A duration such as ``80ms``, ``2s``, ``15min`` or ``2h``; a bare number is in seconds."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no duration; write 80ms, 2s, 15min, 2h or 1d")
    return float(found["number"]) * _UNITS[found["unit"] or ""]


def rate(text: str) -> float:
    """Records a second: ``500/s``, ``20k/s``, ``1M/s``, ``30/min``.

    Raises:
        EsmError: it is no rate.
    """
    found = _RATE.fullmatch(text.strip())
    if found is None or not float(found["number"]):
        raise EsmError(f"{text!r} is no rate; write 500/s, 20k/s, 1M/s or 30/min")
    return float(found["number"]) * _MANY[found["thousands"]] / _UNITS[found["unit"] or "s"]


def records_of(file: str | None, arriving: str | None, lasting: float) -> Any:
    """The records of a file, or those that arrive at a rate.

    Raises:
        EsmError: neither is given, or both are, or a line cannot be read.
    """
    if file is None and arriving is None:
        raise EsmError("say what arrives: --records FILE, or --rate 500/s")
    if file is not None and arriving is not None:
        raise EsmError(f"--records {file} and --rate {arriving} exclude each other: leave one of them out")
    if arriving is not None:
        return Arrivals.steady(rate(arriving), lasting=lasting)
    assert file is not None
    require([file], "name a file with a record on each line, or let records arrive with --rate 500/s")
    return list(_read(named_path(file)))


def _read(file: Path) -> Iterator[Any]:
    text = read_text(file)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            yield line
            continue
        if not isinstance(value, dict) or "payload" not in value:
            yield value
            continue
        unknown = sorted(set(value) - _OF_A_RECORD)
        if unknown:
            raise EsmError(f"{file}, line {number}: a record has {', '.join(sorted(_OF_A_RECORD))}, not {unknown[0]}")
        try:
            yield Record(value.pop("payload"), **value)
        except EsmError as error:
            raise EsmError(f"{file}, line {number}: {error}") from None


def chosen_mapping(path: str, name: str | None) -> MappingPlan:
    """The mapping that is meant.

    Raises:
        EsmError: there is none, or several fit.
    """
    require([path], A_TEMPLATE)
    plans = read_inputs([path]).plans
    exact = [plan for plan in plans if name in (plan.path, plan.logical_id)]
    found = exact or [plan for plan in plans if name is None or name in plan.path or name in (plan.logical_id or "")]
    if len(found) != 1:
        if not plans:
            raise EsmError(f"{path}: there is no event source mapping in it")
        called = f"there are {len(found)} mappings" if name is None else f"{len(found)} mappings are called {name}"
        paths = [plan.path for plan in found or plans]
        hint = "" if name is None or found else meant(name, paths)
        raise EsmError(f"{called}; say which one with --mapping: {few(paths)}{hint}")
    return found[0]


def handler_of(named: str | None) -> Callable[[Any, Any], Any]:
    """The function that ``module:function`` names, looked for from the current folder.

    Raises:
        EsmError: there is no such function.
    """
    if named is None:
        return lambda _event, _context: None
    module, _, function = named.partition(":")
    if not module or not function:
        raise EsmError(f"--handler {named}: write module:function, as in orders.app:handler")
    if "/" in module or "\\" in module or module.endswith(".py"):
        file = (Path.cwd() / module.replace("\\", "/")).with_suffix("").resolve()
        here = Path.cwd().resolve()
        dotted = ".".join(file.relative_to(here).parts) if file.is_relative_to(here) else file.name
        where = "" if file.is_relative_to(here) else f", in the folder {file.parent}"
        raise EsmError(f"--handler {named}: this takes a module, and not a file; write {dotted}:{function}{where}")
    sys.path.insert(0, str(Path.cwd()))
    try:
        found = getattr(__import__(module, fromlist=[function]), function)
    except (ImportError, AttributeError) as error:
        begin = f"; modules are looked for in {Path.cwd()}" + _instead(module, function)
        is_lacking = isinstance(error, ModuleNotFoundError) and module.split(".")[0] == error.name
        raise EsmError(f"--handler {named}: {error}{begin if is_lacking else ''}") from None
    finally:
        sys.path.pop(0)
    if not callable(found):
        raise EsmError(f"--handler {named}: it is no function")
    handler: Callable[[Any, Any], Any] = found
    return handler


def _instead(module: str, function: str) -> str:
    """What to write for a module whose file is in a folder below the current one, if there is just one."""
    file = Path(*module.split(".")).with_suffix(".py")
    found = [one.relative_to(Path.cwd()) for one in islice(Path.cwd().glob(f"*/{file}"), 2)]
    if len(found) != 1:
        return ""
    return f"; write {'.'.join(found[0].with_suffix('').parts)}:{function}"


def assumed(given: Sequence[str]) -> dict[str, Any]:
    """``NAME=VALUE`` as ``simulate`` takes it; a number is one.

    Raises:
        EsmError: one has no value.
    """
    found: dict[str, Any] = {}
    for one in given:
        name, between, value = one.partition("=")
        if not between or not name:
            raise EsmError(f"--assume {one}: write NAME=VALUE, as in VisibilityTimeout=180")
        found[name] = _value(value)
    return found


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
