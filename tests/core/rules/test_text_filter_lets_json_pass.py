from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping

ID = "ESM515"


@pytest.mark.parametrize(("kind", "key"), [("msk", "value"), ("self-managed-kafka", "value"), ("rabbitmq", "data")])
def test_a_list_under_the_payload_is_an_advice(kind: str, key: str) -> None:
    assert ids(replace(mapping(kind), filters=(f'{{"{key}": ["created"]}}',)), select=[ID]) == [ID]


@pytest.mark.parametrize("text", ['{"value": {"type": ["created"]}}', '{"topic": ["orders"]}', "no json"])
def test_an_object_and_a_filter_on_something_else_are_fine(text: str) -> None:
    assert ids(replace(mapping("msk"), filters=(text,)), select=[ID]) == []


def test_hidden_filters_and_queues_are_not_judged() -> None:
    assert ids(replace(mapping("msk"), filters=UNKNOWN), select=[ID]) == []
    assert ids(replace(mapping("sqs"), filters=('{"body": ["created"]}',)), select=[ID]) == []
