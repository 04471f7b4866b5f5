"""What is recorded of Amazon MQ is what our sheets say; of Amazon DocumentDB nothing is recorded yet."""

import base64
import json
from pathlib import Path
from typing import Any, Final

import pytest

from cdk_esm import filters
from cdk_esm.filters.events import records_in, source_of
from cdk_esm.sources import SOURCES
from cdk_esm.sources.mq_settings import QUEUES

TRUTH: Final = Path(__file__).parents[3] / "shared" / "truth" / "recorded.json"
BROKERS: Final = ("activemq", "rabbitmq", "documentdb")

pytestmark = pytest.mark.skipif(not TRUTH.exists(), reason="AWS's answers are not part of this project")


def recorded() -> dict[str, list[dict[str, Any]]]:
    """The parts of the recording with their cases about brokers and document clusters."""
    parts = json.loads(TRUTH.read_text(encoding="utf-8"))
    return {name: [one for one in part if _of_broker(one)] for name, part in parts.items() if isinstance(part, list)}


def _of_broker(case: dict[str, Any]) -> bool:
    source = case.get("source")
    kind = source.get("type") if isinstance(source, dict) else source
    return kind in BROKERS or case["id"].partition("/")[0] in (*BROKERS, "mq", "docdb")


def test_every_case_about_a_broker_is_looked_at_here() -> None:
    """A refusal, a default or a behaviour that is recorded one day wants a test of its own."""
    assert {name for name, cases in recorded().items() if cases} == {"event_shapes"}
    assert {case["source"] for case in recorded()["event_shapes"]} == {"activemq", "rabbitmq"}


def test_the_payload_of_each_message_is_where_the_sheet_says() -> None:
    for case in recorded()["event_shapes"]:
        shape = SOURCES[case["source"]].records
        for record in records_in(case["event"]):
            assert source_of(record) == case["source"], case["id"]
            assert base64.b64decode(record[shape.payload], validate=True)


def test_a_filter_reads_the_json_in_a_message_and_lets_every_other_format_pass() -> None:
    for case in recorded()["event_shapes"]:
        asked = filters.compile(case["source"], [{"data": {"timeout": [0]}}])
        other = filters.compile(case["source"], [{"data": {"timeout": [1]}}])
        for record in records_in(case["event"]):
            text = base64.b64decode(record["data"])
            wanted = not text.startswith(b"{") or json.loads(text)["timeout"] == 0

            assert asked.matches(record) is wanted, (case["id"], text)
            assert other.matches(record) is not text.startswith(b"{"), (case["id"], text)


def test_the_queue_of_a_mapping_is_in_the_event_by_its_name() -> None:
    for case in recorded()["event_shapes"]:
        event = case["event"]
        names = [one["destination"]["physicalName"] for one in event.get("messages", ())]
        names += [name.partition("::")[0] for name in event.get("rmqMessagesByQueue", ())]

        assert names
        assert all(QUEUES.longest_member is None or len(name) <= QUEUES.longest_member for name in names), case["id"]
