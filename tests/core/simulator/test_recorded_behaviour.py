"""What AWS was seen to do with records, the simulator does, too."""

import base64
import json
from itertools import pairwise
from typing import Any

import pytest

from cdk_esm.simulator import Trace
from tests.core.simulator.truth import TRUTH, recorded, run

CASES = [pytest.param(case, id=case["id"]) for case in recorded("behaviour")]
pytestmark = pytest.mark.skipif(not TRUTH.exists(), reason="AWS's answers are not part of this project")


def payload(record: dict[str, Any]) -> Any:
    """What a record carries, JSON parsed, as recordings show it."""
    if "dynamodb" in record:
        return record["dynamodb"]
    text = record["body"] if "body" in record else base64.b64decode(record["kinesis"]["data"]).decode()
    try:
        return json.loads(text)
    except ValueError:
        return text


def of_record(record: dict[str, Any], name: str) -> Any:
    """One of the columns of a recording."""
    match name:
        case "records":
            return payload(record)
        case "receive_counts":
            return int(record["attributes"]["ApproximateReceiveCount"])
        case "record_ids":
            return payload(record)["record_id"]
        case _:
            raise KeyError(name)


def check_invocations(trace: Trace, expected: list[dict[str, Any]], path: str) -> None:
    made = [one for one in trace.invocations if one.path == path]
    assert len(made) == len(expected)
    for one, wanted in zip(made, expected, strict=True):
        for name, value in wanted.items():
            if name == "raised":
                assert (one.error is not None) == value
            elif name == "function_version":
                assert one.response["function_version"] == {"1": "$LATEST"}.get(value, value)
            elif name == "partitionKey":
                assert {record["kinesis"]["partitionKey"] for record in one.event["Records"]} == {value}
            else:
                assert [of_record(record, name) for record in one.event["Records"]] == value


def starts(trace: Trace) -> list[float]:
    return [one.at for one in trace.invocations]


def most_at_once(trace: Trace) -> int:
    moments = sorted(
        [(one.at + one.took, -1) for one in trace.invocations] + [(one.at, 1) for one in trace.invocations]
    )
    running = most = 0
    for _, step in moments:
        running += step
        most = max(most, running)
    return most


def bodies(trace: Trace) -> dict[str, Any]:
    """Record id to what it carries."""
    return {
        name: payload(record)
        for one in trace.invocations
        for name, record in zip(one.record_ids, one.event["Records"], strict=True)
    }


def check_ends(trace: Trace, expect: dict[str, Any]) -> None:
    carried = bodies(trace)
    letters = [carried[letter.record_id] for letter in trace.dead_letters]
    if "queue" in expect:
        assert [carried[one.id] for one in trace.records if one.end == "in-flight"] == expect["queue"]
    if "dlq" in expect:
        assert letters == expect["dlq"]
    if "dlq_unordered" in expect:
        assert sorted(map(str, letters)) == sorted(map(str, expect["dlq_unordered"]))
    if "dlq_empty_after_first_failure" in expect:
        assert trace.dead_letters[0].at > trace.invocations[0].at + trace.invocations[0].took
    if "same_message_id" in expect:
        assert len({record["messageId"] for one in trace.invocations for record in one.event["Records"]}) == 1
    if "same_message_id_in_dlq" in expect:
        delivered = {record["messageId"] for one in trace.invocations for record in one.event["Records"]}
        assert {letter.message_id for letter in trace.dead_letters} == delivered
    if "delivered_once" in expect:
        assert sorted(carried.values()) == expect["delivered_once"]
        assert trace.summary.deliveries == len(carried)
    if "receive_counts_all" in expect:
        assert {one.receive_count for one in trace.records} == {expect["receive_counts_all"]}


def check_destination(trace: Trace, expected: dict[str, Any], *, count: bool) -> None:
    (document,) = [one.document for one in trace.destinations]
    context, answer = document["requestContext"], document.get("responseContext")
    assert context["condition"] == expected["condition"]
    if count:
        assert context["approximateInvokeCount"] == expected["approximateInvokeCount"]
    if "functionError" in expected:
        assert answer is not None
        assert answer["functionError"] == expected["functionError"]
    if expected.get("responseContext") == "absent":
        assert answer is None
    (batch,) = [value for key, value in document.items() if key.endswith("BatchInfo")]
    assert batch["batchSize"] == expected["batchSize"]


@pytest.mark.parametrize("case", CASES)
def test_the_simulator_does_what_aws_was_seen_to_do(case: dict[str, Any]) -> None:
    trace, expect = run(case), case["expect"]

    known = {
        *("invocations", "each_function_invocations", "first_invocation_records", "invocation_count", "destination"),
        *("max_concurrent_invocations", "min_gap_s", "min_gap_between_starts_s", "queue", "dlq", "dlq_unordered"),
        *("dlq_empty_after_first_failure", "same_message_id", "same_message_id_in_dlq", "same_body_md5_in_dlq"),
        # A body stays as it is; truth.py puts a record after the disabling; no run keeps the state of a mapping.
        *("delivered_once", "receive_counts_all", "after_disable", "LastProcessingResult"),
    }
    assert set(expect) <= known, "a recording says something that nobody compares"
    for path in trace.paths:
        wanted = expect.get("invocations", expect.get("each_function_invocations"))
        if wanted is not None:
            check_invocations(trace, wanted, path)
    if "first_invocation_records" in expect:
        keys = [record["kinesis"]["partitionKey"] for record in trace.invocations[0].event["Records"]]
        assert keys == expect["first_invocation_records"]
    if "invocation_count" in expect:
        assert trace.summary.invocations == expect["invocation_count"]
    if "max_concurrent_invocations" in expect:
        assert most_at_once(trace) <= expect["max_concurrent_invocations"]
    for name in ("min_gap_s", "min_gap_between_starts_s"):
        if name in expect:
            assert all(later - one >= expect[name] for one, later in pairwise(starts(trace)))
    if "destination" in expect:
        # The count depends on the service's own back-off where the recording says that it is not deterministic.
        check_destination(trace, expect["destination"], count=case["deterministic"] is True)
    check_ends(trace, expect)


def test_every_recording_is_repeated() -> None:
    assert len(CASES) == 35
