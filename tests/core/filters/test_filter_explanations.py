import base64
from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.filters import Explanation, Reason

ORDERS = filters.compile(
    "sqs", [{"body": {"type": ["created", "paid"], "total": [{"numeric": [">=", 100]}]}}, {"body": {"urgent": [True]}}]
)
DELETED = "Lambda deletes the message from the queue; it reaches neither the function nor a dead-letter queue"
PASSED = "Lambda passes the record to the function"


def sqs(body: str) -> dict[str, Any]:
    return {"messageId": "1", "body": body}


def kafka(value: bytes) -> dict[str, Any]:
    return {"topic": "orders", "value": base64.b64encode(value).decode()}


def test_match_names_the_filter_and_what_it_saw() -> None:
    assert ORDERS.explain(sqs('{"type": "paid", "total": 120.50}')) == Explanation(
        matched=True,
        filter_index=0,
        reasons=(
            Reason("body.type", '"paid"', '"created" or "paid"', 0, True),
            Reason("body.total", "120.5", "a number >= 100", 0, True),
        ),
        consequence=PASSED,
    )
    assert ORDERS.explain(sqs('{"urgent": true}')).filter_index == 1


def test_no_match_names_the_fields_that_failed_filter_by_filter() -> None:
    explanation = ORDERS.explain(sqs('{"type": "paid", "total": 20, "urgent": false}'))

    assert explanation == Explanation(
        matched=False,
        filter_index=None,
        reasons=(Reason("body.total", "20", "a number >= 100", 0), Reason("body.urgent", "false", "true", 1)),
        consequence=DELETED,
    )
    assert str(explanation) == (
        "matches no filter\n"
        "  filters[0] body.total: found 20, wanted a number >= 100\n"
        "  filters[1] body.urgent: found false, wanted true\n"
        f"  so {DELETED}"
    )


def test_match_as_text() -> None:
    assert str(ORDERS.explain(sqs('{"urgent": true}'))) == (
        f"matches filters[1]\n  filters[1] body.urgent: found true, wanted true\n  so {PASSED}"
    )


def test_explanation_comes_in_parts() -> None:
    assert ORDERS.explain(sqs('{"urgent": true}')).to_dict() == {
        "matched": True,
        "filter_index": 1,
        "reasons": [
            {"path": "body.urgent", "found": "true", "wanted": "true", "filter_index": 1, "holds": True},
        ],
        "consequence": PASSED,
    }


def test_without_filters_every_record_passes() -> None:
    explanation = filters.compile("sqs", []).explain(sqs("x"))

    assert explanation == Explanation(True, None, (), f"{PASSED}: the mapping has no filters")
    assert str(explanation).startswith("matches\n  so Lambda passes")


def test_what_is_no_record_matches_nothing() -> None:
    explanation = ORDERS.explain(["x"])

    assert explanation == Explanation(False, None, (Reason("record", "a list", "an object"),), DELETED)
    assert "  record: found a list, wanted an object\n" in str(explanation)


FOUND: list[Any] = [
    pytest.param("{}", "no such field", id="missing"),
    pytest.param('{"a": 5}', "no such field", id="below-a-value"),
    pytest.param('{"a": {"b": {"c": 1}}}', "an object, which is no leaf", id="object"),
    pytest.param('{"a": {"b": []}}', "an array without plain values", id="empty-array"),
    pytest.param('{"a": {"b": [{"c": 1}]}}', "an array without plain values", id="objects"),
    pytest.param('{"a": [{"c": 1}]}', "no such field in any member of the array", id="in-no-member"),
    pytest.param('{"a": {"b": ["ü", null]}}', '"ü", null', id="several"),
    pytest.param('{"a": {"b": "' + "y" * 300 + '"}}', '"' + "y" * 198 + "…", id="long"),
]


@pytest.mark.parametrize(("body", "expected"), FOUND)
def test_a_reason_shows_the_value_that_was_found(body: str, expected: str) -> None:
    criteria = filters.compile("sqs", [{"body": {"a": {"b": ["x"]}}}])

    (reason,) = criteria.explain(sqs(body)).reasons

    assert reason == Reason("body.a.b", expected, '"x"', 0)


def test_a_reason_shows_the_text_of_a_number_if_the_text_decides() -> None:
    criteria = filters.compile("sqs", [{"body": {"a": [0.1]}}])

    assert criteria.explain(sqs('{"a": 0.10000000000000001}')).reasons == (
        Reason("body.a", "0.10000000000000001", "0.1", 0),
    )


def test_value_that_json_does_not_have_is_told() -> None:
    criteria = filters.compile("sqs", [{"body": {"a": ["x"]}}])

    assert criteria.explain({"body": {"a": b"y"}}).reasons == (Reason("body.a", "b'y'", '"x"', 0),)


WANTED: list[Any] = [
    ([None, True, "x", 5, 1.5], 'null or true or "x" or 5 or 1.5'),
    ([{"exists": True}], "any value"),
    ([{"exists": False}], "no such field"),
    ([{"numeric": ["=", 5]}], "a number = 5"),
    ([{"numeric": [">", 0, "<=", 5]}], "a number > 0 and <= 5"),
    ([{"anything-but": ["x", "y"]}], 'anything but "x" or "y"'),
    ([{"anything-but": 5}], "anything but 5"),
    ([{"anything-but": {"prefix": "x"}}], 'anything but a text that begins with "x"'),
    ([{"prefix": "x"}], 'a text that begins with "x"'),
    ([{"suffix": {"equals-ignore-case": "x"}}], 'a text that ends with "x" in any case'),
    ([{"equals-ignore-case": "x"}], '"x" in any case'),
    ([{"wildcard": "x*"}], 'a text like "x*"'),
    ([{"cidr": "10.0.0.0/8"}], 'an address in "10.0.0.0/8"'),
    ([{"exactly": "x"}], '"x"'),
]


@pytest.mark.parametrize(("condition", "expected"), WANTED)
def test_a_reason_shows_the_value_that_was_wanted(condition: list[Any], expected: str) -> None:
    criteria = filters.compile("sqs", [{"body": {"a": condition, "b": ["never"]}}])

    reasons = {reason.path: reason.wanted for reason in criteria.explain(sqs('{"a": []}')).reasons}
    reasons |= {reason.path: reason.wanted for reason in criteria.explain(sqs('{"a": {"q": 1}, "b": "never"}')).reasons}

    assert reasons.get("body.a", expected) == expected
    assert "body.a" in reasons or {"exists": False} in condition


def test_payload_of_another_form_is_told() -> None:
    dropped = ORDERS.explain(sqs("text"))
    text = filters.compile("sqs", [{"body": ["x"]}]).explain(sqs("{}"))
    missing = ORDERS.explain({"messageId": "1"})

    assert dropped.reasons == (
        Reason("body", "plain text", "JSON", 0),
        Reason("body", "plain text", "JSON", 1),
    )
    assert text.reasons == (Reason("body", "JSON", "plain text", 0),)
    assert missing.reasons[0] == Reason("body", "nothing that can be read as UTF-8 text", "JSON", 0)


def test_payload_that_is_not_filtered_is_told() -> None:
    criteria = filters.compile("msk", [{"value": {"a": [1]}, "topic": ["orders"]}])
    explanation = criteria.explain(kafka(b"text"))

    assert explanation.matched
    assert explanation.reasons == (
        Reason("value", "plain text", "JSON", 0, False),
        Reason("topic", '"orders"', '"orders"', 0, True),
    )
    assert explanation.consequence == f"{PASSED}, since a payload of another form than the pattern's is not filtered"
    assert criteria.explain(kafka(b'{"a": 1}')).consequence == PASSED
    assert criteria.explain({**kafka(b"text"), "topic": "x"}).reasons == (
        Reason("value", "plain text", "JSON", 0),
        Reason("topic", '"x"', '"orders"', 0),
    )


def test_nearest_branch_of_an_or_is_told() -> None:
    criteria = filters.compile(
        "sqs", [{"body": {"$or": [{"a": [1], "b": [2], "c": [3]}, {"a": [1], "d": [4]}], "e": [5]}}]
    )

    assert criteria.explain(sqs('{"a": 1, "e": 5}')).reasons == (Reason("body.d", "no such field", "4", 0),)
    assert [reason.path for reason in criteria.explain(sqs('{"a": 1, "b": 2, "c": 3, "e": 5}')).reasons] == [
        *("body.a", "body.b", "body.c", "body.e")
    ]


def test_members_of_an_array_that_are_mixed_are_told() -> None:
    criteria = filters.compile("sqs", [{"body": {"o": {"a": [1], "b": [2]}, "c": [3]}}])

    assert criteria.explain(sqs('{"o": [{"a": 1}, {"b": 2}], "c": 3}')).reasons == (
        Reason(
            "body.o.a, body.o.b, body.c",
            "each in another member of an array",
            "all of them in one member of the array",
            0,
        ),
    )


@pytest.mark.parametrize(
    ("source", "pattern", "consequence"),
    [
        ("sqs-fifo", {"body": {"a": [1]}}, DELETED),
        ("kinesis", {"data": {"a": [1]}}, "Lambda moves the iterator past the record and never reads it again"),
        ("dynamodb", {"eventName": ["INSERT"]}, "Lambda moves the iterator past the record and never reads it again"),
        (
            "msk",
            {"topic": ["x"]},
            "Lambda drops the record and commits its offset after the next successful invocation",
        ),
        ("rabbitmq", {"redelivered": [True]}, "Lambda acknowledges the message, so that the broker removes it"),
    ],
)
def test_consequence_is_that_of_the_source(source: str, pattern: Any, consequence: str) -> None:
    assert filters.compile(source, [pattern]).explain({}).consequence == consequence
