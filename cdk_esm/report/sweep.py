"""Compares values of a setting side by side: throughput, lag, invocations and failures of the same records."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final

from cdk_esm.errors import EsmError
from cdk_esm.facts import Form, Setting
from cdk_esm.plan import MappingPlan
from cdk_esm.report.sweep_page import sweep_page
from cdk_esm.report.table import text_table
from cdk_esm.simulator import Arrivals, Trace, simulate

_BAR: Final = 24
_PICTURE: Final = "throughput"
_FORMS: Final[Mapping[Form, tuple[type, str]]] = {
    Form.INTEGER: (int, "a whole number"),
    Form.SECONDS: (int, "a whole number"),
    Form.HOURS: (int, "a whole number"),
    Form.BOOLEAN: (bool, "true or false"),
    Form.TEXT: (str, "a text"),
    Form.LIST: (list, "a list, as JSON"),
    Form.RECORD: (dict, "a record, as JSON"),
}
HEADS: Final = ("invocations", "records/s", "lag s", "at a time", "errors", "throttles", "given up", "lost")


@dataclass(frozen=True)
class Sweep:
    """What a sweep found.

    Args:
        path: the mapping.
        sentence: what every run got.
        rows: the values of each run, and the figures that came out.
    """

    path: str
    sentence: str
    rows: tuple[tuple[Mapping[str, Any], Mapping[str, float]], ...]

    def in_form(self, form: str) -> str:
        """The figures side by side, as ``text``, ``json`` or ``html``."""
        if form == "html":
            return sweep_page(self.path, self.sentence, self.rows)
        if form == "json":
            return json.dumps([{**changed, **found} for changed, found in self.rows], indent=2)
        most = max((found["records/s"] for _, found in self.rows), default=0)
        lines = [{**changed, **found, _PICTURE: _bar(found, most)} for changed, found in self.rows]
        return text_table(lines, [*(self.rows[0][0] if self.rows else ()), *HEADS, _PICTURE])


def sweep(plan: MappingPlan, given: Sequence[str], handler: Any, records: Arrivals, **options: Any) -> Sweep:
    """Run every combination of the given values on the same records.

    Raises:
        EsmError: a setting is not one of the source, or AWS takes no such value.
    """
    names, values = zip(*(_setting(plan, one) for one in given), strict=True)
    rows = []
    for combination in product(*values):
        changed = dict(zip(names, combination, strict=True))
        trace = simulate(_with(plan, changed), handler, records, keep="summary", **options)
        rows.append((changed, figures(trace, records)))
    sentence = f"{records.count:,} records arrive, {records.rate:,g} a second"
    if isinstance(took := options.get("duration"), int | float) and took:
        sentence += f", and an invocation takes {took:g} s"
    return Sweep(plan.path, sentence + ".", tuple(rows))


def figures(trace: Trace, records: Any) -> dict[str, float]:
    """What a person chooses by."""
    summary = trace.summary
    arriving = records.count / records.rate if isinstance(records, Arrivals) and records.rate else summary.ended
    # What fails is tried again long after the others: it says nothing of how fast they are.
    took = max(summary.processed_until, 0.001)
    return {
        "invocations": summary.invocations,
        "records/s": round(summary.ends.get("processed", 0) / took, 1),
        "lag s": round(max(0.0, summary.processed_until - arriving), 2),
        "at a time": summary.most_concurrent,
        "errors": summary.errors,
        "throttles": summary.throttles,
        "given up": sum(summary.ends.get(end, 0) for end in ("dead-letter", "destination")),
        "lost": summary.lost,
    }


def _setting(plan: MappingPlan, given: str) -> tuple[str, list[Any]]:
    """A setting by its keyword or by CloudFormation's name, and the values to try."""
    name, between, values = given.partition("=")
    known = {setting.keyword: setting.name for setting in plan.facts.settings if setting.keyword}
    found = known.get(name, name)
    if found not in plan.facts.by_name or not between:
        raise EsmError(f"--sweep {given}: write SETTING=A,B; {plan.facts.label} takes {', '.join(known)}")
    setting = plan.facts.by_name[found]
    return found, [_value(setting, value.strip(), given) for value in values.split(",")]


def _value(setting: Setting, text: str, given: str) -> Any:
    """A value that AWS would take: of any other, a run would say nothing that is true."""
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    wanted, word = _FORMS[setting.form]
    is_one = isinstance(value, wanted) and isinstance(value, bool) == (wanted is bool)
    if not is_one or (isinstance(value, int) and not setting.admits(value)):
        allowed = f", {setting.range_text}" if wanted is int else ""
        raise EsmError(f"--sweep {given}: {text!r} is no value of {setting.name}; it takes {word}{allowed}")
    if isinstance(value, str) and setting.choices and value not in setting.choices:
        raise EsmError(f"--sweep {given}: {text!r} is no value of {setting.name}; it takes {setting.range_text}")
    return value


def _with(plan: MappingPlan, changed: Mapping[str, Any]) -> MappingPlan:
    settings: dict[str, Any] = dict(plan.settings)
    for name, value in changed.items():
        outer, _, inner = name.partition(".")
        settings[outer] = {**(settings.get(outer) or {}), inner: value} if inner else value
    return replace(plan, settings=settings)


def _bar(found: Mapping[str, float], most: float) -> str:
    return "#" * round(_BAR * found["records/s"] / most) if most else ""
