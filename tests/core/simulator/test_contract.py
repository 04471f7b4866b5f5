"""The contract check says when a handler's answer would lose or loop, and is silent about a good one."""

import json
from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing import assert_contract, check_handler
from cdk_esm.testing.plans import mapping, with_settings
from tests.core.simulator.helping import name_of, records_of, reporting, stopping, text_of

LISTENING = ("sqs", "kinesis", "dynamodb", "msk")


def is_bad(text: str) -> bool:
    return "bad" in text


def answer(make: Any) -> Any:
    """A handler that answers something made of the identifiers of its failed records."""

    def handler(event: Any, _: Any) -> Any:
        return make([name_of(one) for one in records_of(event) if is_bad(text_of(one))])

    return handler


def problems(kind: str, handler: Any, **about: Any) -> list[tuple[str, str]]:
    found = check_handler(
        about.pop("plan", mapping(kind, BatchSize=10)), handler, good=["a", "c"], bad=["bad"], **about
    )
    return [(one.kind, one.batch) for one in found.problems]


@pytest.mark.parametrize("kind", LISTENING)
def test_a_good_handler_has_no_problem(kind: str) -> None:
    assert problems(kind, reporting(is_bad)) == []


@pytest.mark.parametrize("kind", LISTENING)
@pytest.mark.parametrize(
    ("make", "kinds"),
    [
        pytest.param(lambda failed: {"batchItemFailures": [{"id": one} for one in failed]}, ["loops"], id="wrong key"),
        pytest.param(
            lambda failed: {"batchItemFailures": [{"itemIdentifier": "elsewhere"} for _ in failed]},
            ["loops"],
            id="unknown id",
        ),
        pytest.param(
            lambda failed: {"batchItemFailures": [{"itemIdentifier": ""} for _ in failed]}, ["loops"], id="empty id"
        ),
        pytest.param(lambda failed: {"batchItemFailures": failed}, ["loops"], id="bare identifiers"),
        pytest.param(lambda _: {"batchItemFailures": []}, ["loses"], id="empty list on failure"),
        pytest.param(lambda _: None, ["loses"], id="nothing on failure"),
        pytest.param(lambda _: {"statusCode": 500}, ["loses"], id="a status"),
        pytest.param(lambda _: "failed", ["loops"], id="a text"),
    ],
)
def test_a_wrong_answer_is_found_and_its_consequence_told(kind: str, make: Any, kinds: list[str]) -> None:
    found = problems(kind, answer(make))

    assert {one for one, _ in found} == set(kinds)
    assert "a bad batch" in {batch for _, batch in found}


def test_an_exception_with_partial_responses_on_drags_good_records_along() -> None:
    def handler(event: Any, _: Any) -> None:
        for one in records_of(event):
            if is_bad(text_of(one)):
                raise ValueError("bad")

    assert problems("sqs", handler) == [("drags-along", "a mixed batch")]
    deaf = with_settings(mapping("sqs"), FunctionResponseTypes=None)
    assert problems("sqs", handler, plan=deaf) == []


def test_failures_that_are_reported_to_a_mapping_that_does_not_listen_are_lost() -> None:
    deaf = with_settings(mapping("kinesis"), FunctionResponseTypes=None)

    assert problems("kinesis", reporting(is_bad), plan=deaf) == [("loses", "a bad batch"), ("loses", "a mixed batch")]


def test_good_records_that_are_reported_are_named_as_innocents() -> None:
    found = check_handler(mapping("sqs-fifo", BatchSize=10), stopping(is_bad), good=["a", "c"], bad=["bad"])
    by_group = check_handler(mapping("sqs-fifo", BatchSize=10), stopping_by_group, good=["a", "c"], bad=["bad"])
    standard = check_handler(mapping("sqs"), all_of_them, good=["a", "c"], bad=["bad"])

    assert [(one.kind, one.batch) for one in found.problems] == [("drags-along", "a mixed batch")]
    assert "good records of other groups: r4" in found.problems[0].what
    assert by_group.problems == []
    assert "good records: r1, r3, r4" in standard.problems[0].what


def stopping_by_group(event: Any, _: Any) -> Any:
    failed: set[str] = set()
    names = []
    for one in records_of(event):
        group = one["attributes"]["MessageGroupId"]
        if is_bad(text_of(one)) or group in failed:
            failed.add(group)
            names.append(name_of(one))
    return {"batchItemFailures": [{"itemIdentifier": name} for name in names]}


def all_of_them(event: Any, _: Any) -> Any:
    records = records_of(event)
    failed = any(is_bad(text_of(one)) for one in records)
    return {"batchItemFailures": [{"itemIdentifier": name_of(one)} for one in records if failed]}


def test_a_fifo_handler_that_reports_only_the_failure_lets_the_next_one_overtake_it() -> None:
    assert problems("sqs-fifo", reporting(is_bad)) == [("reorders", "a mixed batch")]


class Shop:
    """Keeps orders, by whatever the handler takes for their key."""

    def __init__(self, key: str | None) -> None:
        self.key, self.orders = key, {}  # type: ignore[var-annotated]

    def handle(self, event: Any, _: Any) -> None:
        for one in records_of(event):
            order = json.loads(text_of(one))
            key = {"message": one.get("messageId"), "order": order["id"], None: len(self.orders)}[self.key]
            self.orders[key] = order

    def check(self, kind: str) -> list[str]:
        found = check_handler(
            mapping(kind),
            self.handle,
            good=[{"id": "o-1"}, {"id": "o-2"}],
            bad=[],
            effects=lambda: self.orders,
            reset=self.orders.clear,
        )
        return [one.batch for one in found.problems]


@pytest.mark.parametrize(
    ("kind", "pattern", "right"),
    [
        ("sqs", '{"body": {"type": ["paid"]}}', "it reaches neither the function nor a dead-letter queue"),
        ("kinesis", '{"data": {"type": ["paid"]}}', "never reads it again"),
    ],
)
def test_a_filter_that_keeps_good_records_away_is_found(kind: str, pattern: str, right: str) -> None:
    plan = replace(mapping(kind), filters=(pattern,))
    text = check_handler(plan, reporting(is_bad), good=["type=paid", '{"type": "paid"}'], bad=["bad"])

    assert [(one.kind, one.batch) for one in text.problems] == [("loses", "good records")]
    assert "matches r1" in text.problems[0].what
    assert right in text.problems[0].consequence
    assert check_handler(plan, reporting(is_bad), good=['{"type": "paid"}'], bad=["bad"]).problems == []
    hidden = check_handler(replace(plan, filters=(UNKNOWN,)), reporting(is_bad), good=["a"], bad=["bad"])
    assert (hidden.problems, "filters" in hidden.not_looked_at[0]) == ([], True)


def test_a_handler_that_is_not_idempotent_is_found() -> None:
    assert Shop(None).check("sqs")[0] == "a batch that is delivered twice"
    assert Shop(None).check("kinesis") == ["a batch that is delivered twice"]
    assert Shop("order").check("sqs") == []


def test_a_handler_that_is_idempotent_by_the_message_id_fails_a_redrive() -> None:
    assert Shop("message").check("sqs") == ["a message that is moved back from the dead-letter queue"]


def test_what_was_not_looked_at_is_named() -> None:
    contract = check_handler(mapping("sqs", BatchSize=1), reporting(is_bad), good=["a"], bad=["bad"])

    assert contract.looked_at == ["a good batch", "a bad batch"]
    assert [one.split(":")[0] for one in contract.not_looked_at] == ["mixed batches", "repeats"]
    assert "not looked at: repeats" in str(contract)


def test_the_assertion_tells_kind_consequence_and_fix() -> None:
    with pytest.raises(AssertionError, match=r"loses: a bad batch: .* so .*\n  fix: ") as raised:
        assert_contract(mapping("sqs"), answer(lambda _: None), good=["a"], bad=["bad"])

    assert str(raised.value).count("fix:") == 2


def test_a_handler_that_fails_good_records_is_found() -> None:
    def handler(_: Any, __: Any) -> None:
        raise KeyError("order_id")

    assert ("loops", "a good batch") in problems("sqs", handler)
