"""Compares values of a setting side by side: throughput, lag, invocations and failures of the same records."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any, Final

from cdk_esm.errors import EsmError
from cdk_esm.plan import MappingPlan
from cdk_esm.report.table import text_table
from cdk_esm.simulator import Arrivals, Trace, simulate

_BAR: Final = 24
_PICTURE: Final = "throughput"
HEADS: Final = ("invocations", "records/s", "lag s", "at a time", "errors", "throttles", "lost")


def sweep(plan: MappingPlan, given: Sequence[str], handler: Any, records: Any, *, form: str, **options: Any) -> str:
    """Run every combination of the given values, and set the figures side by side.

    Raises:
        EsmError: a setting is not one of the source.
    """
    names, values = zip(*(_setting(plan, one) for one in given), strict=True)
    rows = []
    for combination in product(*values):
        changed = dict(zip(names, combination, strict=True))
        trace = simulate(_with(plan, changed), handler, records, keep="summary", **options)
        rows.append((changed, figures(trace, records)))
    if form == "json":
        return json.dumps([{**changed, **found} for changed, found in rows], indent=2)
    most = max((found["records/s"] for _, found in rows), default=0)
    lines = [{**changed, **found, _PICTURE: _bar(found, most)} for changed, found in rows]
    return text_table(lines, [*names, *HEADS, _PICTURE])


def figures(trace: Trace, records: Any) -> dict[str, float]:
    """What a person chooses by."""
    summary = trace.summary
    arriving = records.count / records.rate if isinstance(records, Arrivals) and records.rate else summary.ended
    took = max(summary.ended, 0.001)
    return {
        "invocations": summary.invocations,
        "records/s": round(summary.ends.get("processed", 0) / took, 1),
        "lag s": round(max(0.0, summary.ended - arriving), 2),
        "at a time": summary.most_concurrent,
        "errors": summary.errors,
        "throttles": summary.throttles,
        "lost": summary.lost,
    }


def _setting(plan: MappingPlan, given: str) -> tuple[str, list[Any]]:
    """A setting by its keyword or by CloudFormation's name, and the values to try."""
    name, between, values = given.partition("=")
    known = {setting.keyword: setting.name for setting in plan.facts.settings if setting.keyword}
    found = known.get(name, name)
    if found not in plan.facts.by_name or not between:
        raise EsmError(f"--sweep {given}: write SETTING=A,B; {plan.facts.label} takes {', '.join(known)}")
    return found, [_value(value) for value in values.split(",")]


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _with(plan: MappingPlan, changed: Mapping[str, Any]) -> MappingPlan:
    settings: dict[str, Any] = dict(plan.settings)
    for name, value in changed.items():
        outer, _, inner = name.partition(".")
        settings[outer] = {**(settings.get(outer) or {}), inner: value} if inner else value
    return replace(plan, settings=settings)


def _bar(found: Mapping[str, float], most: float) -> str:
    return "#" * round(_BAR * found["records/s"] / most) if most else ""
