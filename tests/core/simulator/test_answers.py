"""What each answer of a function means, for queues, streams and topics alike."""

from typing import Any

import pytest

from cdk_esm.simulator import simulate
from cdk_esm.testing.plans import mapping, with_settings
from tests.core.simulator.helping import name_of, records_of, shows

KINDS = ("sqs", "sqs-fifo", "kinesis", "kinesis-efo", "dynamodb", "msk", "self-managed-kafka")


def first_answer(kind: str, answer: Any, records: int = 2) -> Any:
    """The first invocation of a run whose handler always answers so."""
    plan = mapping(kind, BatchSize=10)
    trace = simulate(
        plan, lambda event, _: answer(event) if callable(answer) else answer, ["a", "b"][:records], until=10
    )
    return trace.invocations[0], trace


def entry(value: Any) -> dict[str, Any]:
    return {"batchItemFailures": [{"itemIdentifier": value}]}


@shows(recorded="empty-answer")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("answer", [None, "", [], {}, {"batchItemFailures": []}, {"batchItemFailures": None}], ids=repr)
def test_an_empty_answer_is_a_success(kind: str, answer: Any) -> None:
    first, trace = first_answer(kind, answer)

    assert first.step == "empty-answer"
    assert trace.summary.ends == {"processed": 2}


@shows(recorded="bad-answer", documented="unknown-identifier")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("answer", "step"),
    [
        pytest.param(entry(""), "bad-answer", id="empty identifier"),
        pytest.param(entry(None), "bad-answer", id="null identifier"),
        pytest.param({"batchItemFailures": [{"foo": 1}]}, "bad-answer", id="another key"),
        pytest.param({"batchItemFailures": ["a"]}, "bad-answer", id="no object"),
        pytest.param({"batchItemFailures": "a"}, "bad-answer", id="no list"),
        pytest.param(entry("elsewhere"), "unknown-identifier", id="unknown text"),
        pytest.param(entry({"partition": "orders-9", "offset": 0}), "unknown-identifier", id="unknown partition"),
        pytest.param(entry({"partition": "orders-0"}), "unknown-identifier", id="no offset"),
        pytest.param(entry(7), "unknown-identifier", id="a number"),
    ],
)
def test_a_malformed_answer_fails_the_whole_batch(kind: str, answer: Any, step: str) -> None:
    first, trace = first_answer(kind, answer)

    assert first.step == step
    assert trace.records["r1"].successes == 0
    assert "processed" not in trace.summary.ends


@shows(chosen="other-answer")
@pytest.mark.parametrize(("answer", "fine"), [({"statusCode": 200}, True), ("done", False), (3, False), ([1], False)])
def test_an_answer_that_is_no_batch_response_is_judged_by_our_choice(answer: Any, fine: bool) -> None:
    first, trace = first_answer("sqs", answer)

    assert first.step == "other-answer"
    assert (trace.summary.ends == {"processed": 2}) == fine


@shows(documented="reported")
@pytest.mark.parametrize("kind", KINDS)
def test_a_record_that_is_reported_fails_alone(kind: str) -> None:
    first, trace = first_answer(kind, lambda event: entry(name_of(records_of(event)[-1])))

    assert first.step == "reported"
    assert trace.records["r1"].end == "processed"
    assert trace.records["r2"].end != "processed"


@pytest.mark.parametrize("kind", KINDS)
def test_a_mapping_that_does_not_listen_takes_any_answer_for_a_success(kind: str) -> None:
    plan = with_settings(mapping(kind), FunctionResponseTypes=None)
    trace = simulate(plan, lambda event, _: entry(name_of(records_of(event)[0])), ["a"])

    assert trace.summary.ends == {"processed": 1}
