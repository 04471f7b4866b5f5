"""Compares values of a setting side by side: throughput, lag, invocations and failures of the same records."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import product
from typing import Any, Final

from cdk_esm.errors import EsmError
from cdk_esm.facts import Form, Setting
from cdk_esm.plan import MappingPlan
from cdk_esm.printed import counted
from cdk_esm.report.sweep_page import sweep_page
from cdk_esm.report.table import text_table
from cdk_esm.rules.engine import check
from cdk_esm.severity import Severity
from cdk_esm.simulator import Arrivals, Trace, simulate

_BAR: Final = 24
_PICTURE: Final = "throughput"
_FORMS: Final[Mapping[Form, tuple[type, str]]] = {
    Form.INTEGER: (int, "a whole number"),
    Form.SECONDS: (int, "a whole number"),
    Form.HOURS: (int, "a whole number"),
    Form.MOMENT: (int, "a whole number"),
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
        refused: the values that were not run, because AWS refuses such a mapping, and what says so.
    """

    path: str
    sentence: str
    rows: tuple[tuple[Mapping[str, Any], Mapping[str, float]], ...]
    refused: tuple[tuple[Mapping[str, Any], str], ...] = ()

    def in_form(self, form: str) -> str:
        """The figures side by side, as ``text``, ``json`` or ``html``."""
        if form == "html":
            return sweep_page(self.path, " ".join([self.sentence, *self._left_out()]), self.rows)
        if form == "json":
            runs = [{**changed, **found} for changed, found in self.rows]
            return json.dumps([*runs, *({**changed, "refused": why} for changed, why in self.refused)], indent=2)
        most = max((found["records/s"] for _, found in self.rows), default=0)
        lines = [{**changed, **found, _PICTURE: _bar(found, most)} for changed, found in self.rows]
        table = text_table(lines, [*(self.rows[0][0] if self.rows else ()), *HEADS, _PICTURE])
        return "\n".join([table, *self._left_out()])

    def _left_out(self) -> list[str]:
        """What is not run, by the reason, which may be that of many."""
        alike: dict[str, list[str]] = {}
        for changed, why in self.refused:
            alike.setdefault(why, []).append(_named(changed))
        return [
            f"{'; '.join(named)} {'is' if len(named) == 1 else 'are'} not run: {why}." for why, named in alike.items()
        ]


def sweep(plan: MappingPlan, given: Sequence[str], handler: Any, records: Arrivals, **options: Any) -> Sweep:
    """Run every combination of the given values on the same records, but those that AWS refuses.

    Raises:
        EsmError: a setting is not one of the source, a value is not of its form, or AWS refuses all of them.
    """
    names, values = zip(*(_setting(plan, one) for one in given), strict=True)
    rows, refused, before = [], [], _refusals(plan)
    for combination in product(*values):
        changed = dict(zip(names, combination, strict=True))
        new = _refusals(_with(plan, changed))
        if why := [message for broken, message in new.items() if broken not in before]:
            refused.append((changed, "; ".join(why)))
            continue
        trace = simulate(_with(plan, changed), handler, records, keep="summary", **options)
        rows.append((changed, figures(trace, records)))
    if not rows:
        raise EsmError("\n".join(f"--sweep {_named(changed)}: {why}" for changed, why in refused))
    sentence = f"{counted(records.count, 'record')} arrive{'s' * (records.count == 1)}, {records.rate:,.15g} a second"
    if isinstance(took := options.get("duration"), int | float) and took:
        sentence += f", and an invocation takes {took:g} s"
    return Sweep(plan.path, sentence + ".", tuple(rows), tuple(refused))


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
    if found not in plan.facts.by_name:
        close = get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]}? " if close else ""
        raise EsmError(f"--sweep {given}: write SETTING=A,B; {hint}{plan.facts.label} takes {', '.join(known)}")
    if not between:
        raise EsmError(f"--sweep {given}: write the values to compare, with commas between them: {name}=A,B")
    setting = plan.facts.by_name[found]
    return found, [_value(setting, value.strip(), given) for value in values.split(",")]


def _refusals(plan: MappingPlan) -> dict[tuple[str, str], str]:
    """Why AWS refuses the mapping as it is, by the rule and the setting."""
    return {
        (one.rule.id, one.setting): f"AWS refuses it, since {one.message} [{one.rule.id}]; {one.fix}"
        for one in check([plan])
        if one.severity is Severity.ERROR
    }


def _named(changed: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in changed.items())


def _value(setting: Setting, text: str, given: str) -> Any:
    """A value of the setting's form, or ``None`` for none at all; whether AWS takes it the rules say."""
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    if value is None:
        return None
    wanted, word = _FORMS[setting.form]
    if not isinstance(value, wanted) or isinstance(value, bool) != (wanted is bool):
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
