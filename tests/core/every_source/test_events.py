"""The event of every source is recognized, its records are found, and its filters see them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from cdk_esm import filters
from cdk_esm.filters import FilterPatternError
from cdk_esm.filters.events import records_in, source_of
from cdk_esm.sources import SOURCES
from tests.core.every_source.events import EVENT, RECORD

KINDS: Final = tuple(SOURCES)
ALIKE: Final = {"kinesis-efo": "kinesis", "msk-serverless": "msk"}
"""A source whose events look like those of another one, to the other one."""

FILTERED: Final = tuple(kind for kind, sheet in SOURCES.items() if sheet.filter_key is not None)
PATTERNS: Final[Mapping[str, dict[str, Any]]] = {
    kind: {
        sheet.filter_key: {"type": ["created"]}
        if not sheet.records.typed_attributes
        else {"NewImage": {"type": {"S": ["created"]}}}
    }
    for kind, sheet in SOURCES.items()
    if sheet.filter_key is not None
}

RECORDED: Final = Path(__file__).parents[4] / "shared" / "truth" / "recorded.json"
recorded = pytest.mark.skipif(not RECORDED.exists(), reason="what was recorded is not part of this project")


def test_there_is_a_sample_of_every_source() -> None:
    assert set(EVENT) == set(RECORD) == set(SOURCES)


@pytest.mark.parametrize("kind", KINDS)
def test_the_event_of_a_source_is_recognized_and_its_records_are_found(kind: str) -> None:
    assert source_of(EVENT[kind]) == ALIKE.get(kind, kind)
    assert records_in(EVENT[kind]) == [RECORD[kind]]


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_that_the_source_goes_by_in_an_event_is_recognized(kind: str) -> None:
    """Also where there is no record in it, for then nothing but the name tells."""
    shape = SOURCES[kind].records
    told = {source_of({"eventSource": name, shape.holder: {} if shape.grouped else []}) for name in shape.event_sources}

    assert told <= {kind, ALIKE.get(kind), "sqs"}
    assert len(told) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_alone_tells_its_source_by_its_mark(kind: str) -> None:
    record = {key: value for key, value in RECORD[kind].items() if key != "eventSource"}
    kafka = {"msk", "msk-serverless", "self-managed-kafka"}

    assert source_of(record) == ("msk" if kind in kafka else ALIKE.get(kind, kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_has_the_keys_that_the_sheet_names(kind: str) -> None:
    shape, record = SOURCES[kind].records, RECORD[kind]
    inside = record if shape.envelope is None else record[shape.envelope]

    assert shape.holder in EVENT[kind]
    assert isinstance(EVENT[kind][shape.holder], dict) is shape.grouped
    assert shape.payload is None or shape.payload in inside
    assert set(record) <= {*shape.metadata, shape.payload, shape.envelope, shape.mark.split(".")[0]}
    for key, is_object in shape.metadata.items():
        value = record.get(key, inside.get(key))
        assert value is None or isinstance(value, dict | list) is is_object, key


@pytest.mark.parametrize("kind", FILTERED)
def test_the_filters_of_a_source_see_the_payload_of_its_record(kind: str) -> None:
    wanted = filters.compile(kind, [PATTERNS[kind]])
    other = filters.compile(kind, [json.loads(json.dumps(PATTERNS[kind]).replace("created", "cancelled"))])

    assert wanted.findings == ()
    assert wanted.matches(RECORD[kind])
    assert not other.matches(RECORD[kind])
    assert SOURCES[kind].unmatched in other.explain(RECORD[kind]).consequence


@pytest.mark.parametrize("kind", FILTERED)
def test_a_pattern_is_proposed_from_the_event_of_a_source(kind: str) -> None:
    proposal = filters.propose(EVENT[kind], source=kind)

    assert proposal.source == kind
    assert filters.compile(kind, [proposal.pattern]).matches(RECORD[kind])


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(FILTERED)))
def test_a_source_without_filters_takes_none(kind: str) -> None:
    assert filters.compile(kind, []).matches(RECORD[kind])
    with pytest.raises(FilterPatternError, match="offers no event filtering"):
        filters.compile(kind, [{"event": {"operationType": ["insert"]}}])
    with pytest.raises(FilterPatternError, match="no record of a source that has filters"):
        filters.propose(EVENT[kind])


def shapes() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(RECORDED.read_text(encoding="utf-8"))["event_shapes"]
    return found


def kind_of(case: Mapping[str, Any]) -> str:
    """The source kind of a recorded case: its id tells a FIFO queue, and windows are no source."""
    return "sqs-fifo" if case["id"].startswith("sqs-fifo") else case["source"].removesuffix("-window")


@recorded
def test_recorded_events_are_recognized() -> None:
    found = {case["id"]: source_of(case["event"]) for case in shapes()}

    assert len(found) > 20
    assert found == {case["id"]: kind_of(case) for case in shapes()}


@recorded
def test_recorded_records_have_the_keys_that_the_sheets_name() -> None:
    """Samples of others disagree with each other, so that of these only the records are looked for."""
    for case in shapes():
        sheet, records = SOURCES[kind_of(case)], records_in(case["event"])
        shape = sheet.records
        assert records, case["id"]
        for record in records if case["authority"] == "aws-recorded" else ():
            inside = {} if shape.envelope is None else record[shape.envelope]
            assert {*record, *inside} <= {*shape.metadata, shape.payload, shape.envelope}, case["id"]
            assert record["eventSource"] == shape.event_sources[0]
