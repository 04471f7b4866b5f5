from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.rules.rule import Severity
from cdk_esm.testing.plans import ids, mapping

ID = "ESM506"


@pytest.mark.parametrize(
    "text", ['{"body": ["created"]}', '{"$or": [{"body": [{"prefix": "a"}]}, {"body": {"a": [1]}}]}']
)
def test_list_under_the_payload_is_a_danger(text: str) -> None:
    assert ids(replace(mapping(), filters=(text,)), select=[ID]) == [ID]


def test_message_says_what_becomes_of_json() -> None:
    (finding,) = check([replace(mapping(), filters=('{"body": ["created"]}',), door=Door.CONSTRUCT)], select=[ID])

    assert finding.severity is Severity.DANGER
    assert finding.message == (
        "filters[0].body: this is a pattern for plain text; where body is JSON, Lambda deletes the message from the "
        "queue; it reaches neither the function nor a dead-letter queue"
    )
    assert finding.fix == ('for JSON write {"body": {"field": [...]}}; if every body is plain text, acknowledge this')


@pytest.mark.parametrize("text", ['{"body": {"type": ["created"]}}', '{"body": []}', '{"data": ["a"]}', "no json"])
def test_pattern_for_json_or_one_of_another_fault_is_not(text: str) -> None:
    assert ids(replace(mapping(), filters=(text,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping(), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping(), filters=(hidden,)), select=[ID]) == []
