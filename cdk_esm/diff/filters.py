"""Filters: whether the new ones surely let through all that the old ones did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from cdk_esm.diff.changes import Change, Kind, Place
from cdk_esm.diff.kinds import settings as kinds
from cdk_esm.errors import FilterPatternError
from cdk_esm.facts import Unknowable
from cdk_esm.filters import Pattern, parse
from cdk_esm.filters.covering import all_covered
from cdk_esm.plan import MappingPlan

_SETTING: Final = "FilterCriteria"
_LONGEST_SHOWN: Final = 120
_MOST_SHOWN: Final = 3


def changes(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """The one change of the filters, if there is one; patterns that only the deployment knows are not compared."""
    before, after = _texts(old), _texts(new)
    if before is None or after is None or before == after:
        return
    kind, message = _judged(before, after)
    if kind is None:
        return
    if kind is not kinds.FILTERS_WIDER:
        message += f"; where a record matches none, Lambda {new.facts.unmatched}"
    yield kind.change(place, message, setting=_SETTING, before=before, after=after)


def _texts(plan: MappingPlan) -> tuple[str, ...] | None:
    if isinstance(plan.filters, Unknowable):
        return None
    known = [one for one in plan.filters if isinstance(one, str)]
    return tuple(known) if len(known) == len(plan.filters) else None


def _judged(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[Kind | None, str]:
    if not before:
        return kinds.FILTERS_NARROWER, f"the first filters: {_shown(after)}"
    if not after:
        return kinds.FILTERS_WIDER, f"no filters any more, instead of {_shown(before)}"
    known_before, known_after = set(map(normal, before)), set(map(normal, after))
    gone = [one for one in before if normal(one) not in known_after]
    came = [one for one in after if normal(one) not in known_before]
    return _weighed(before, after, gone, came) if gone or came else (None, "")


def _weighed(
    before: tuple[str, ...], after: tuple[str, ...], gone: list[str], came: list[str]
) -> tuple[Kind | None, str]:
    """Weigh the patterns that are gone against those that came."""
    old, new = _patterns(before), _patterns(after)
    as_wide = not gone or (old is not None and new is not None and all_covered(new, old))
    as_narrow = not came or (old is not None and new is not None and all_covered(old, new))
    if as_wide and as_narrow:
        return None, ""
    message = f"gone: {_shown(gone)}" if not came else f"more: {_shown(came)}" if not gone else ""
    kind = kinds.FILTERS_WIDER if as_wide else kinds.FILTERS_NARROWER if as_narrow else kinds.FILTERS_CHANGED
    return kind, message or f"{_shown(gone)} becomes {_shown(came)}"


def normal(text: str) -> str:
    """Return the same text for patterns that say the same, however they are written."""
    with suppress(FilterPatternError):
        pattern = parse(text)
        if not pattern.duplicates:
            return pattern.render()
    with suppress(ValueError, RecursionError):
        return json.dumps(json.loads(text), sort_keys=True)
    return text


def _patterns(texts: tuple[str, ...]) -> list[Pattern] | None:
    """The patterns, if AWS takes every one of them."""
    try:
        return [parse(text) for text in texts]
    except FilterPatternError:
        return None


def _shown(texts: list[str] | tuple[str, ...]) -> str:
    cut = [text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…" for text in texts[:_MOST_SHOWN]]
    more = f" and {len(texts) - _MOST_SHOWN} more" if len(texts) > _MOST_SHOWN else ""
    return ", ".join(cut) + more
