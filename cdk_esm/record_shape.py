"""What the events of a source look like, and what a filter can see of the records in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class RecordShape:
    """The events that a function gets from a source, and the records in them.

    Args:
        event_sources: what ``eventSource`` says, in each record or in the event; the first is what AWS's page shows.
        holder: the key of the event that holds the records.
        grouped: the holder is an object with a list of records for each partition or queue, and not one list.
        mark: a key that only the records of the source have; a dot leads into a nested object.
        payload: the key of the payload in a pattern, such as ``body``; ``None`` if the service offers no filters.
        encoding: how a record carries the payload: ``text``, ``base64`` or ``object``.
        metadata: keys beside the payload, with those of a value that is an object set to True.
        envelope: the key of a record that holds payload and metadata; ``None`` if the record does itself.
        proved: keys beside the payload on which AWS was seen to filter, though the page names the payload only.
        metadata_never_matches: the page names the payload only, and an unmatched record is lost for good.
        takes_text: a pattern may be for plain text; if not, the service refuses a pattern that is no JSON object.
        identifier: the way to what a partial batch response names a record by; of grouped records, the keys of the
            object that does; empty if the service takes no such response.
        typed_attributes: the payload holds attributes, each value under the letter of its type.
    """

    event_sources: tuple[str, ...]
    holder: str
    grouped: bool = False
    mark: str
    payload: str | None = None
    encoding: str
    metadata: Mapping[str, bool] = field(default_factory=dict)
    envelope: str | None = None
    proved: tuple[str, ...] = ()
    metadata_never_matches: bool = False
    takes_text: bool = False
    identifier: tuple[str, ...] = ()
    typed_attributes: bool = False
