from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM506"


@pytest.mark.parametrize(
    "text", ['{"body": ["created"]}', '{"$or": [{"body": [{"prefix": "a"}]}, {"body": {"a": [1]}}]}']
)
def test_list_under_the_payload_is_pointed_out(text: str) -> None:
    assert ids(replace(mapping(), filters=(text,)), select=[ID]) == [ID]


def test_message_says_what_becomes_of_json() -> None:
    (finding,) = check([replace(mapping(), filters=('{"body": ["created"]}',), door="construct")], select=[ID])

    assert finding.message.startswith("filters[0].body compares the whole body as a text")
    assert finding.message.endswith("Lambda deletes it from the queue")
    assert finding.fix == 'if the messages are JSON, name the key: {"body": {"key": [...]}}'


@pytest.mark.parametrize("text", ['{"body": {"type": ["created"]}}', '{"body": []}', '{"data": ["a"]}', "no json"])
def test_pattern_for_json_or_one_of_another_fault_is_not(text: str) -> None:
    assert ids(replace(mapping(), filters=(text,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping(), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping(), filters=(hidden,)), select=[ID]) == []
