import base64
import json
from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.filters import FilterPatternError, f
from cdk_esm.sources import SOURCES


def b64(data: str | bytes) -> str:
    return base64.b64encode(data.encode() if isinstance(data, str) else data).decode()


def sqs(body: Any) -> dict[str, Any]:
    return {"messageId": "1", "body": body, "attributes": {"SenderId": "me"}, "eventSource": "aws:sqs"}


def kinesis(data: Any) -> dict[str, Any]:
    return {"kinesis": {"partitionKey": "7", "data": data}, "eventSource": "aws:kinesis"}


def kafka(value: Any) -> dict[str, Any]:
    return {"topic": "orders", "partition": 0, "offset": 15, "key": b64("k"), "value": value}


def mq(data: Any) -> dict[str, Any]:
    return {"messageID": "1", "destination": {"physicalName": "orders"}, "data": data}


def dynamodb(**record: Any) -> dict[str, Any]:
    return {"eventName": "INSERT", "eventSource": "aws:dynamodb", "dynamodb": record}


PAID = '{"status": "paid"}'
OPEN = '{"status": "open"}'
JSON_BODY = {"body": {"status": ["paid"]}}
TEXT_BODY = {"body": [{"prefix": "paid"}]}
NO_STATUS = {"body": {"status": [{"exists": False}]}}
JSON_DATA = {"data": {"status": ["paid"]}}
JSON_VALUE = {"value": {"status": ["paid"]}}
TEXT_VALUE = {"value": [{"prefix": "paid"}]}
NOT_UTF8 = b64(b"\xff\xfe")

RECORD_CASES: list[Any] = [
    pytest.param("sqs", JSON_BODY, sqs(PAID), True, id="sqs-json"),
    pytest.param("sqs", JSON_BODY, sqs(OPEN), False, id="sqs-json-other"),
    pytest.param("sqs", JSON_BODY, sqs({"status": "paid"}), True, id="sqs-parsed"),
    pytest.param("sqs", JSON_BODY, sqs("paid"), False, id="sqs-text-for-json"),
    pytest.param("sqs", JSON_BODY, sqs('{"status": "paid"'), False, id="sqs-broken-json"),
    pytest.param("sqs", JSON_BODY, sqs('{"status": "paid", "n": NaN}'), False, id="sqs-nan"),
    pytest.param("sqs", JSON_BODY, sqs('{"status": "paid", "n": ' + "1" * 5_000 + "}"), True, id="sqs-long-integer"),
    pytest.param("sqs", JSON_BODY, sqs("[" * 100_000), False, id="sqs-deep"),
    pytest.param("sqs", JSON_BODY, sqs('[{"status": "paid"}]'), True, id="sqs-array"),
    pytest.param("sqs", JSON_BODY, sqs("5"), False, id="sqs-number"),
    pytest.param("sqs", JSON_BODY, sqs(None), False, id="sqs-null"),
    pytest.param("sqs", JSON_BODY, {}, False, id="sqs-nothing"),
    pytest.param("sqs", JSON_BODY, None, False, id="no-record"),
    pytest.param("sqs", NO_STATUS, sqs("{}"), True, id="sqs-missing"),
    pytest.param("sqs", NO_STATUS, sqs("text"), False, id="sqs-missing-in-text"),
    pytest.param("sqs", NO_STATUS, {}, False, id="sqs-missing-body"),
    pytest.param("sqs", TEXT_BODY, sqs("paid order"), True, id="sqs-text"),
    pytest.param("sqs", TEXT_BODY, sqs("open order"), False, id="sqs-text-other"),
    pytest.param("sqs", {"body": [{"anything-but": ["x"]}]}, sqs(PAID), False, id="sqs-json-for-text"),
    pytest.param("sqs", {"attributes": {"SenderId": ["me"]}}, sqs("text"), True, id="sqs-metadata"),
    pytest.param("sqs", {"attributes": {"SenderId": ["you"]}}, sqs(PAID), False, id="sqs-metadata-other"),
    pytest.param("sqs", {**JSON_BODY, "messageId": ["1"]}, sqs(PAID), True, id="sqs-both"),
    pytest.param("sqs", {**JSON_BODY, "messageId": ["2"]}, sqs(PAID), False, id="sqs-both-other"),
    pytest.param("sqs", {"$or": [JSON_BODY, TEXT_BODY]}, sqs(PAID), True, id="sqs-or-json"),
    pytest.param("sqs", {"$or": [JSON_BODY, TEXT_BODY]}, sqs("paid"), True, id="sqs-or-text"),
    pytest.param("sqs", {"$or": [JSON_BODY, TEXT_BODY]}, sqs("open"), False, id="sqs-or-neither"),
    pytest.param("sqs-fifo", JSON_BODY, sqs(PAID), True, id="sqs-fifo"),
    pytest.param("sqs", {"body": {"n": [300.0]}}, sqs('{"n": 300.0}'), True, id="number-of-the-same-text"),
    pytest.param("sqs", {"body": {"n": [300.0]}}, sqs('{"n": 300.00}'), True, id="number-of-another-text"),
    pytest.param("sqs", '{"body": {"n": [3.0e2]}}', sqs('{"n": 3.0e2}'), True, id="exponent-of-the-same-text"),
    pytest.param("sqs", '{"body": {"n": [3.0e2]}}', sqs('{"n": 300.0}'), True, id="exponent-of-another-text"),
    pytest.param("sqs", {"body": {"n": [300]}}, sqs('{"n": 300}'), True, id="integer"),
    pytest.param("sqs", {"body": {"n": [300]}}, sqs('{"n": 3.0e2}'), True, id="integer-of-another-text"),
    pytest.param(
        "sqs", {"body": {"n": [1.5, {"numeric": ["=", 2]}]}}, sqs('{"n": 2.0}'), True, id="numeric-with-texts"
    ),
    pytest.param("kinesis", JSON_DATA, kinesis(b64(PAID)), True, id="kinesis-json"),
    pytest.param("kinesis", JSON_DATA, kinesis(b64(OPEN)), False, id="kinesis-other"),
    pytest.param("kinesis", JSON_DATA, kinesis(b64("paid")), False, id="kinesis-text"),
    pytest.param("kinesis", JSON_DATA, kinesis(PAID), False, id="kinesis-no-base64"),
    pytest.param("kinesis", JSON_DATA, kinesis(NOT_UTF8), False, id="kinesis-not-utf8"),
    pytest.param("kinesis", JSON_DATA, kinesis("!" + b64(PAID)), False, id="kinesis-nearly-base64"),
    pytest.param("kinesis", JSON_DATA, {"kinesis": 5}, False, id="kinesis-broken"),
    pytest.param("kinesis", JSON_DATA, {"data": b64(PAID)}, True, id="kinesis-without-envelope"),
    pytest.param("kinesis", {"partitionKey": ["7"]}, kinesis(b64("text")), True, id="kinesis-metadata"),
    pytest.param("kinesis", {"eventSource": ["aws:kinesis"]}, kinesis(NOT_UTF8), True, id="kinesis-metadata-outside"),
    pytest.param("kinesis", {"kinesis": {"partitionKey": ["7"]}}, kinesis(b64(PAID)), False, id="kinesis-envelope"),
    pytest.param("kinesis-efo", JSON_DATA, kinesis(b64(PAID)), True, id="kinesis-efo"),
    pytest.param(
        "dynamodb", f.dynamodb(event_name="INSERT"), dynamodb(Keys={"id": {"S": "1"}}), True, id="dynamodb-event"
    ),
    pytest.param("dynamodb", f.dynamodb(event_name="REMOVE"), dynamodb(Keys={}), False, id="dynamodb-event-other"),
    pytest.param(
        "dynamodb", f.dynamodb(keys={"id": f.S("1")}), dynamodb(Keys={"id": {"S": "1"}}), True, id="dynamodb-key"
    ),
    pytest.param("dynamodb", f.dynamodb(keys={"id": f.S("1")}), {"dynamodb": "text"}, False, id="dynamodb-text"),
    pytest.param(
        "dynamodb",
        f.dynamodb(new_image={"tags": f.L(f.S("b"))}),
        dynamodb(NewImage={"tags": {"L": [{"S": "a"}, {"S": "b"}]}}),
        True,
        id="dynamodb-list",
    ),
    *(
        pytest.param(source, pattern, make(payload), expected, id=f"{source}-{name}")
        for source, make, json_pattern, text_pattern in (
            ("msk", kafka, JSON_VALUE, TEXT_VALUE),
            ("msk-serverless", kafka, JSON_VALUE, TEXT_VALUE),
            ("self-managed-kafka", kafka, JSON_VALUE, TEXT_VALUE),
            ("activemq", mq, JSON_DATA, {"data": [{"prefix": "paid"}]}),
            ("rabbitmq", mq, JSON_DATA, {"data": [{"prefix": "paid"}]}),
        )
        for name, pattern, payload, expected in (
            ("json", json_pattern, b64(PAID), True),
            ("json-other", json_pattern, b64(OPEN), False),
            ("text", text_pattern, b64("paid"), True),
            ("text-other", text_pattern, b64("open"), False),
            ("text-for-json", json_pattern, b64("open"), True),
            ("json-for-text", text_pattern, b64(OPEN), True),
            ("not-utf8", json_pattern, NOT_UTF8, True),
            ("not-utf8-for-text", text_pattern, NOT_UTF8, True),
            ("no-payload", json_pattern, None, True),
        )
    ),
    pytest.param("msk", {**JSON_VALUE, "topic": ["orders"]}, kafka(b64("text")), True, id="msk-metadata-decides"),
    pytest.param("msk", {**JSON_VALUE, "topic": ["others"]}, kafka(b64("text")), False, id="msk-metadata-decides-not"),
    pytest.param("msk", {"topic": ["orders"]}, kafka(NOT_UTF8), True, id="msk-metadata-only"),
    pytest.param("msk", {"value.status": ["paid"], "topic": ["orders"]}, kafka(b64("x")), True, id="msk-dotted"),
]


@pytest.mark.parametrize(("source", "pattern", "record", "expected"), RECORD_CASES)
def test_record_matches_as_the_source_decodes_it(source: str, pattern: Any, record: Any, expected: bool) -> None:
    before = json.dumps(record)
    criteria = filters.compile(source, [pattern])

    assert criteria.matches(record) is expected
    assert criteria.first_match(record) == (0 if expected else None)
    assert criteria.explain(record).matched is expected
    assert json.dumps(record) == before


def test_any_filter_will_do_and_the_first_that_matches_is_told() -> None:
    criteria = filters.compile("sqs", [{"body": {"a": [1]}}, {"body": {"b": [2]}}, {"body": {"b": [{"exists": True}]}}])

    assert [criteria.first_match(sqs(body)) for body in ('{"a": 1}', '{"b": 2}', '{"b": 3}', "{}")] == [0, 1, 2, None]


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_without_filters_every_record_matches(source: str) -> None:
    criteria = filters.compile(source, [])

    assert criteria.matches(sqs("x"))
    assert criteria.matches(None)
    assert criteria.first_match(sqs("x")) is None
    assert criteria.findings == ()
    assert criteria.patterns == ()


@pytest.mark.parametrize(
    ("source", "patterns", "path", "reason"),
    [
        pytest.param("sqs", [{"body": {"total": 5}}], "filters[0].body.total", "write [5]", id="place"),
        pytest.param("sqs", [JSON_BODY, {"body": {}}], "filters[1].body", "at least one field", id="second"),
        pytest.param("sqs", JSON_BODY, "filters", "put brackets around a single one", id="single-dict"),
        pytest.param("sqs", json.dumps(JSON_BODY), "filters", "put brackets", id="single-text"),
        pytest.param("sqs", f.body({"a": [1]}), "filters", "put brackets", id="single-pattern"),
        pytest.param("sqs", None, "filters", "put brackets", id="nothing"),
        pytest.param("sqs", [JSON_BODY] * 11, "filters", "at most 10 filters, got 11", id="eleven"),
        pytest.param("kinesis", [{"data": ["x"]}], "filters[0].data", "which the service refuses", id="kinesis-text"),
        pytest.param(
            "kinesis-efo", [{"$or": [JSON_DATA, {"data": ["x"]}]}], "filters[0].$or[1].data", "refuses", id="or"
        ),
        pytest.param(
            "dynamodb", [{"dynamodb": [{"exists": True}]}], "filters[0].dynamodb", "refuses", id="dynamodb-text"
        ),
        pytest.param(
            "documentdb", [{"a": [1]}], "filters", "no event filtering for an Amazon DocumentDB", id="documentdb"
        ),
        pytest.param("sqss", [], "source", "there is no source kind 'sqss'; did you mean 'sqs'?", id="misspelt-source"),
        pytest.param("s3", [], "source", "it is one of sqs, sqs-fifo, kinesis", id="unknown-source"),
        pytest.param(None, [], "source", "there is no source kind None; it is one of", id="no-source"),
    ],
)
def test_what_aws_refuses_of_a_source_is_refused(source: Any, patterns: Any, path: str, reason: str) -> None:
    with pytest.raises(FilterPatternError) as refusal:
        filters.compile(source, patterns)

    assert refusal.value.json_path == path
    assert reason in refusal.value.reason


def test_lists_inside_the_payload_are_no_pattern_for_text() -> None:
    assert filters.compile("kinesis", [{"data": {"data": ["x"]}, "eventName": ["y"]}]).patterns


def test_text_deployed_as_it_stands_counts_with_its_blanks() -> None:
    text = '{"body":' + " " * 4_096 + '{"a": [1]}}'

    assert filters.compile("sqs", [text]).patterns
    assert filters.compile("sqs", [filters.parse(text).render()], verbatim=True).patterns
    with pytest.raises(FilterPatternError, match=r"^filters\[0\]: .* this text has 4,115; .* it would have 18$"):
        filters.compile("sqs", [text], verbatim=True)


def test_filters_may_come_one_by_one() -> None:
    assert len(filters.compile("sqs", (pattern for pattern in (JSON_BODY, TEXT_BODY))).patterns) == 2


def test_value_for_cloudformation_is_rendered() -> None:
    criteria = filters.compile("sqs", [JSON_BODY, '{ "body": ["x"] }'])

    assert criteria.to_cloudformation() == {
        "Filters": [{"Pattern": '{"body":{"status":["paid"]}}'}, {"Pattern": '{"body":["x"]}'}]
    }


def test_each_sheet_names_the_page_on_its_filters() -> None:
    for sheet in SOURCES.values():
        named = [page for page in sheet.pages if "filter" in page.rpartition("/")[2]]
        assert bool(named) == (sheet.filter_key is not None), sheet.kind


def test_what_was_seen_to_work_beside_the_payload_is_in_the_record() -> None:
    for sheet in SOURCES.values():
        assert set(sheet.records.proved) <= set(sheet.records.metadata)
