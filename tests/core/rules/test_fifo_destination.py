from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_destination

ID = "ESM220"
QUEUE = "arn:aws:sqs:eu-west-1:111122223333:failed.fifo"
TOPIC = "arn:aws:sns:eu-west-1:111122223333:failed.fifo"


def to(arn: object) -> dict[str, object]:
    return {"OnFailure": {"Destination": arn}}


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo", "dynamodb"])
def test_destination_that_says_it_is_fifo_is_refused(kind: str) -> None:
    assert ids(with_destination(mapping(kind), fifo=True)) == [ID]


@pytest.mark.parametrize("arn", [QUEUE, TOPIC])
@pytest.mark.parametrize("kind", ["kinesis", "dynamodb"])
def test_name_of_a_fifo_queue_or_topic_gives_it_away(kind: str, arn: str) -> None:
    plan = mapping(kind, DestinationConfig=to(arn))

    assert ids(plan) == [ID]
    assert ids(replace(plan, failure=UNKNOWN)) == [ID]
    assert check([plan])[0].got == arn


@pytest.mark.parametrize("arn", [QUEUE.removesuffix(".fifo"), TOPIC.removesuffix(".fifo"), "arn:aws:s3:::failed.fifo"])
def test_standard_destination_is_fine(arn: str) -> None:
    assert ids(mapping("kinesis", DestinationConfig=to(arn))) == []


def test_source_without_destinations_is_for_another_rule() -> None:
    assert ids(mapping("sqs", DestinationConfig=to(QUEUE))) == ["ESM102"]


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(with_destination(mapping("kinesis"), fifo=hidden)) == []
    assert ids(mapping("kinesis", DestinationConfig=to(hidden))) == []
    assert ids(replace(mapping("kinesis", DestinationConfig=hidden), failure=hidden)) == []
