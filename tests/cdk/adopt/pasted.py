"""What ``cdk-esm adopt`` prints, executed: with the marked names bound, and nothing else changed."""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk

from cdk_esm.__main__ import main
from cdk_esm.facts import Unknowable
from cdk_esm.plan import FailurePath, MappingPlan

UUID: Final = "11111111-2222-3333-4444-555555555555"
HEADING: Final = re.compile(r"^# In the stack (.+):$", re.MULTILINE)
END: Final = "\n# Put your own in the place"
REPLACED: Final = {
    "mapping-renamed",
    "mapping-replaced",
    "mapping-replacement-refused",
    "mapping-may-be-refused",
    "mapping-removed",
    "mapping-added",
    "source-changed",
    "source-removed",
    "source-replaced",
    "source-left-behind",
    "source-name-taken",
    "table-stream-ends",
}
"""Kinds of changes after which a mapping or what holds records is not the one that it was."""
BY_KIND: Final[Mapping[str, Any]] = {"reason": "it was so before", "threshold": 10_000, "uuid": UUID}


def said(*arguments: str) -> tuple[int, str]:
    """What a command ends with, and what it prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = main(arguments)
    return status, out.getvalue()


def printed(path: Path) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The Python that is printed for each stack, imports included, and the marked names in all of it."""
    status, text = said("adopt", str(path))
    assert status == 0, text
    text = text.partition(END)[0]
    imports, *rest = HEADING.split(text)
    _, listed = said("adopt", str(path), "--format", "json")
    names: list[dict[str, Any]] = json.loads(listed)["names"]
    return {stack: imports + code for stack, code in zip(rest[::2], rest[1::2], strict=True)}, names


def paste(code: str, stack: cdk.Stack, bound: Mapping[str, Any]) -> dict[str, Any]:
    """Execute what was printed for a stack, in it.

    Returns:
        Every name that is there afterwards.
    """
    namespace = {"self": stack, **bound}
    exec(compile(code, f"adopted for {stack.stack_name}", "exec"), namespace)  # noqa: S102 - our own output
    return namespace


def bound_by_path(
    names: list[dict[str, Any]], app: cdk.App, further: Callable[[dict[str, Any]], Any]
) -> dict[str, Any]:
    """The marked names with what they stand for in an app: by the path of its construct, or by its kind."""
    found: dict[str, Any] = {}
    for name in names:
        if name["path"] is not None:
            try:
                found[name["name"]] = _child(app, name["path"])
                continue
            except RuntimeError:
                pass
        found[name["name"]] = BY_KIND.get(name["kind"]) or further(name)
    return found


def _child(app: cdk.App, path: str) -> Any:
    node: Any = app
    for part in path.split("/"):
        node = node.node.find_child(part)
    return node


def compared(old: Path, new: Path) -> list[dict[str, Any]]:
    """The changes that ``cdk-esm diff`` tells."""
    _, text = said("diff", str(old), str(new), "--format", "json")
    changes: list[dict[str, Any]] = json.loads(text)["changes"]
    return changes


_TOLD_OTHERWISE: Final = ("MetricsConfig", "FilterCriteria", "SourceAccessConfigurations.URI", "Tags")


def kept(plans: Iterable[MappingPlan]) -> dict[str, dict[str, Any]]:
    """What Lambda is told of each mapping that a printed statement keeps, with the service's defaults filled in.

    Left out is what a statement may add and names in a comment: the mapping's own metrics.
    """
    found: dict[str, dict[str, Any]] = {}
    for plan in plans:
        names = [one.name for one in plan.facts.settings if not one.name.startswith(_TOLD_OTHERWISE)]
        leaves = [name for name in names if not any(other.startswith(f"{name}.") for other in names)]
        settings = {name: plan.setting(name) or None for name in leaves}
        settings["filters"] = plan.filters if isinstance(plan.filters, Unknowable) else [*map(_json, plan.filters)]
        destination = plan.failure.destination if isinstance(plan.failure, FailurePath) else plan.failure
        settings["destination"] = getattr(destination, "identity", destination)
        found[str(plan.logical_id)] = {
            **settings,
            "source": plan.event_source.identity,
            "function": plan.function.identity,
        }
    return found


def _json(pattern: str | Unknowable) -> Any:
    return pattern if isinstance(pattern, Unknowable) else json.loads(pattern)


def resources(assembly: Path) -> dict[str, dict[str, Any]]:
    """Every resource of an assembly, by its stack and logical id."""
    return {
        f"{file.name.partition('.')[0]}/{name}": one
        for file in sorted(assembly.glob("*.template.json"))
        for name, one in json.loads(file.read_text(encoding="utf-8")).get("Resources", {}).items()
    }
