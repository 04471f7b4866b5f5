"""What a template says in its metadata, and sources that no mapping can read."""

from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.plan import FailurePath
from cdk_esm.testing.templates import batch_size, get, mapping, plan, resource

STREAM = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
WHY = {"cdk-esm": {"choices": {"no_failure_path": "readings are worthless after a minute"}}}


@pytest.mark.parametrize(
    ("source", "settings", "kind"),
    [
        pytest.param(STREAM, {"StartingPosition": "TRIM_HORIZON", "MaximumRetryAttempts": 3}, "discard", id="stream"),
        pytest.param(get("Queue"), {}, "none", id="queue"),
    ],
)
def test_a_failure_path_left_out_for_a_reason_is_consent(source: Any, settings: dict[str, Any], kind: str) -> None:
    found = plan({"Queue": resource("SQS::Queue"), "M": mapping(source, **settings) | {"Metadata": WHY}})

    assert found.failure == FailurePath(kind=kind, reason="readings are worthless after a minute")
    assert not [one for one in esm.check([found]) if one.rule.id in ("ESM308", "ESM319")]


@pytest.mark.parametrize(
    "arn", ["arn:aws:firehose:eu-west-1:111122223333:deliverystream/clicks", "arn:aws:sns:eu-west-1:111122223333:a"]
)
@pytest.mark.parametrize("settings", [{}, {"StartingPosition": "TRIM_HORIZON"}])
def test_the_arn_of_what_no_mapping_reads_is_an_error(arn: str, settings: dict[str, Any]) -> None:
    found = plan({"M": mapping(arn, **settings)})

    assert "ESM108" in {one.rule.id for one in esm.check([found])}


def test_a_queue_that_is_its_own_dead_letter_queue_is_said_once() -> None:
    redrive = {"deadLetterTargetArn": get("Queue"), "maxReceiveCount": 5}
    queue = resource("SQS::Queue", {"VisibilityTimeout": 180, "RedrivePolicy": redrive})
    found = {one.rule.id for one in esm.check([plan({"Queue": queue, "M": mapping(get("Queue"))})])}

    assert "ESM216" in found
    assert "ESM309" not in found


@pytest.mark.parametrize("written", [10**17, str(10**17), float(10**17)], ids=["number", "text", "float"])
def test_a_moment_in_microseconds_is_a_number(written: object) -> None:
    assert batch_size(written) == 10**17
