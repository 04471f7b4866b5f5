"""Opens the event of an invocation: the records in it, and the source that they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cdk_esm.facts import SourceFacts
from cdk_esm.sources import SOURCES


def records_in(document: Any) -> list[Any]:
    """The records of an invocation's event; a document that is no event is a record itself."""
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return [document]
    for shape in (sheet.records for sheet in SOURCES.values()):
        held = document.get(shape.holder)
        if not shape.grouped and isinstance(held, list):
            return list(held)
        if shape.grouped and isinstance(held, dict):
            return [record for records in held.values() if isinstance(records, list) for record in records]
    return [document]


def source_of(document: Any) -> str | None:
    """The source kind of an event or of a record; ``None`` if nothing tells it.

    Where the events of two sources look alike, it is the one that the documentation lists first.
    """
    records = records_in(document)
    record = records[0] if records and isinstance(records[0], dict) else {}
    told = [place.get("eventSource") for place in (document, record) if isinstance(place, dict)]
    named = [sheet for sheet in SOURCES.values() if any(name in sheet.records.event_sources for name in told)]
    return _marked(record, named or SOURCES.values()) or (named[0].kind if named else None)


def _marked(record: Mapping[str, Any], sheets: Iterable[SourceFacts]) -> str | None:
    """The source whose mark is in the record: the most particular mark, of such alike the first."""
    marked = [sheet for sheet in sheets if _has(record, sheet.records.mark)]
    return max(marked, key=lambda sheet: sheet.records.mark.count(".")).kind if marked else None


def _has(record: Any, path: str) -> bool:
    for key in path.split("."):
        if not isinstance(record, Mapping) or key not in record:
            return False
        record = record[key]
    return True
