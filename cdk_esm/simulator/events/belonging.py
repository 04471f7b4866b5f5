"""Whether an object that somebody gives as a record is one of another source, or a whole event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.errors import EsmError
from cdk_esm.facts import SourceFacts
from cdk_esm.sources import SOURCES

_KAFKA: Final = frozenset({"topic", "partition", "offset", "timestampType"})
_ACTIVEMQ: Final = frozenset({"messageID", "messageType", "data"})
_RABBITMQ: Final = frozenset({"basicProperties", "redelivered", "data"})
_KEYS: Final[Mapping[str, frozenset[str]]] = {"msk": _KAFKA, "activemq": _ACTIVEMQ, "rabbitmq": _RABBITMQ}
"""Records that do not say of which source they are, by what they have."""
_MARKS: Final[Mapping[str, tuple[str, str]]] = {
    name: (facts.kind, facts.records.mark)
    for facts in reversed(list(SOURCES.values()))  # of one name, the first source decides
    if facts.records.holder == "Records"
    for name in facts.records.event_sources
}
"""What ``eventSource`` says in a record, to the source and to what else its records have."""
_HOLDERS: Final = frozenset(facts.records.holder for facts in SOURCES.values())
_TELLING: Final = frozenset({"eventSource", "timestampType", "messageType", "basicProperties"}) | _HOLDERS


def check_belongs(payload: Mapping[str, Any], facts: SourceFacts, name: str) -> None:
    """Refuse a record of another source, and an event in the place of its records.

    Args:
        payload: what the record holds.
        facts: the sheet of the source.
        name: what the trace calls the record.

    Raises:
        EsmError: it is one of these.
    """
    if _TELLING.isdisjoint(payload):
        return
    holder = next((one for one in _HOLDERS if one in payload), None)
    if holder is not None and _is_event(payload, payload[holder]):
        here = f'event["{holder}"]'
        raise EsmError(
            f"{name} is a whole event; give the records in it, {here}, or json.dumps(event) to send it as text"
        )
    other = _made_for(payload)
    if other is not None and other.shape != facts.shape and other.records.mark != facts.records.mark:
        what = f"{name} is a record of an {other.label}, and the mapping reads an {facts.label}"
        raise EsmError(f"{what}; give what it holds, or json.dumps(record) to send it as text")


def _is_event(payload: Mapping[str, Any], held: Any) -> bool:
    if payload.get("eventSource") is not None:
        return any(payload["eventSource"] in facts.records.event_sources for facts in SOURCES.values())
    return isinstance(held, list) and bool(held) and isinstance(held[0], Mapping) and _made_for(held[0]) is not None


def _made_for(record: Mapping[str, Any]) -> SourceFacts | None:
    """The source that a record was made for; ``None`` if it could be anything."""
    kind, mark = _MARKS.get(str(record.get("eventSource")), ("", ""))
    if kind and mark in record:
        return SOURCES[kind]
    return next((SOURCES[kind] for kind, keys in _KEYS.items() if keys <= record.keys()), None)
