"""The sheets of mappings whose source is known in part only: what holds for each source that it can be.

They are made from the sheets of those sources, so they add no number: a range is the widest of theirs, a
setting is taken if one of them takes it, and something is required if each of them requires it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from cdk_esm.facts import Setting, SourceFacts

T = TypeVar("T")
_ANY: Final = "whatever the source takes"


def merged(kind: str, label: str, sheets: Sequence[SourceFacts]) -> SourceFacts:
    """Make the sheet of a source that is one of several.

    Args:
        kind: the kind, as plans name it.
        label: what all of them are called.
        sheets: their own sheets.
    """
    timeouts = [sheet.longest_timeout for sheet in sheets if sheet.longest_timeout is not None]
    payload = _same(sheet.records.payload for sheet in sheets)
    first = sheets[0]
    return replace(
        first,
        kind=kind,
        label=label,
        construct=None,
        arn_service=_same(sheet.arn_service for sheet in sheets),
        settings=_settings(sheets),
        grants=_in_each([sheet.grants for sheet in sheets]),
        pages=tuple(dict.fromkeys(page for sheet in sheets for page in sheet.pages)),
        read=min(sheet.read for sheet in sheets),
        takes_window=any(sheet.takes_window for sheet in sheets),
        window_needed_above=_greatest([sheet.window_needed_above for sheet in sheets]),
        unit=_same(sheet.unit for sheet in sheets) or "record",
        concurrency_words=_same(sheet.concurrency_words for sheet in sheets) or _ANY,
        alarms=_in_each([sheet.alarms for sheet in sheets]),
        records=replace(
            first.records,
            event_sources=tuple(name for sheet in sheets for name in sheet.records.event_sources),
            payload=payload,
            metadata={name: nested for sheet in sheets for name, nested in sheet.records.metadata.items()},
            takes_text=any(sheet.records.takes_text for sheet in sheets),
        ),
        unmatched=_same(sheet.unmatched for sheet in sheets) or _ANY,
        failure_path=_same(sheet.failure_path for sheet in sheets) or _ANY,
        keeps_order=all(sheet.keeps_order for sheet in sheets),
        figures=_in_each([sheet.figures for sheet in sheets]),
        destinations=tuple(dict.fromkeys(one for sheet in sheets for one in sheet.destinations)),
        needs_pollers=_in_each([sheet.needs_pollers for sheet in sheets]),
        once_per_function=all(sheet.once_per_function for sheet in sheets),
        other_format=_same(sheet.other_format for sheet in sheets),
        longest_timeout=max(timeouts, key=lambda one: one.value) if len(timeouts) == len(sheets) else None,
        longest_timeout_everywhere=all(sheet.longest_timeout_everywhere for sheet in sheets),
        authentications=_same(sheet.authentications for sheet in sheets) or (),
        sam_event=_same(sheet.sam_event for sheet in sheets),
        concurrency=_same(sheet.concurrency for sheet in sheets),
        reads=_in_each([sheet.reads for sheet in sheets]),
        id_holds=_in_each([sheet.id_holds for sheet in sheets]),
        pages_on={
            topic: page
            for topic, page in first.pages_on.items()
            if all(sheet.pages_on.get(topic) == page for sheet in sheets)
        },
    )


def _settings(sheets: Sequence[SourceFacts]) -> tuple[Setting, ...]:
    """Every setting that one of them takes, in the widest range."""
    names = dict.fromkeys(name for sheet in sheets for name in sheet.by_name)
    found = ([sheet.by_name[name] for sheet in sheets if name in sheet.by_name] for name in names)
    return tuple(_widest(settings, in_each=len(settings) == len(sheets)) for settings in found)


def _widest(settings: Sequence[Setting], *, in_each: bool) -> Setting:
    open_choice = any(not one.choices for one in settings)
    return replace(
        settings[0],
        page=settings[0].page,
        keyword=None,
        minimum=_least([one.minimum for one in settings]),
        maximum=_greatest([one.maximum for one in settings]),
        default=_same(one.default for one in settings) if in_each else None,
        choices=() if open_choice else tuple(dict.fromkeys(word for one in settings for word in one.choices)),
        required=in_each and all(one.required for one in settings),
        create_only=all(one.create_only for one in settings),
        range_is_reported=any(one.range_is_reported for one in settings),
        requirement_is_reported=any(one.requirement_is_reported for one in settings),
        fixed=all(one.fixed for one in settings),
        pattern=_same(one.pattern for one in settings),
        longest_member=_greatest([one.longest_member for one in settings]),
    )


def _same(values: Iterable[T | None]) -> T | None:
    """What all of them are; ``None`` if they differ."""
    first, *others = values
    return first if all(one == first for one in others) else None


def _in_each(lists: Sequence[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(one for one in lists[0] if all(one in other for other in lists[1:]))


def _least(bounds: Sequence[int | None]) -> int | None:
    known = [one for one in bounds if one is not None]
    return min(known) if len(known) == len(bounds) else None


def _greatest(bounds: Sequence[int | None]) -> int | None:
    known = [one for one in bounds if one is not None]
    return max(known) if len(known) == len(bounds) else None
