from typing import Any

import pytest

from cdk_esm.facts import UNRESOLVED
from cdk_esm.testing.plans import ids, mapping, with_dead_letter_queue, with_queue
from cdk_esm.testing.templates import get, plan, resource
from cdk_esm.testing.templates import mapping as written

ONLY = ["ESM119"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ContentBasedDeduplication", True),
        ("DeduplicationScope", "queue"),
        ("FifoThroughputLimit", "perQueue"),
    ],
)
def test_each_attribute_of_fifo_queues_is_refused_on_a_standard_one(name: str, value: Any) -> None:
    assert ids(with_queue(mapping("sqs"), fifo_attributes={name: value})) == ONLY
    assert ids(with_dead_letter_queue(mapping("sqs"), fifo_attributes={name: value})) == ONLY
    assert ids(with_queue(mapping("sqs-fifo"), fifo_attributes={name: value})) == []


def test_what_is_not_known_is_not_judged() -> None:
    assert ids(with_queue(mapping("sqs"), fifo_attributes={"DeduplicationScope": UNRESOLVED})) == []


@pytest.mark.parametrize(("written_as", "expected"), [(True, ONLY), ("true", ONLY), (False, []), ("false", [])])
def test_a_template_writes_the_flag_as_a_text_too(written_as: Any, expected: list[str]) -> None:
    queue = resource("SQS::Queue", {"ContentBasedDeduplication": written_as})

    assert ids(plan({"Queue": queue, "Orders": written(get("Queue"))}), select=ONLY) == expected
