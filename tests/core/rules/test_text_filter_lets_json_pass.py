from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM515"


@pytest.mark.parametrize(("kind", "key"), [("msk", "value"), ("self-managed-kafka", "value"), ("rabbitmq", "data")])
def test_a_list_under_the_payload_is_an_advice(kind: str, key: str) -> None:
    assert ids(replace(mapping(kind), filters=(f'{{"{key}": ["created"]}}',)), select=[ID]) == [ID]


@pytest.mark.parametrize("text", ['{"value": {"type": ["created"]}}', '{"topic": ["orders"]}', "no json"])
def test_an_object_and_a_filter_on_something_else_are_fine(text: str) -> None:
    assert ids(replace(mapping("msk"), filters=(text,)), select=[ID]) == []


def test_message_says_what_becomes_of_json_and_no_danger_stands_beside_it() -> None:
    (finding,) = check([replace(mapping("msk"), filters=('{"value": ["created"]}',))])

    assert finding.rule.id == ID
    assert finding.message == (
        "FilterCriteria.Filters[0].value: this is a pattern for plain text; where value is JSON, "
        "the record reaches the function unfiltered"
    )


def test_hidden_filters_and_queues_are_not_judged() -> None:
    assert ids(replace(mapping("msk"), filters=UNKNOWN), select=[ID]) == []
    assert ids(replace(mapping("sqs"), filters=('{"body": ["created"]}',)), select=[ID]) == []
