import json
from collections import OrderedDict
from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.filters import FilterPatternError, f, fields
from cdk_esm.filters.branches import branches

TEXT = {"a": ["x", "y"]}
PEOPLE = {"people": [{"first": "Anna", "age": 3}, {"first": "John", "last": "Doe", "age": 5}]}

DOCUMENTS: list[Any] = [
    pytest.param({"a": ["x"], "b": ["y"]}, {"a": "x", "b": "y"}, True, id="and"),
    pytest.param({"a": ["x"], "b": ["y"]}, {"a": "x", "b": "z"}, False, id="and-second-fails"),
    pytest.param({"a": ["x"], "b": ["y"], "c": ["z"]}, {"a": "x", "b": "y", "c": "q"}, False, id="and-third-fails"),
    pytest.param({"a": {"b": ["x"]}}, {"a": {"b": "x"}}, True, id="inner"),
    pytest.param({"a": {"b": ["x"]}}, {"a": OrderedDict(b="x")}, True, id="inner-of-another-dict"),
    pytest.param({"a": {"b": ["x"]}}, {"a": "x"}, False, id="inner-of-a-value"),
    pytest.param({"a": {"b": ["x"]}}, {}, False, id="inner-of-nothing"),
    pytest.param({"a": {"b": ["x"]}}, {"a": []}, False, id="inner-of-an-empty-array"),
    pytest.param({"a": {"b": [{"exists": False}]}}, {}, True, id="inner-missing"),
    pytest.param({"a": {"b": [{"exists": False}]}}, {"a": 1}, True, id="inner-missing-of-a-value"),
    pytest.param({"a": {"b": [{"exists": False}], "c": ["x"]}}, {"a": 1}, False, id="inner-missing-and-not"),
    pytest.param({"a": {"b": [{"exists": False}]}}, {"a": []}, True, id="inner-missing-of-an-empty-array"),
    pytest.param({"people": {"first": ["Anna"], "age": [3]}}, PEOPLE, True, id="one-member"),
    pytest.param({"people": {"first": ["Anna"], "age": [5]}}, PEOPLE, False, id="two-members"),
    pytest.param(
        {"people": {"first": ["Anna"], "last": [{"exists": False}]}}, PEOPLE, True, id="missing-in-the-member"
    ),
    pytest.param({"people": {"first": ["John"], "last": [{"exists": False}]}}, PEOPLE, False, id="there-in-the-member"),
    pytest.param(
        {"people": {"age": [{"exists": False}], "first": ["Anna"]}}, PEOPLE, False, id="asked-before-a-member"
    ),
    pytest.param({"people": {"first": ["Anna"]}}, {"people": [[[{"first": "Anna"}]]]}, True, id="array-in-array"),
    pytest.param({"a": {"b": [1], "c": [2]}}, {"a": [[{"b": 1}], [{"c": 2}]]}, False, id="members-of-inner-arrays"),
    pytest.param({"a": {"b": [1]}, "c": {"d": [2]}}, {"a": [{}, {"b": 1}], "c": [{"d": 2}]}, True, id="two-arrays"),
    pytest.param({"a": {"b": ["x"]}}, {"a.b": "x"}, True, id="dot-in-the-record"),
    pytest.param({"a": {"b": ["x"]}}, {"a.b": "y"}, False, id="dot-in-the-record-other"),
    pytest.param({"a.b": ["x"]}, {"a": {"b": "x"}}, True, id="dot-in-the-pattern"),
    pytest.param({"a.b.c": ["x"]}, {"a.b": {"c": "x"}}, True, id="dot-in-both"),
    pytest.param({"a": {"b": {"c": ["x"]}}}, {"a": {"b.c": "x"}}, True, id="dot-deeper"),
    pytest.param({"a": {"b": {"c": ["x"]}}}, {"a.b.c": "x"}, True, id="two-dots"),
    pytest.param({"a": {"b": [{"exists": False}]}}, {"a.b": "x"}, False, id="dot-and-missing"),
    pytest.param({"a": {"b": [1], "c": [2]}}, {"a.b": 1, "a": [{"c": 2}]}, True, id="dot-and-array"),
    pytest.param({"a": {"b": [1], "c": [2]}}, {"a": [{"b": 1, "x.y": 0}, {"c": 2}]}, False, id="other-dot-in-a-member"),
    pytest.param({"a": ["x"], "a.b": ["y"]}, {"a": ["x", {"b": "y"}]}, True, id="field-and-below"),
    pytest.param({"a": ["x"], "a.b": ["y"]}, {"a": ["x", {"b": "z"}]}, False, id="field-and-below-other"),
    pytest.param({"a.b": ["y"], "a": ["x"]}, {"a": ["x", {"b": "y"}]}, True, id="below-and-field"),
    pytest.param({"": ["x"]}, {"": "x"}, True, id="empty-name"),
    pytest.param({"a": {"": ["x"]}}, {"a": {"": "x"}}, True, id="empty-inner-name"),
    pytest.param({"a": {"b": [1]}, "a.b": [2]}, {"a": {"b": 2}}, True, id="last-of-one-name"),
    pytest.param({"a": {"b": [1]}, "a.b": [2]}, {"a": {"b": 1}}, False, id="first-of-one-name"),
    pytest.param('{"a": {"b": [1]}, "a": {"c": [2]}}', {"a": {"b": 1, "c": 2}}, True, id="duplicate-key-both"),
    pytest.param('{"a": {"b": [1]}, "a": {"c": [2]}}', {"a": {"c": 2}}, False, id="duplicate-key-not-one"),
    pytest.param('{"a": [1], "a": [2]}', {"a": 2}, True, id="duplicate-leaf-last"),
    pytest.param({"$or": [{"a": ["x"]}, {"b": ["y"]}]}, {"b": "y"}, True, id="or-second"),
    pytest.param({"$or": [{"a": ["x"]}, {"b": ["y"]}]}, {"a": "y"}, False, id="or-none"),
    pytest.param({"$or": [{"a": ["x"]}, {"b": ["y"]}], "c": ["z"]}, {"a": "x", "c": "z"}, True, id="or-and"),
    pytest.param({"$or": [{"a": ["x"]}, {"b": ["y"]}], "c": ["z"]}, {"a": "x"}, False, id="or-and-fails"),
    pytest.param({"c": ["z"], "$or": [{"a": ["x"]}, {"b": ["y"]}]}, {"a": "x", "c": "q"}, False, id="and-or-fails"),
    pytest.param({"d": {"$or": [{"a": [1]}, {"b": [2]}]}}, {"d": {"b": 2}}, True, id="or-inside"),
    pytest.param(
        {"d": {"$or": [{"a": [1]}, {"b": [2]}], "c": [3]}}, {"d": [{"b": 2}, {"c": 3}]}, False, id="or-members"
    ),
    pytest.param({"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}, {"a": 2}, True, id="or-replaces"),
    pytest.param({"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}, {"a": 1}, False, id="or-replaced"),
    pytest.param({"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}, {"a": 1, "b": 3}, True, id="or-kept-in-the-other"),
    pytest.param({"$or": [{"a": [2]}, {"b": [3]}], "a": [1]}, {"a": 2}, False, id="or-replaced-later"),
    pytest.param({"$or": [{"a": ["q"]}, {"$or": [{"b": [1]}, {"c": [2]}]}]}, {"c": 2}, True, id="or-in-or"),
    pytest.param({"$or": ["x"]}, {"$or": "x"}, True, id="or-as-field"),
    pytest.param(TEXT, [{"a": "x"}], False, id="list-is-no-document"),
    pytest.param(TEXT, None, False, id="null-is-no-document"),
    pytest.param({"a": [{"exists": False}]}, 5, False, id="number-is-no-document"),
    pytest.param({"a": [1], "a.b": [{"exists": False}]}, "x", False, id="no-json"),
    pytest.param(TEXT, '{"a": "x"}', True, id="json-text"),
    pytest.param(TEXT, "[" * 100_000, False, id="deep-text"),
    pytest.param(TEXT, {1: 2, "a": "x"}, True, id="other-keys"),
    pytest.param({"a": {"b": ["x"]}}, {"a.b": {1, 2}, "a": {"b": b"x"}}, False, id="other-values"),
    pytest.param({"a": [{"anything-but": ["x"]}]}, {"a": {1, 2}}, True, id="other-value-is-anything"),
]


@pytest.mark.parametrize(("pattern", "document", "expected"), DOCUMENTS)
def test_document_matches_pattern(pattern: Any, document: Any, expected: bool) -> None:
    read = filters.parse(pattern)

    assert filters.match(read, document) is expected
    assert filters.match(pattern, document) is expected
    if not isinstance(document, str):
        slow = any(fields.matches(fields.wanted(branch), document) for branch in branches(read.root))
        assert slow is expected


def test_match_refuses_what_aws_refuses() -> None:
    with pytest.raises(FilterPatternError, match=r"pattern\.a: "):
        filters.match({"a": 1}, {"a": 1})


def test_pattern_is_worked_out_once() -> None:
    pattern = filters.parse(TEXT)
    filters.match(pattern, {})
    first = pattern.matcher
    filters.match(pattern, {})

    assert first is not None
    assert pattern.matcher is first


def test_names_and_values_of_a_pattern_are_never_run() -> None:
    evil = "'); raise SystemExit('"

    assert filters.match({evil: [evil, {"prefix": evil}]}, {evil: evil})
    assert filters.match({evil: {evil: [{"numeric": ["=", 1]}]}}, {evil: {evil: 1}})


def test_large_arrays_take_time_that_grows_with_their_length() -> None:
    pattern = filters.parse({"orders": {"lines": {"a": [{"exists": True}], "b": [{"exists": False}]}}})
    document = {"orders": [{"lines": [{"a": 1, "b": 2} for _ in range(3_000)]}]}

    assert not filters.match(pattern, document)
    document["orders"][0]["lines"].append({"a": 1})
    assert filters.match(pattern, document)


def test_deep_documents_are_no_trouble() -> None:
    deep: Any = "x"
    for _ in range(50_000):
        deep = [deep]

    assert filters.match(TEXT, {"a": deep})
    assert filters.match({"a": {"b": ["x"]}}, {"a": [[[{"b": deep}]]]})
    assert not filters.match({"a": {"b": ["x"], "c": [{"exists": False}]}}, {"a": deep})


def test_conditions_join_with_a_bar() -> None:
    joined = f.prefix("eu-") | f.equals("us-east-1")

    assert filters.match({"region": joined}, {"region": "us-east-1"})
    assert filters.match({"region": joined}, json.dumps({"region": "eu-west-1"}))
    with pytest.raises(TypeError):
        f.prefix("eu-") | "us-east-1"  # type: ignore[operator]
