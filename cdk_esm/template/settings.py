"""A mapping's properties as a plan keeps them: each in the form that its fact sheet gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.facts import UNKNOWN, Form, SourceFacts, Unknowable
from cdk_esm.plan import Gap, Malformed
from cdk_esm.printed import counted
from cdk_esm.template.cloudformation.values import (
    Evaluated,
    Hole,
    Pointer,
    Text,
    flag,
    listed,
    moment,
    number,
    plain,
    text,
)

_ACCEPTED: Final = {
    Form.INTEGER: "a whole number",
    Form.SECONDS: "a whole number of seconds",
    Form.HOURS: "a whole number of hours",
    Form.MOMENT: "a number of Unix seconds",
    Form.BOOLEAN: "true or false",
    Form.TEXT: "a text",
    Form.LIST: "a list",
    Form.RECORD: "an object",
}
_READ: Final = {
    Form.INTEGER: number,
    Form.SECONDS: number,
    Form.HOURS: number,
    Form.MOMENT: moment,
    Form.BOOLEAN: flag,
    Form.TEXT: text,
}
_LONGEST_SHOWN: Final = 80
_SHORT_NAME: Final = re.compile(r"(AWS::)?\w{1,60}")


def settled(given: Mapping[str, Evaluated], sheet: SourceFacts) -> tuple[dict[str, Any], tuple[Malformed, ...]]:
    """The settings, and those among them that have a form which CloudFormation does not take."""
    malformed: list[Malformed] = []
    settings = {name: _settled(name, value, sheet, malformed) for name, value in given.items() if value is not None}
    _check_filters(settings, malformed)
    return settings, tuple(malformed)


def _settled(name: str, value: Evaluated, sheet: SourceFacts, malformed: list[Malformed]) -> Any:
    setting = sheet.by_name.get(name)
    if setting is None or isinstance(value, Hole):
        return plain(value)
    if setting.form is Form.RECORD and isinstance(value, dict):
        return {key: _settled(f"{name}.{key}", member, sheet, malformed) for key, member in value.items()}
    kept: Any = plain(value)
    if setting.form in _READ:
        kept = _READ[setting.form](value)
    elif setting.form is Form.RECORD or not isinstance(value, list):
        kept = kept if isinstance(kept, Unknowable) else UNKNOWN
    if kept is UNKNOWN:
        malformed.append(_malformed(name, value, _ACCEPTED[setting.form]))
    return kept


def _malformed(name: str, value: Evaluated, accepted: str) -> Malformed:
    return Malformed(problem="type", keyword=name, got=_shown(value), accepted=accepted, fix=f"give {accepted}")


def _shown(value: Evaluated) -> str:
    """A value in words, however large it is."""
    kept = plain(value)
    if isinstance(kept, dict | list):
        many = len(kept)
        return f"an object with {counted(many, 'member', '')}" if isinstance(kept, dict) else f"a list of {many}"
    written = repr(kept)
    return written if len(written) <= _LONGEST_SHOWN else f"{written[:_LONGEST_SHOWN]}…"


def _check_filters(settings: dict[str, Any], malformed: list[Malformed]) -> None:
    """Note a filter that is no object with a pattern in it."""
    criteria = settings.get("FilterCriteria")
    if not isinstance(criteria, dict) or criteria.get("Filters") is None:
        return
    filters = criteria["Filters"]
    if isinstance(filters, Unknowable):
        return
    if not isinstance(filters, list):
        malformed.append(_malformed("FilterCriteria.Filters", filters, "a list"))
        criteria["Filters"] = UNKNOWN
        return
    if not filters:  # the API takes it, CloudFormation's schema does not
        malformed.append(_malformed("FilterCriteria.Filters", filters, "a list with at least one filter"))
    for place, one in enumerate(filters):
        pattern = one.get("Pattern", "") if isinstance(one, dict) else one
        if not isinstance(one, dict | Unknowable) or (
            isinstance(one, dict) and not any(str(key).casefold() == "pattern" for key in one)
        ):
            malformed.append(_malformed(f"FilterCriteria.Filters[{place}]", one, "an object with a Pattern"))
        elif not isinstance(pattern, str | Unknowable):
            malformed.append(_malformed(f"FilterCriteria.Filters[{place}].Pattern", pattern, "a JSON text"))


def pattern_parts(given: Mapping[str, Evaluated]) -> dict[int, tuple[str | Gap, ...]]:
    """The parts of each filter pattern of which only the deployment knows some."""
    criteria = given.get("FilterCriteria")
    filters = criteria.get("Filters") if isinstance(criteria, Mapping) else None
    patterns = [one.get("Pattern") if isinstance(one, Mapping) else None for one in listed(filters)]
    return {
        place: tuple(part if isinstance(part, str) else Gap(_gap_name(part)) for part in pattern.parts)
        for place, pattern in enumerate(patterns)
        if isinstance(pattern, Text)
    }


def _gap_name(part: Hole | Pointer) -> str:
    """What is in a message for a part that is not known: as ``Fn::Sub`` writes it, if that is short."""
    if isinstance(part, Pointer):
        return f"{part.resource.logical_id}.{part.attribute}".removesuffix(".Ref")
    last = part.name.rpartition(".")[2]
    return last if _SHORT_NAME.fullmatch(last) else "..."


def patterns_of(settings: Mapping[str, Any]) -> tuple[str | Unknowable, ...] | Unknowable:
    """The raw texts of the filter patterns."""
    criteria = settings.get("FilterCriteria")
    filters = criteria.get("Filters") if isinstance(criteria, Mapping) else criteria
    if isinstance(filters, Unknowable):
        return filters
    if not isinstance(filters, list):
        return ()
    patterns = [one.get("Pattern") if isinstance(one, Mapping) else one for one in filters]
    return tuple(one if isinstance(one, str | Unknowable) else UNKNOWN for one in patterns)
