"""The contract check judges an answer as the poller of the source takes it, and names a fix that fits the source."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.errors import EsmError
from cdk_esm.facts import UNKNOWN
from cdk_esm.testing import Contract, assert_contract, check_handler
from cdk_esm.testing.plans import mapping
from tests.core.simulator.helping import name_of, records_of, reporting, text_of

SHARE = {"ConsumerGroupId": "shop", "ConsumptionMode": "Queue"}
IN_ORDER = ("kinesis", "dynamodb", "msk")


def is_bad(text: str) -> bool:
    return "bad" in text


def first_of_them(event: Any, context: Any) -> Any:
    answer = reporting(is_bad)(event, context)
    return {"batchItemFailures": answer["batchItemFailures"][:1]} if answer else answer


def everything_behind(event: Any, _: Any) -> Any:
    records = records_of(event)
    start = next((place for place, one in enumerate(records) if is_bad(text_of(one))), len(records))
    return {"batchItemFailures": [{"itemIdentifier": name_of(one)} for one in records[start:]]}


def raising(event: Any, _: Any) -> None:
    for one in records_of(event):
        if is_bad(text_of(one)):
            raise ValueError("bad")


def check(source: str, handler: Any, *, bad: int = 2, **settings: Any) -> Contract:
    return check_handler(mapping(source, **settings), handler, good=["a"], bad=["bad"] * bad)


@pytest.mark.parametrize("kind", IN_ORDER)
@pytest.mark.parametrize("handler", [first_of_them, everything_behind])
def test_a_source_that_is_read_on_from_the_lowest_failure_needs_no_more_than_that(kind: str, handler: Any) -> None:
    assert check(kind, handler).problems == []


def test_where_each_record_is_done_with_alone_every_failure_is_named() -> None:
    queue = check("sqs", first_of_them)
    share = check("self-managed-kafka", first_of_them, SelfManagedKafkaEventSourceConfig=SHARE)
    behind = check("sqs", everything_behind)

    assert [(one.kind, one.what) for one in queue.problems] == [("loses", "it did not report r2")]
    assert [(one.kind, one.what) for one in share.problems] == [("loses", "it did not report r2")]
    assert [one.what for one in behind.problems] == ["it reported good records: r3, r4"]


def test_a_good_record_before_the_failure_of_a_stream_is_an_innocent() -> None:
    def all_of_them(event: Any, _: Any) -> Any:
        return {"batchItemFailures": [{"itemIdentifier": name_of(one)} for one in records_of(event)]}

    found = check("kinesis", all_of_them).problems
    assert [(one.batch, one.what) for one in found] == [
        ("a good batch", "it reported good records: r1"),
        ("a mixed batch", "it reported good records: r1"),
    ]


@pytest.mark.parametrize(
    ("kind", "identifier"),
    [
        ("sqs", 'record["messageId"]'),
        ("kinesis", 'record["kinesis"]["sequenceNumber"]'),
        ("dynamodb", 'record["dynamodb"]["SequenceNumber"]'),
        ("msk", """{"partition": f"{record['topic']}-{record['partition']}", "offset": record["offset"]}"""),
    ],
)
def test_the_fix_of_a_malformed_answer_can_be_pasted(kind: str, identifier: str) -> None:
    wrong = check(kind, lambda _, __: {"batchItemFailures": [{"itemIdentifier": "elsewhere"}]})
    assert f'"itemIdentifier": {identifier}}}' in wrong.problems[0].fix

    def mended(event: Any, _: Any) -> Any:
        named = [eval(identifier, {"record": one}) for one in records_of(event) if is_bad(text_of(one))]  # noqa: S307
        return {"batchItemFailures": [{"itemIdentifier": one} for one in named]}

    assert check(kind, mended).problems == []


@pytest.mark.parametrize("kind", ["activemq", "rabbitmq", "documentdb"])
@pytest.mark.parametrize("answer", [None, {"batchItemFailures": [{"itemIdentifier": "x"}]}])
def test_where_no_partial_response_counts_the_fix_asks_for_none(kind: str, answer: Any) -> None:
    plan = mapping(kind)
    found = check_handler(plan, lambda _, __: answer, good=[{"value": "a"}], bad=[{"value": "bad"}])

    assert {one.fix for one in found.problems} == {f"raise: no partial batch response counts here ({plan.facts.label})"}
    assert check_handler(plan, raising, good=[{"value": "a"}], bad=[{"value": "bad"}]).problems == []


def test_a_mapping_that_does_not_listen_is_told_to_before_a_handler_is_told_to_report() -> None:
    found = check("sqs", lambda _, __: None, FunctionResponseTypes=None)

    assert {one.kind for one in found.problems} == {"loses"}
    assert all(one.fix.startswith("turn on ReportBatchItemFailures") for one in found.problems)


def test_records_are_fed_in_as_many_batches_as_they_make() -> None:
    def careless(event: Any, context: Any) -> Any:
        if any(text_of(one) == "bad 3" for one in records_of(event)):
            return None
        return reporting(is_bad)(event, context)

    bad = [f"bad {number}" for number in range(5)]
    found = check_handler(mapping("sqs", BatchSize=2), careless, good=["a", "b", "c"], bad=bad)
    alone = check_handler(mapping("sqs", BatchSize=1), raising, good=["a", "b"], bad=["bad"])
    pair = check_handler(mapping("sqs", BatchSize=2), raising, good=["a"], bad=["bad"])

    assert [(one.batch, one.what) for one in found.problems] == [("a bad batch", "it did not report r3, r4")]
    assert found.looked_at == ["a good batch", "a bad batch", "a mixed batch"]
    assert alone.looked_at == ["a good batch", "a bad batch"]
    assert alone.not_looked_at[0] == "mixed batches: those of the mapping have 1 record"
    assert [one.consequence for one in pair.problems] == ["r1 fails with the bad one, and ends where it ends"]


def test_a_tumbling_window_brings_its_state_and_its_end() -> None:
    ends: list[int] = []

    def counting(event: Any, context: Any) -> Any:
        if event["isFinalInvokeForWindow"]:
            ends.append(event["state"]["n"])
        answer = reporting(is_bad)(event, context) or {}
        return {"state": {"n": event["state"].get("n", 0) + len(event["Records"])}, **answer}

    def looking_at_records(event: Any, context: Any) -> Any:
        event["Records"][0]
        return counting(event, context)

    assert check("kinesis", counting, TumblingWindowInSeconds=60).problems == []
    assert 1 in ends
    (end,) = check("kinesis", looking_at_records, TumblingWindowInSeconds=60).problems
    assert (end.kind, end.batch) == ("loops", "the end of a window")
    assert "our choice" in end.consequence


def test_values_that_an_import_hides_are_taken_from_what_is_assumed() -> None:
    plan = mapping("sqs", BatchSize=UNKNOWN, FunctionResponseTypes=UNKNOWN)
    assumed = {"BatchSize": 3, "FunctionResponseTypes": ["ReportBatchItemFailures"]}
    found = check_handler(plan, raising, good=["a"], bad=["bad"], assume=assumed)

    assert [one.consequence for one in found.problems] == ["r1, r3 fail with the bad one, and end where it ends"]
    with pytest.raises(EsmError, match="BatchSize is not known"):
        check_handler(plan, raising, good=["a"], bad=["bad"])


def test_a_check_that_looked_at_nothing_says_so_and_fails() -> None:
    plan = mapping("sqs")
    plan = replace(plan, function=replace(plan.function, reserved_concurrency=0))
    found = check_handler(plan, reporting(is_bad), good=["a"], bad=["bad"])

    assert (found.problems, found.looked_at) == ([], [])
    assert str(found).startswith("no batch was looked at\nnot looked at: a good batch: of its 1 record no invocation")
    with pytest.raises(AssertionError, match="no batch was looked at"):
        assert_contract(plan, reporting(is_bad), good=["a"], bad=["bad"])
    late = check("kinesis", reporting(is_bad), StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=4_000_000_000)
    assert late.looked_at == ["a good batch", "a bad batch", "a mixed batch"]


def test_effects_that_never_change_show_nothing() -> None:
    def effects_of(give: Any) -> Contract:
        return check_handler(mapping("sqs"), reporting(is_bad), good=["a"], bad=[], effects=give)

    for give in (lambda: None, lambda: [1]):
        found = effects_of(give)
        assert "repeats" not in found.looked_at
        assert found.not_looked_at[-1].startswith("repeats: what effects gives is the same before")


def test_effects_that_cannot_be_compared_are_refused() -> None:
    class Order:
        pass

    orders: dict[str, str] = {}
    effects: list[Callable[[], Any]] = [orders.values, lambda: (one for one in "ab"), Order, lambda: iter([1])]
    for one in effects:
        with pytest.raises(EsmError, match="effects gives something that can be copied and compared"):
            check_handler(mapping("sqs"), reporting(is_bad), good=["a"], bad=[], effects=one)


def test_a_long_error_is_told_by_its_first_and_last_line() -> None:
    def handler(_: Any, __: Any) -> None:
        raise RuntimeError("all records failed:\n\n  Traceback\n    at a line\n  KeyError: 'id'\n")

    (found, *_) = check("sqs", handler).problems
    assert found.what == "it raised RuntimeError: all records failed: … KeyError: 'id'"
