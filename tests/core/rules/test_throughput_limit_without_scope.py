import pytest

from cdk_esm.facts import UNRESOLVED
from cdk_esm.testing.plans import ids, mapping, with_dead_letter_queue, with_queue

LIMIT = {"FifoThroughputLimit": "perMessageGroupId"}


@pytest.mark.parametrize("scope", [{}, {"DeduplicationScope": "queue"}])
def test_a_limit_per_group_needs_the_scope_of_groups(scope: dict[str, str]) -> None:
    assert ids(with_queue(mapping("sqs-fifo"), fifo_attributes={**LIMIT, **scope})) == ["ESM250"]
    assert ids(with_dead_letter_queue(mapping("sqs-fifo"), fifo_attributes={**LIMIT, **scope})) == ["ESM250"]


@pytest.mark.parametrize(
    "attributes",
    [
        {**LIMIT, "DeduplicationScope": "messageGroup"},
        {**LIMIT, "DeduplicationScope": UNRESOLVED},
        {"FifoThroughputLimit": UNRESOLVED},
        {"FifoThroughputLimit": "perQueue", "DeduplicationScope": "queue"},
        {"DeduplicationScope": "messageGroup"},
        {},
    ],
)
def test_the_pair_and_what_is_not_known_are_right(attributes: dict[str, object]) -> None:
    assert ids(with_queue(mapping("sqs-fifo"), fifo_attributes=attributes)) == []


def test_on_a_standard_queue_another_rule_speaks_of_it() -> None:
    assert ids(with_queue(mapping("sqs"), fifo_attributes=LIMIT)) == ["ESM119"]
