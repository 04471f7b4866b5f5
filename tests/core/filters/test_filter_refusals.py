"""What AWS refuses, each with the place and the reason that we name."""

from decimal import Decimal
from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.filters import FilterPatternError

REFUSED: list[Any] = [
    pytest.param("simple text", "pattern", "not JSON: Expecting value at line 1, column 1", id="no-json"),
    pytest.param('{"a": [1}', "pattern", "not JSON: Expecting ',' delimiter at line 1, column 9", id="broken-json"),
    pytest.param('{"a": [1]} {}', "pattern", "not JSON: Extra data", id="two-documents"),
    pytest.param('{"a": [NaN]}', "pattern", "not JSON: NaN is no JSON number", id="nan-text"),
    pytest.param("", "pattern", "not JSON", id="empty-text"),
    pytest.param("null", "pattern", "a pattern is a JSON object, got null", id="null"),
    pytest.param(None, "pattern", "a pattern is a JSON object, got null", id="none"),
    pytest.param("true", "pattern", "got true", id="true"),
    pytest.param("false", "pattern", "got false", id="false"),
    pytest.param("5", "pattern", "got the number 5", id="number"),
    pytest.param('"a"', "pattern", "got the text 'a'", id="text"),
    pytest.param([{"a": [1]}], "pattern", "got a list; a list of filters holds one pattern in each member", id="list"),
    pytest.param({}, "pattern", "an object needs at least one field", id="empty-object"),
    pytest.param({"a": {}}, "pattern.a", "an object needs at least one field", id="empty-inner-object"),
    pytest.param({"a": "x"}, "pattern.a", "is a list or an object, got the text 'x'; write [\"x\"]", id="bare-text"),
    pytest.param({"a": 300}, "pattern.a", "got the number 300; write [300]", id="bare-number"),
    pytest.param({"a": {"b": True}}, "pattern.a.b", "got true; write [true]", id="bare-true"),
    pytest.param({"a": None}, "pattern.a", "got null; write [null]", id="bare-null"),
    pytest.param({"a": {"exists": True}}, "pattern.a.exists", 'in a list: [{"exists": true}]', id="bare-operator"),
    pytest.param({"Pattern": "{}"}, "pattern.Pattern", "give the pattern itself", id="filter-object"),
    pytest.param({"a": []}, "pattern.a", "the list is empty, so nothing could match", id="empty-list"),
    pytest.param(
        {"a": [[1]]}, "pattern.a[0]", "a list holds texts, numbers, true, false, null or operators", id="list-in-list"
    ),
    pytest.param({"a": [1, {}]}, "pattern.a[1]", "an operator is missing in the empty object", id="empty-operator"),
    pytest.param(
        {"a": [{"prefix": "x", "suffix": "y"}]},
        "pattern.a[0]",
        "one operator stands in an object, got 'prefix' and 'suffix'; write one object for each",
        id="two-operators",
    ),
    pytest.param(
        '{"a": [{"prefix": "x", "prefix": "y"}]}', "pattern.a[0]", "got 'prefix' and 'prefix'", id="same-twice"
    ),
    pytest.param(
        {"a": [{"nummeric": [">", 1]}]},
        "pattern.a[0].nummeric",
        "no operator 'nummeric'; did you mean 'numeric'?",
        id="misspelt",
    ),
    pytest.param(
        {"a": [{"anything_but": ["x"]}]}, "pattern.a[0].anything_but", "did you mean 'anything-but'?", id="underscore"
    ),
    pytest.param(
        {"a": [{"equalsIgnoreCase": "x"}]},
        "pattern.a[0].equalsIgnoreCase",
        "did you mean 'equals-ignore-case'?",
        id="camel-case",
    ),
    pytest.param({"a": [{"gte": 1}]}, "pattern.a[0].gte", 'did you mean {"numeric": [">=", 100]}?', id="gte"),
    pytest.param(
        {"a": [{"starts_with": "x"}]}, "pattern.a[0].starts_with", 'did you mean {"prefix": ...}?', id="starts-with"
    ),
    pytest.param({"a": [{"xyzzy": 1}]}, "pattern.a[0].xyzzy", "there is no operator 'xyzzy'", id="unknown-operator"),
    pytest.param(
        {"a": [{"exists": "true"}]}, "pattern.a[0].exists", "takes true or false, got the text 'true'", id="exists-text"
    ),
    pytest.param({"a": [{"exists": 1}]}, "pattern.a[0].exists", "got the number 1", id="exists-number"),
    pytest.param(
        {"a": [{"prefix": 1}]}, "pattern.a[0].prefix", "'prefix' takes one text, got the number 1", id="prefix-number"
    ),
    pytest.param(
        {"a": [{"suffix": ["x"]}]}, "pattern.a[0].suffix", "got a list; write one object for each", id="suffix-list"
    ),
    pytest.param(
        {"a": [{"prefix": {"suffix": "x"}}]},
        "pattern.a[0].prefix",
        "takes 'equals-ignore-case' inside, not 'suffix'",
        id="prefix-suffix",
    ),
    pytest.param(
        {"a": [{"prefix": {}}]}, "pattern.a[0].prefix", "one operator stands in an object, got 0", id="prefix-empty"
    ),
    pytest.param(
        {"a": [{"prefix": {"equals-ignore-case": 1}}]},
        "pattern.a[0].prefix.equals-ignore-case",
        "takes one text, got the number 1",
        id="prefix-case-number",
    ),
    pytest.param(
        {"a": [{"equals-ignore-case": {"prefix": "x"}}]},
        "pattern.a[0].equals-ignore-case",
        "takes one text, got an object",
        id="case-object",
    ),
    pytest.param({"a": [{"exactly": 1}]}, "pattern.a[0].exactly", "'exactly' takes one text", id="exactly-number"),
    pytest.param(
        {"a": [{"wildcard": 1}]}, "pattern.a[0].wildcard", "takes one text, got the number 1", id="wildcard-number"
    ),
    pytest.param(
        {"a": [{"wildcard": "a**b"}]}, "pattern.a[0].wildcard", "two stars in a row, at character 2", id="two-stars"
    ),
    pytest.param(
        {"a": [{"wildcard": "a\\b"}]}, "pattern.a[0].wildcard", "a backslash stands before a star", id="backslash"
    ),
    pytest.param(
        {"a": [{"wildcard": "a\\"}]}, "pattern.a[0].wildcard", "a backslash stands before a star", id="backslash-end"
    ),
    pytest.param(
        {"a": [{"cidr": 1}]},
        "pattern.a[0].cidr",
        "takes one text such as '10.0.0.0/24', got the number 1",
        id="cidr-number",
    ),
    pytest.param({"a": [{"cidr": "10.0.0.0"}]}, "pattern.a[0].cidr", "got '10.0.0.0'", id="cidr-no-mask"),
    pytest.param({"a": [{"cidr": "10.0.0.256/8"}]}, "pattern.a[0].cidr", "got '10.0.0.256/8'", id="cidr-256"),
    pytest.param({"a": [{"cidr": "10.0.0.0/33"}]}, "pattern.a[0].cidr", "got '10.0.0.0/33'", id="cidr-33"),
    pytest.param({"a": [{"cidr": "::/129"}]}, "pattern.a[0].cidr", "got '::/129'", id="cidr-129"),
    pytest.param({"a": [{"cidr": "::1%eth0/64"}]}, "pattern.a[0].cidr", "got", id="cidr-scope"),
    pytest.param({"a": [{"cidr": "10.0.0.0/8/8"}]}, "pattern.a[0].cidr", "got", id="cidr-twice"),
    pytest.param({"a": [{"cidr": "10.0.0.0/-1"}]}, "pattern.a[0].cidr", "got", id="cidr-negative"),
    pytest.param(
        {"a": [{"anything-but": []}]},
        "pattern.a[0].anything-but",
        "at least one value, got an empty list",
        id="but-empty",
    ),
    pytest.param(
        {"a": [{"anything-but": [None]}]},
        "pattern.a[0].anything-but[0]",
        "takes texts or numbers, got null",
        id="but-null",
    ),
    pytest.param(
        {"a": [{"anything-but": ["x", True]}]},
        "pattern.a[0].anything-but[1]",
        "takes texts or numbers, got true",
        id="but-true",
    ),
    pytest.param(
        {"a": [{"anything-but": ["x", 1]}]},
        "pattern.a[0].anything-but",
        "either texts or numbers, not both",
        id="but-mixed",
    ),
    pytest.param(
        {"a": [{"anything-but": {"exists": True}}]},
        "pattern.a[0].anything-but",
        "takes 'prefix' or 'suffix' or 'equals-ignore-case' or 'wildcard' inside",
        id="but-exists",
    ),
    pytest.param(
        {"a": [{"anything-but": {"prefx": "x"}}]},
        "pattern.a[0].anything-but",
        "not 'prefx'; did you mean 'prefix'?",
        id="but-misspelt",
    ),
    pytest.param(
        {"a": [{"anything-but": {"prefix": "x", "suffix": "y"}}]}, "pattern.a[0].anything-but", "got 2", id="but-two"
    ),
    pytest.param(
        {"a": [{"anything-but": {"prefix": ""}}]},
        "pattern.a[0].anything-but.prefix",
        "an empty prefix would exclude every text",
        id="but-empty-prefix",
    ),
    pytest.param(
        {"a": [{"anything-but": {"suffix": ["x", ""]}}]},
        "pattern.a[0].anything-but.suffix",
        "an empty suffix",
        id="but-empty-suffix",
    ),
    pytest.param(
        {"a": [{"anything-but": {"wildcard": "**"}}]}, "pattern.a[0].anything-but.wildcard", "two stars", id="but-stars"
    ),
    pytest.param(
        {"a": [{"anything-but": {"prefix": [1]}}]},
        "pattern.a[0].anything-but.prefix",
        "'prefix' takes texts here, got the number 1",
        id="but-number-prefix",
    ),
    pytest.param(
        {"a": [{"numeric": 1}]},
        "pattern.a[0].numeric",
        'takes a list such as [">=", 100], got the number 1',
        id="numeric-bare",
    ),
    pytest.param({"a": [{"numeric": []}]}, "pattern.a[0].numeric", "got an empty list", id="numeric-empty"),
    pytest.param(
        {"a": [{"numeric": [1]}]},
        "pattern.a[0].numeric[0]",
        "expected one of = < <= > >=, got the number 1",
        id="numeric-no-sign",
    ),
    pytest.param(
        {"a": [{"numeric": [">", 1, 5, 9]}]}, "pattern.a[0].numeric[2]", "expected one of", id="numeric-third"
    ),
    pytest.param({"a": [{"numeric": ["=="]}]}, "pattern.a[0].numeric[0]", "expected one of", id="numeric-unknown-sign"),
    pytest.param({"a": [{"numeric": ["="]}]}, "pattern.a[0].numeric", "a number has to follow '='", id="numeric-half"),
    pytest.param(
        {"a": [{"numeric": ["=", "5"]}]},
        "pattern.a[0].numeric[1]",
        "a number has to follow '=', got the text '5'",
        id="numeric-text",
    ),
    pytest.param({"a": [{"numeric": ["=", True]}]}, "pattern.a[0].numeric[1]", "got true", id="numeric-true"),
    pytest.param(
        {"a": [{"numeric": [">", 1, ">", 2]}]},
        "pattern.a[0].numeric",
        "a range is > or >= and then < or <=, got '>' and '>'",
        id="numeric-doubled",
    ),
    pytest.param(
        {"a": [{"numeric": ["<", 2, ">", 1]}]},
        "pattern.a[0].numeric",
        "; the lower bound stands first",
        id="numeric-order",
    ),
    pytest.param(
        {"a": [{"numeric": ["=", 1, "<", 2]}]}, "pattern.a[0].numeric", "got '=' and '<'", id="numeric-equal-and"
    ),
    pytest.param(
        {"a": [{"numeric": [">", 1, "=", 2]}]}, "pattern.a[0].numeric", "got '>' and '='", id="numeric-and-equal"
    ),
    pytest.param(
        {"a": [{"numeric": [">", 5, "<", 1]}]},
        "pattern.a[0].numeric",
        "upside down: 5 is not below 1",
        id="numeric-upside-down",
    ),
    pytest.param(
        {"a": [{"numeric": [">=", 5, "<=", 5]}]}, "pattern.a[0].numeric", "5 is not below 5", id="numeric-equal-bounds"
    ),
    pytest.param(
        {"a": [{"numeric": [">", 1, "<", 5, "<", 9]}]},
        "pattern.a[0].numeric",
        "at most two comparisons make a range, got 3",
        id="numeric-three",
    ),
    pytest.param({"$or": [{"a": [1]}]}, "pattern.$or", "$or needs at least two branches, got 1", id="or-one"),
    pytest.param({"$or": []}, "pattern.$or", "$or needs at least two branches, got 0", id="or-none"),
    pytest.param({"$or": "x"}, "pattern.$or", "$or takes a list of objects, got the text 'x'", id="or-text"),
    pytest.param(
        {"$or": [{"a": [1]}, "x"]}, "pattern.$or[1]", "a branch of $or is an object, got the text 'x'", id="or-mixed"
    ),
    pytest.param(
        {"$or": [{"numeric": [1]}, {"a": [1]}]},
        "pattern.$or[0].numeric",
        "'numeric' is an operator, which cannot name a field inside $or",
        id="or-operator",
    ),
    pytest.param(
        {"$or": [{"a": {"prefix": [1]}}, {"b": [1]}]},
        "pattern.$or[0].a.prefix",
        "'prefix' is an operator",
        id="or-operator-deep",
    ),
    pytest.param({"$or": [{"a": "x"}, {"b": [1]}]}, "pattern.$or[0].a", "got the text 'x'", id="or-bare"),
    pytest.param(
        {"b": {"$or": [{"a": [1]}, {"a": []}]}}, "pattern.b.$or[1].a", "the list is empty", id="or-empty-list"
    ),
    pytest.param({1: ["x"]}, "pattern", "got one of the type int", id="name-number"),
    pytest.param({"a": {1, 2}}, "pattern.a", "JSON has no value of the type set", id="set"),
    pytest.param({"a": [b"x"]}, "pattern.a[0]", "JSON has no value of the type bytes", id="bytes"),
    pytest.param({"a": [float("inf")]}, "pattern.a[0]", "inf is no JSON number", id="infinity"),
    pytest.param({"a": [Decimal("NaN")]}, "pattern.a[0]", "NaN is no JSON number", id="decimal-nan"),
    pytest.param({"a": [10**5000]}, "pattern.a[0]", "an integer of more digits", id="long-integer"),
    pytest.param(object(), "pattern", "JSON has no value of the type object", id="object"),
    pytest.param(b'{"a": [1]}', "pattern", "JSON has no value of the type bytes", id="bytes-pattern"),
    pytest.param({"a b": {"c": {}}}, 'pattern["a b"].c', "an object needs", id="quoted-path"),
]


@pytest.mark.parametrize(("pattern", "path", "reason"), REFUSED)
def test_what_aws_refuses_names_the_place_and_the_reason(pattern: object, path: str, reason: str) -> None:
    with pytest.raises(FilterPatternError) as error:
        filters.parse(pattern)

    assert error.value.json_path == path
    assert reason in error.value.reason
