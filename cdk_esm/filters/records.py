"""What a filter can see of a record, source by source, and what becomes of a record that matches no filter.

The facts stand in the sheets of the sources, with the pages that they were read from; this is how filters see them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cdk_esm.facts import Records, SourceFacts
from cdk_esm.sources import SOURCES
from cdk_esm.sources.common import FILTERS_LIMIT, FILTERS_QUOTA

QUOTA: Final = FILTERS_QUOTA.value
"""Filters of one mapping, unless the quota was raised."""

MOST_FILTERS: Final = FILTERS_LIMIT.value
"""Filters of one mapping with the quota raised."""

_NOTHING: Final = Records(payload="", encoding="object", metadata={})


@dataclass(frozen=True)
class RecordFacts:
    """How one source's records meet a filter.

    Args:
        kind: the source kind, as plans name it.
        label: the service's name for it.
        payload: the key of the payload in a pattern; ``None`` where the service offers no filters.
        encoding: how a record carries the payload: ``text``, ``base64`` or ``object``.
        envelope: the key of a record that holds payload and metadata; ``None`` where the record does itself.
        metadata: keys beside the payload, with those of a value that is an object set to True.
        proved: keys beside the payload on which AWS was seen to filter, though the page names the payload only.
        metadata_never_matches: the page names the payload only, and an unmatched record is lost for good.
        takes_text: a pattern may be for plain text; where not, the service refuses a pattern that is no JSON object.
        mismatch: a payload of the other form than the pattern's: ``unmatched``, or ``metadata`` where the rest of the
            pattern decides alone.
        unmatched: what the service does with a record that matches no filter.
    """

    kind: str
    label: str
    payload: str | None
    encoding: str
    envelope: str | None
    metadata: Mapping[str, bool]
    proved: tuple[str, ...]
    metadata_never_matches: bool
    takes_text: bool
    mismatch: str
    unmatched: str


def _seen(sheet: SourceFacts) -> RecordFacts:
    records = sheet.records or _NOTHING
    return RecordFacts(
        kind=sheet.kind,
        label=sheet.label,
        payload=sheet.filter_key,
        encoding=records.encoding,
        envelope=records.envelope,
        metadata=records.metadata,
        proved=records.proved,
        metadata_never_matches=records.metadata_never_matches,
        takes_text=records.takes_text,
        mismatch="unmatched" if sheet.other_format is None else "metadata",
        unmatched=sheet.unmatched,
    )


RECORDS: Final[Mapping[str, RecordFacts]] = {kind: _seen(sheet) for kind, sheet in SOURCES.items()}
"""Source kind to what a filter can see of its records."""
