"""What a list of deployed mappings shows against the templates: what is off, fails, or was changed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cdk_esm.diff.changes import ADVICE, Change
from cdk_esm.diff.deployed import Deployed
from cdk_esm.diff.filters import normal
from cdk_esm.diff.inputs import MappingHere, Side
from cdk_esm.diff.kinds import live as kinds
from cdk_esm.diff.tying import tie
from cdk_esm.diff.updates import hidden, said
from cdk_esm.facts import Form, Setting, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.sources.common import FILTER_KEY_ARN
from cdk_esm.sources.live_mapping import DELETING, GOOD_RESULTS, NOT_COMPARED, OFF, ON, STATES, STOPPED
from cdk_esm.sources.stream_settings import FOREVER
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.unread import Skipped

_FILTERS: Final = "FilterCriteria"
_MOST_NAMED: Final = 3
_FORMS: Final = (Form.INTEGER, Form.SECONDS, Form.BOOLEAN, Form.LIST, Form.TEXT)


@dataclass
class Live:
    """What was found.

    Args:
        changes: what is to be told.
        skipped: deployed mappings of which nobody can say whether a template has them.
    """

    changes: list[Change] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def look(old: Side, new: Side, deployed: Sequence[Deployed]) -> Live:
    """Compare what is deployed with the templates that it was deployed from.

    Args:
        old: those templates.
        new: what is to be deployed.
        deployed: the list of what is there.
    """
    ties = tie(old, new, deployed)
    found = Live()
    for mapping, one in ties.tied:
        found.changes += _state(mapping, one)
        found.changes += _drift(mapping, one)
    for one in ties.foreign:
        message = f"it reads {one.said()}{_trouble(one)}"
        found.changes.append(kinds.LIVE_UNKNOWN.change(one.place, message, after=one.uuid))
    for mapping in ties.missing:
        if stands(old.evaluator(mapping.resource), mapping.resource) is True:
            message = "no mapping of the list has its source and its function"
            found.changes.append(kinds.LIVE_MISSING.change(mapping.place, message, before=mapping.resource.logical_id))
    found.skipped = [_not_tied(one, mappings) for one, mappings in ties.open]
    return found


def _not_tied(one: Deployed, mappings: list[MappingHere]) -> Skipped:
    names = [mapping.place.path for mapping in mappings[:_MOST_NAMED]]
    more = f" or {len(mappings) - _MOST_NAMED} more" if len(mappings) > _MOST_NAMED else ""
    return Skipped(
        one.uuid,
        f"it may be {' or '.join(names)}{more}, and nothing tells which mapping of the templates it is; it reads "
        f"{one.said()}{_trouble(one)}",
        "compare it by hand, or agree to it with --allow-unjudged",
        one.file,
    )


def _trouble(one: Deployed) -> str:
    wrong = list(_failures(one))
    return f"; {'; '.join(wrong)}" if wrong else ""


def _failures(one: Deployed) -> Iterator[str]:
    """What Lambda itself says is wrong."""
    state, reason, result = one.text("State"), one.text("StateTransitionReason"), one.text("LastProcessingResult")
    if state and state not in STATES:
        yield f"State: {state}"
    for code, meaning in STOPPED.items():
        if code in reason:
            yield f"StateTransitionReason: {reason}, so {meaning}"
    if result and result not in GOOD_RESULTS and state not in OFF:
        yield f"LastProcessingResult: {result}"


def _state(mapping: MappingHere, one: Deployed) -> Iterator[Change]:
    wanted = {plan.setting("Enabled") for plan in mapping.plans}
    state = one.text("State")
    values: dict[str, Any] = {"setting": "Enabled", "after": state in ON}
    if state in OFF and wanted != {False}:
        certain = wanted == {True}
        yield kinds.LIVE_DISABLED.change(
            mapping.place,
            f"State: {state} ({one.text('StateTransitionReason') or 'without a reason'}), UUID {one.uuid}"
            + ("" if certain else "; only the deployment knows whether the template has it enabled"),
            severity=None if certain else ADVICE,
            fix=kinds.LIVE_MISSING.fix if state == DELETING else kinds.LIVE_DISABLED.fix.replace("UUID", one.uuid),
            before=True if certain else None,
            **values,
        )
    elif state in ON and wanted == {False}:
        yield kinds.LIVE_DRIFT.change(
            mapping.place, "Enabled: false in the template, true in Lambda", before=False, **values
        )
    for wrong in _failures(one):
        yield kinds.LIVE_FAILED.change(mapping.place, f"{wrong}, UUID {one.uuid}", after=one.uuid)


def _drift(mapping: MappingHere, one: Deployed) -> Iterator[Change]:
    """Values that differ from the template, in whichever way its conditions turn out."""
    found = [dict(_differences(plan, one)) for plan in mapping.plans]
    for name in found[0] if found else ():
        if all(name in differences for differences in found):
            before, after = found[0][name]
            message = f"{name}: {said(before)} in the template, {said(after)} in Lambda"
            yield kinds.LIVE_DRIFT.change(mapping.place, message, setting=name, before=before, after=after)


def _differences(plan: MappingPlan, one: Deployed) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for setting in plan.facts.settings:
        if _is_compared(setting, plan):
            before, after = _in_template(plan, setting), _in_lambda(one, setting)
            if not hidden(before) and not _same(setting, before, after):
                yield setting.name, (before, after)
    yield from _other_key(plan, one)
    if plan.filter_key is None and "FilterCriteriaError" not in one.body and not isinstance(plan.filters, Unknowable):
        wanted = [pattern for pattern in plan.filters if isinstance(pattern, str)]
        there = _patterns(one)
        if len(wanted) == len(plan.filters) and set(map(normal, wanted)) != set(map(normal, there)):
            yield _FILTERS, (wanted, there)


def _other_key(plan: MappingPlan, one: Deployed) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """The key of the filter patterns, where the template says its ARN or says that there is none."""
    before, after = plan.given(FILTER_KEY_ARN.name), one.value(FILTER_KEY_ARN.name) or None
    if before != after and (before is None or (isinstance(before, str) and ":key/" in before)):
        yield FILTER_KEY_ARN.name, (before, after)


def _is_compared(setting: Setting, plan: MappingPlan) -> bool:
    """Whether the list gives it in the template's form; what cannot change says which mapping it is, and no more."""
    top = setting.name.partition(".")[0]
    if top in (*NOT_COMPARED, _FILTERS) or ".SchemaRegistryConfig" in setting.name or setting.form not in _FORMS:
        return False
    tops = [one.name for one in plan.facts.settings if one.create_only]
    return not (setting.create_only or setting.fixed or setting.fixed_is_reported or top in tops)


def _in_template(plan: MappingPlan, setting: Setting) -> Any:
    """Its value as Lambda should have it; nothing in a record that is not given."""
    top, dot, _ = setting.name.partition(".")
    return None if dot and plan.given(top) is None else plan.setting(setting.name)


def _in_lambda(one: Deployed, setting: Setting) -> Any:
    top, dot, _ = setting.name.partition(".")
    value = one.value(setting.name)
    return setting.default if value is None and (not dot or one.value(top)) else value


def _same(setting: Setting, before: Any, after: Any) -> bool:
    if setting.form is Form.LIST:
        return set(map(str, before or ())) == set(map(str, after if isinstance(after, list | tuple) else ()))
    if setting.minimum == FOREVER and before == FOREVER:
        return after in (FOREVER, setting.maximum)  # which is how Lambda has said it before
    if before is None and setting.default is None:
        # Lambda says a zero or an empty text in the place of no value, and fills in a word of a few by itself.
        return not after or bool(setting.choices)
    return bool(before == after)


def _patterns(one: Deployed) -> list[str]:
    """The filter patterns as Lambda has them."""
    entries = one.value("FilterCriteria.Filters")
    listed = entries if isinstance(entries, list) else ()
    found = [entry.get("Pattern") for entry in listed if isinstance(entry, dict)]
    return [pattern for pattern in found if isinstance(pattern, str)]
