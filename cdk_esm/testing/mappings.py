"""Finds a mapping where the user has it, and runs a handler against it."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import signature
from pathlib import Path
from typing import Any, Final

from cdk_esm.errors import EsmError
from cdk_esm.judge.inputs import read_inputs
from cdk_esm.plan import MappingPlan
from cdk_esm.printed import few
from cdk_esm.simulator import Trace, simulate
from cdk_esm.simulator.arguments import check_named, check_text, meant
from cdk_esm.template.read import read_template

_GIVEN: Final = ("plan", "handler", "records")


def mapping_of(where: Any, name: str | None = None) -> MappingPlan:
    """The plan of a mapping.

    Args:
        where: a construct of this library, a plan, a template as a dict (``Template.from_stack(stack).to_json()``), the
            path of a template, or that of a cloud assembly such as ``cdk.out``.
        name: a part of the mapping's path or its logical id; needed if there are several.

    Raises:
        EsmError: there is no such mapping, or several fit.
    """
    check_text("the name of a mapping", name, "a part of its path, or its logical id")
    plans = _plans(where)
    found = plans if name is None else [plan for plan in plans if name in (plan.path, plan.logical_id)]
    if name is not None and not found:
        found = [plan for plan in plans if name in plan.path or name in (plan.logical_id or "")]
    if len(found) == 1:
        return found[0]
    paths = [plan.path for plan in found or plans]
    known = few(paths) or "none"
    hint = "" if name is None or found else meant(name, paths)
    what = "no mapping" if not found else f"{len(found)} mappings"
    raise EsmError(f"{what} {f'called {name!r}' if name else 'there'}; say which, of {known}{hint}")


def simulated(where: Any, name: str | None, handler: Any, records: Any, **options: Any) -> Trace:
    """Run a handler against a mapping.

    Args:
        where: as for ``mapping_of``.
        name: likewise.
        handler: the function ``(event, context)``.
        records: as for ``simulate``.
        **options: as for ``simulate``.
    """
    check_named([name for name in signature(simulate).parameters if name not in _GIVEN], options, "simulated")
    return simulate(mapping_of(where, name), handler, records, **options)


def _plans(where: Any) -> list[MappingPlan]:
    if isinstance(where, MappingPlan):
        return [where]
    if isinstance(where, Mapping):
        return read_template(where)
    if isinstance(where, str | Path):
        return read_inputs([str(where)]).plans
    plan = getattr(where, "plan", None)
    if isinstance(plan, MappingPlan):
        return [plan]
    raise EsmError(
        f"a mapping is in a construct, a plan, a template or a cloud assembly, not in {type(where).__name__}; "
        "of a stack, give Template.from_stack(stack).to_json()"
    )
