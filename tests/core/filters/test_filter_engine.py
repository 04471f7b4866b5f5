"""How the open filter engine answers where guides say little or another thing, and where we keep to the guides.

Each pair is asked of ``match`` with the event as text and parsed, and of ``compile``.
"""

import json
from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.filters import FilterPatternError

NUMBERS: list[Any] = [
    pytest.param("[300]", "300.0", True, id="integer-and-fraction"),
    pytest.param("[300]", "3e2", True, id="integer-and-exponent"),
    pytest.param("[300.0]", "300", True, id="fraction-and-integer"),
    pytest.param("[3.0e2]", "3.0e2", True, id="exponent-of-the-same-text"),
    pytest.param("[3.0E+2]", "0.3e3", True, id="exponents"),
    pytest.param("[0]", "-0.0", True, id="zeros"),
    pytest.param("[-0]", "0", True, id="minus-zero"),
    pytest.param("[0.5]", "0.50", True, id="zero-at-the-end"),
    pytest.param("[0.1]", "1e-1", True, id="tenth"),
    pytest.param("[300]", "301", False, id="another-integer"),
    pytest.param("[300]", "300.00000000001", False, id="a-little-more"),
    pytest.param("[1e22]", "10000000000000000000000", True, id="long-and-comparable"),
    pytest.param("[9007199254740992]", "9007199254740993", False, id="of-the-same-double"),
    pytest.param("[9007199254740993]", "9007199254740992.0", False, id="of-the-same-double-as-a-fraction"),
    pytest.param("[9007199254740993]", "9007199254740993", True, id="incomparable-of-the-same-text"),
    pytest.param("[12345678901234567890]", "12345678901234567890", True, id="long-of-the-same-text"),
    pytest.param("[12345678901234567890]", "12345678901234567891", False, id="long-of-another-text"),
    pytest.param("[1152921504606846976]", "1152921504606847000", False, id="double-that-is-spelled-shorter"),
    pytest.param(f"[{'7' * 4_050}]", "7" * 4_050, True, id="four-thousand-digits"),
    pytest.param(f"[{'7' * 4_050}]", "7" * 4_049 + "8", False, id="four-thousand-other-digits"),
]
WRITTEN: list[Any] = [
    pytest.param("[0.1]", "0.10000000000000001", False, id="more-digits-than-a-double"),
    pytest.param("[300]", "300.00000000000000001", False, id="more-digits-than-a-double-for-an-integer"),
    pytest.param("[0.10000000000000001]", "0.10000000000000001", True, id="more-digits-of-the-same-text"),
    pytest.param("[0.10000000000000001]", "0.1", False, id="fewer-digits"),
    pytest.param("[1e400]", "1e400", True, id="beyond-a-double-of-the-same-text"),
    pytest.param("[1e400]", "1e401", False, id="beyond-a-double"),
    pytest.param("[0]", "1e-400", False, id="below-a-double"),
    pytest.param("[1e99999999999999999999]", "1e99999999999999999999", True, id="exponent-of-many-digits"),
    pytest.param("[300]", "3" * 5_000, False, id="more-digits-than-python-reads"),
]
"""Numbers whose text Python's own JSON loses: only the doors that read text can tell them apart."""


def answers(condition: str, value: str) -> set[bool]:
    """What the doors that read text say."""
    pattern = f'{{"a": {condition}}}'
    event = f'{{"a": {value}}}'
    criteria = filters.compile("sqs", [f'{{"body": {pattern}}}'])
    record = {"messageId": "1", "body": event}
    return {filters.match(pattern, event), criteria.matches(record), criteria.explain(record).matched}


@pytest.mark.parametrize(("condition", "value", "expected"), [*NUMBERS, *WRITTEN])
def test_bare_numbers_are_equal_by_value_or_by_text(condition: str, value: str, expected: bool) -> None:
    assert answers(condition, value) == {expected}
    assert answers(f'["never", {condition[1:]}', value) == {expected}


@pytest.mark.parametrize(("condition", "value", "expected"), NUMBERS)
def test_parsed_numbers_are_equal_as_their_texts_are(condition: str, value: str, expected: bool) -> None:
    assert filters.match(f'{{"a": {condition}}}', {"a": json.loads(value)}) is expected


def test_integers_are_read_beside_one_that_python_does_not_read() -> None:
    assert filters.match('{"a": [300]}', f'{{"a": 300, "b": {"1" * 5_000}}}')
    assert not filters.match('{"a": [1]}', f'{{"a": true, "b": {"1" * 5_000}}}')


CASE: list[Any] = [
    pytest.param("ς", "Σ", True, id="final-sigma"),
    pytest.param("Σ", "ς", False, id="sigma-is-not-final"),
    pytest.param("ß", "SS", True, id="sharp-s"),
    pytest.param("ß", "ß", True, id="sharp-s-itself"),
    pytest.param("ß", "Ss", False, id="sharp-s-is-one-letter"),
    pytest.param("SS", "ß", False, id="event-is-not-folded"),
    pytest.param("\u0131", "I", True, id="dotless-i"),
    pytest.param("I", "\u0131", False, id="capital-i-has-a-dot"),
    pytest.param("µ", "Μ", True, id="micro"),  # noqa: RUF001 - a Greek letter is meant
    pytest.param("k", "\u212a", False, id="kelvin"),
    pytest.param("\u212a", "k", True, id="kelvin-in-the-pattern"),
    pytest.param("ß", "ẞ", False, id="capital-sharp-s"),
    pytest.param("ǆ", "ǅ", False, id="title-case"),
    pytest.param("ǆ", "Ǆ", True, id="upper-case-of-two-in-one"),
    pytest.param("É", "é", True, id="accent"),
    pytest.param("straße", "STRASSE", True, id="in-a-word"),
    pytest.param("x😀", "X😀", True, id="emoji-as-documented"),
    pytest.param("𐐀", "𐐨", False, id="case-beyond-the-first-plane"),
    pytest.param("", "", True, id="empty"),
    pytest.param("é", "", False, id="accent-is-not-empty"),
]


@pytest.mark.parametrize(("text", "value", "expected"), CASE)
def test_each_letter_of_a_pattern_stands_for_its_lower_and_its_upper_form(
    text: str, value: str, expected: bool
) -> None:
    def answer(operator: Any, found: str) -> bool:
        return filters.match({"a": [operator]}, {"a": found})

    inner = {"equals-ignore-case": text}
    assert answer(inner, value) is expected
    assert answer({"anything-but": inner}, value) is not expected
    assert answer({"prefix": inner}, value) is expected
    assert answer({"suffix": inner}, value) is expected
    assert answer({"prefix": inner}, f"{value}-") is (expected or text == "")
    assert answer({"suffix": inner}, f"-{value}") is (expected or text == "")
    assert answer(inner, f"{value}-") is False


REFUSED: list[Any] = [
    pytest.param('{"a": [{"numeric": ["=", 12345678901234567]}]}', "a[0].numeric[1]", "12345678901234567", id="equal"),
    pytest.param('{"a": [{"numeric": [">", 9007199254740993]}]}', "a[0].numeric[1]", "as 64-bit doubles", id="bound"),
    pytest.param('{"a": [{"numeric": ["<", 1e400]}]}', "a[0].numeric[1]", "1e400 cannot be compared", id="infinite"),
    pytest.param(
        '{"a": [{"numeric": [">", 0, "<", 123456789012345678]}]}', "a[0].numeric[3]", "cannot be compared", id="range"
    ),
    pytest.param('{"a": [{"anything-but": 123456789012345678}]}', "a[0].anything-but[0]", "a text", id="excluded"),
    pytest.param(
        '{"a": [{"anything-but": [1, -123456789012345678]}]}', "a[0].anything-but[1]", "a text", id="one-excluded"
    ),
    pytest.param(
        {"a": [{"cidr": "10.0.0.1/32"}]}, "a[0].cidr", 'the address itself as a value: ["10.0.0.1"]', id="/32"
    ),
    pytest.param({"a": [{"cidr": "::1/128"}]}, "a[0].cidr", "up to /127, got '::1/128'; write", id="/128"),
    pytest.param({"a": [{"wildcard": "*:*:*:*:*:event-bus/*"}]}, "a", "inside 11 of their beginnings", id="stars"),
    pytest.param(
        {"x": ["y"], "o": {"a": [{"wildcard": f"*:stack/{name}/*"} for name in ("api", "web", "jobs", "mail")]}},
        "o.a",
        "inside 12 of their beginnings at once, and the service takes up to 10; use fewer stars, or prefix or suffix",
        id="wildcards-of-one-list",
    ),
    pytest.param(
        {"a": ["x", {"anything-but": {"wildcard": "*aaaaaaaaa*"}}]}, "a", "inside 11 of", id="excluded-wildcard"
    ),
    pytest.param(
        {"a": [{"anything-but": {"wildcard": ["b", "*aaaaaaaaa*"]}}]}, "a", "11", id="one-of-several-excluded"
    ),
    pytest.param(
        {"$or": [{"a": [{"wildcard": "*aaaa*"}]}, {"a": [{"wildcard": "*aaaaa*"}], "b": ["x"]}]},
        "$or[0].a",
        "inside 13 of their beginnings",
        id="branches-together",
    ),
]


@pytest.mark.parametrize(("pattern", "path", "reason"), REFUSED)
def test_what_every_version_of_the_engine_refuses_is_refused(pattern: Any, path: str, reason: str) -> None:
    with pytest.raises(FilterPatternError) as refusal:
        filters.parse(pattern)

    assert refusal.value.json_path == f"pattern.{path}"
    assert reason in refusal.value.reason


@pytest.mark.parametrize(
    "pattern",
    [
        '{"a": [123456789012345678, 1e400, 12345678901234567890.5]}',
        '{"a": [{"numeric": [">", 5000000001, "<=", 9007199254740992]}]}',
        '{"a": [{"anything-but": [1.23456789012345678, 1e300]}]}',
        {"a": [{"cidr": "10.0.0.1/31"}, {"cidr": "::/127"}]},
        {"$or": [{"html": ["a"]}, {"b": ["c"]}]},
        {"a": [{"wildcard": f"*:stack/{name}/*"} for name in ("api", "web", "jobs")]},
        {"a": [{"wildcard": "a*a*a*a*a*a"}], "b": [{"wildcard": "a*a*a*a*a*a"}]},
        {"a": [{"wildcard": "*aaaa*"}, {"anything-but": {"wildcard": ["*aaaaa*", "*b*"]}}]},
    ],
)
def test_what_some_version_of_the_engine_takes_is_taken(pattern: Any) -> None:
    assert filters.parse(filters.render(pattern)) == filters.parse(pattern)


LEFT: list[Any] = [
    pytest.param({"a": [{"numeric": [">", 0]}]}, {"a": 5_000_000_001}, False, id="numeric-ends-where-the-guide-ends"),
    pytest.param({"a": {"": ["x"]}}, {"a": {"": "x"}}, True, id="empty-last-step"),
    pytest.param({"": {"b": ["x"]}}, {"b": "x"}, False, id="empty-first-step"),
    pytest.param({"a": ["::1"]}, {"a": "0:0:0:0:0:0:0:1"}, False, id="address-is-a-text"),
    pytest.param({"a": ["10.0.0.1"]}, {"a": "010.0.0.1"}, False, id="address-with-zeros-is-a-text"),
    pytest.param({"a": [{"cidr": "0.0.0.0/0"}]}, {"a": "::"}, False, id="block-of-the-other-family"),
    pytest.param({"a": [{"cidr": "::/0"}]}, {"a": "10.0.0.1"}, False, id="block-of-the-longer-family"),
    pytest.param({"a": [{"cidr": "0.0.0.0/0"}]}, {"a": 1}, False, id="block-and-number"),
    pytest.param({"a": [{"numeric": ["=", 0.1]}]}, '{"a": 0.10000000000000001}', True, id="numeric-rounds"),
    pytest.param({"a": ["x"]}, '{"a": "x", "a": "y"}', False, id="last-key-counts"),
    pytest.param({"a": [{"prefix": '"'}]}, {"a": ""}, False, id="quotation-mark-at-the-start"),
    pytest.param({"a": [{"suffix": '"'}]}, {"a": ""}, False, id="quotation-mark-at-the-end"),
    pytest.param({"a": ["", {"anything-but": {"prefix": []}}]}, {"a": "a"}, True, id="nothing-is-excluded"),
    pytest.param({"a": [{"anything-but": "\ude00"}]}, {"a": "\ud83d"}, True, id="halves-of-pairs-differ"),
    pytest.param({"$or": [{"a": ["a", "b"]}, {"a": ["b", "c"]}]}, {"a": "c"}, True, id="overlapping-branch-counts"),
    pytest.param({"a": [{"equals-ignore-case": "x😀"}]}, {"a": "x😀"}, True, id="emoji-in-any-case"),
]


@pytest.mark.parametrize(("pattern", "event", "expected"), LEFT)
def test_where_the_engine_is_at_fault_or_unsettled_the_guides_decide(pattern: Any, event: Any, expected: bool) -> None:
    assert filters.match(pattern, event) is expected


@pytest.mark.parametrize(
    "pattern",
    [
        {"a": [{"cidr": "::/+8"}]},
        {"a": [{"cidr": "10.0.0.1/8/"}]},
        '{"a": ["b"]} x',
    ],
)
def test_what_the_engine_takes_by_being_lax_is_refused(pattern: Any) -> None:
    with pytest.raises(FilterPatternError):
        filters.parse(pattern)


@pytest.mark.parametrize(
    ("pattern", "codes"),
    [
        (
            {"$or": ["x"], "a": [{"anything-but": {"wildcard": "b*"}}]},
            {"or-is-a-field", "unlisted-operator"},
        ),
        ('{"a": [{"numeric": [">", 1.7976931348623157e308]}]}', {"number-beyond-range"}),
        ({"a": [{"suffix": {"equals-ignore-case": "å\u02bcn"}}], "b": ["x"]}, {"unlisted-operator"}),
        ({"a": [{"anything-but": {"suffix": []}}]}, {"unlisted-operator", "always-true"}),
    ],
)
def test_what_fails_only_when_a_rule_is_added_is_taken_with_a_finding(pattern: Any, codes: set[str]) -> None:
    body = filters.parse(pattern)

    assert {finding.code for finding in filters.compile("sqs", [{"body": body}]).findings} == codes
