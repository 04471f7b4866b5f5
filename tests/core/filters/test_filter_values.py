from typing import Any

import pytest

from cdk_esm import filters

VALUES: list[Any] = [
    pytest.param(["x"], "x", True, id="text"),
    pytest.param(["x"], "X", False, id="text-case"),
    pytest.param(["x"], "xx", False, id="text-longer"),
    pytest.param(["1"], 1, False, id="text-is-no-number"),
    pytest.param([""], "", True, id="empty"),
    pytest.param([""], None, False, id="empty-is-not-null"),
    pytest.param([None], None, True, id="null"),
    pytest.param([None], "null", False, id="null-is-no-text"),
    pytest.param([None], 0, False, id="null-is-not-zero"),
    pytest.param([None], False, False, id="null-is-not-false"),
    pytest.param([True], True, True, id="true"),
    pytest.param([True], 1, False, id="true-is-not-one"),
    pytest.param([False], 0, False, id="false-is-not-zero"),
    pytest.param([False], False, True, id="false"),
    pytest.param([1], 1, True, id="integer"),
    pytest.param([1], 2, False, id="another-integer"),
    pytest.param([1], True, False, id="one-is-not-true"),
    pytest.param([0], False, False, id="zero-is-not-false"),
    pytest.param([300], 300.0, True, id="integer-by-its-value"),
    pytest.param([300.0], 300.0, True, id="float"),
    pytest.param([300.0], 300, True, id="float-by-its-value"),
    pytest.param([1.5], 1.5, True, id="fraction"),
    pytest.param([1.5], True, False, id="fraction-is-not-true"),
    pytest.param([1.5], "1.5", False, id="fraction-is-no-text"),
    pytest.param(["x", 5, None], 5, True, id="one-of-several-kinds"),
    pytest.param(["x", 5, None], "5", False, id="none-of-several-kinds"),
    pytest.param([{"exactly": "x"}], "x", True, id="exactly"),
    pytest.param([{"exactly": "x"}], "y", False, id="exactly-not"),
    pytest.param([{"prefix": "ab"}], "abc", True, id="prefix"),
    pytest.param([{"prefix": "ab"}], "ab", True, id="prefix-all"),
    pytest.param([{"prefix": "ab"}], "cab", False, id="prefix-not"),
    pytest.param([{"prefix": "1"}], 12, False, id="prefix-of-a-number"),
    pytest.param([{"prefix": ""}], "", True, id="empty-prefix"),
    pytest.param([{"prefix": ""}], None, False, id="empty-prefix-of-null"),
    pytest.param([{"suffix": "bc"}], "abc", True, id="suffix"),
    pytest.param([{"suffix": "bc"}], "bcd", False, id="suffix-not"),
    pytest.param([{"suffix": "2"}], 12, False, id="suffix-of-a-number"),
    pytest.param([{"prefix": {"equals-ignore-case": "Äb"}}], "äBc", True, id="prefix-any-case"),
    pytest.param([{"prefix": {"equals-ignore-case": "Äb"}}], "xäb", False, id="prefix-any-case-not"),
    pytest.param([{"prefix": {"equals-ignore-case": "a"}}], 1, False, id="prefix-any-case-of-a-number"),
    pytest.param([{"suffix": {"equals-ignore-case": "Bc"}}], "aBC", True, id="suffix-any-case"),
    pytest.param([{"suffix": {"equals-ignore-case": "Bc"}}], "bca", False, id="suffix-any-case-not"),
    pytest.param([{"suffix": {"equals-ignore-case": "a"}}], 1, False, id="suffix-any-case-of-a-number"),
    pytest.param([{"equals-ignore-case": "AbC"}], "aBc", True, id="any-case"),
    pytest.param([{"equals-ignore-case": "AbC"}], "abcd", False, id="any-case-longer"),
    pytest.param([{"equals-ignore-case": "ΟΔΟΣ"}], "οδοσ", True, id="any-case-letter-by-letter"),
    pytest.param([{"equals-ignore-case": "1"}], 1, False, id="any-case-of-a-number"),
    pytest.param([{"wildcard": "a*c"}], "abbc", True, id="wildcard"),
    pytest.param([{"wildcard": "a*c"}], "ac", True, id="wildcard-nothing"),
    pytest.param([{"wildcard": "a*a"}], "a", False, id="wildcard-no-overlap"),
    pytest.param([{"wildcard": "*b*d*"}], "abcde", True, id="wildcard-middle"),
    pytest.param([{"wildcard": "*d*b*"}], "abcde", False, id="wildcard-middle-order"),
    pytest.param([{"wildcard": "*b*"}], "bc", True, id="wildcard-middle-first"),
    pytest.param([{"wildcard": "*b*bc*"}], "b-bc", True, id="wildcard-middle-leaves-room"),
    pytest.param([{"wildcard": "*aba*aba*"}], "ababa", False, id="wildcard-middle-no-overlap"),
    pytest.param([{"wildcard": "*bb*b"}], "abb", False, id="wildcard-middle-before-end"),
    pytest.param([{"wildcard": "*bb*"}], "abb", True, id="wildcard-middle-at-end"),
    pytest.param([{"wildcard": "a*ba*"}], "aba", True, id="wildcard-middle-at-start"),
    pytest.param([{"wildcard": "ab*ab*"}], "ab", False, id="wildcard-middle-not-from-start"),
    pytest.param([{"wildcard": "a*"}], "ab\nc", True, id="wildcard-lines"),
    pytest.param([{"wildcard": "ab"}], "ab", True, id="wildcard-none"),
    pytest.param([{"wildcard": "ab"}], "abc", False, id="wildcard-none-longer"),
    pytest.param([{"wildcard": "a\\*c"}], "a*c", True, id="wildcard-star"),
    pytest.param([{"wildcard": "a\\*c"}], "abc", False, id="wildcard-star-only"),
    pytest.param([{"wildcard": "a\\\\*"}], "a\\b", True, id="wildcard-backslash"),
    pytest.param([{"wildcard": "*"}], 1, False, id="wildcard-of-a-number"),
    pytest.param([{"cidr": "10.0.0.0/24"}], "10.0.0.255", True, id="cidr"),
    pytest.param([{"cidr": "10.0.0.0/24"}], "10.0.1.0", False, id="cidr-above"),
    pytest.param([{"cidr": "10.0.1.77/24"}], "10.0.1.0", True, id="cidr-lowest"),
    pytest.param([{"cidr": "10.0.1.77/24"}], "10.0.0.255", False, id="cidr-below"),
    pytest.param([{"cidr": "10.0.0.0/24"}], "010.0.0.1", True, id="cidr-leading-zero"),
    pytest.param([{"cidr": "10.0.0.0/24"}], "10.0.0.256", False, id="cidr-256"),
    pytest.param([{"cidr": "10.0.0.0/24"}], "10.0.0", False, id="cidr-no-address"),
    pytest.param([{"cidr": "10.0.0.0/24"}], 10, False, id="cidr-of-a-number"),
    pytest.param([{"cidr": "0.0.0.0/0"}], "255.255.255.255", True, id="cidr-all"),
    pytest.param([{"cidr": "0.0.0.0/0"}], "::1", False, id="cidr-of-another-width"),
    pytest.param([{"cidr": "2001:db8::/32"}], "2001:DB8:ffff::1", True, id="cidr-v6"),
    pytest.param([{"cidr": "2001:db8::/32"}], "2001:db9::", False, id="cidr-v6-above"),
    pytest.param([{"cidr": "::/0"}], "::1%eth0", False, id="cidr-v6-scope"),
    pytest.param([{"cidr": "::/0"}], ":::", False, id="cidr-v6-no-address"),
    pytest.param([{"exists": True}], None, True, id="exists-null"),
    pytest.param([{"exists": True}], {}, False, id="exists-object"),
    pytest.param([{"exists": True}], {"b": 1}, False, id="exists-inner"),
    pytest.param([{"exists": True}], [], False, id="exists-empty-array"),
    pytest.param([{"exists": True}], [[], {}], False, id="exists-empty-inner-arrays"),
    pytest.param([{"exists": True}], [[1]], True, id="exists-inner-array"),
    pytest.param([{"exists": False}], 0, False, id="missing-not"),
    pytest.param([{"exists": False}], {"b": 1}, True, id="missing-object"),
    pytest.param([{"exists": False}], [], True, id="missing-empty-array"),
    pytest.param([{"exists": False}], [{"b": 1}], True, id="missing-objects"),
    pytest.param([{"exists": False}], [{"b": 1}, 1], False, id="missing-objects-and-value"),
    pytest.param(["x", {"exists": False}], "x", True, id="or-missing-value"),
    pytest.param(["x", {"exists": False}], "y", False, id="or-missing-other"),
    pytest.param(["x", {"exists": False}], {}, True, id="or-missing"),
    pytest.param(["x", {"exists": False}], ["y"], False, id="or-missing-other-in-array"),
    pytest.param(["x"], ["y", "x"], True, id="array"),
    pytest.param(["x"], ["y", ["z", ["x"]]], True, id="array-in-array"),
    pytest.param(["x"], [{"b": "x"}], False, id="array-of-objects"),
    pytest.param(["x"], ("y", "x"), True, id="tuple"),
]


@pytest.mark.parametrize(("condition", "value", "expected"), VALUES)
def test_value_satisfies_condition(condition: list[Any], value: Any, expected: bool) -> None:
    pattern = filters.parse({"a": condition})

    assert filters.match(pattern, {"a": value, "z": 0}) is expected
    assert filters.match({"o": {"a": condition}}, {"o": {"a": value}}) is expected
    assert filters.match({"o": {"a": condition}}, {"o": [{"z": 0}, {"a": value}]}) is expected


NUMBERS: list[Any] = [
    (["=", 5], {4.999: False, 5: True, 5.001: False}),
    ([">", 5], {5: False, 5.000001: True, 5_000_000_000: True, 5_000_000_001: False}),
    ([">=", 5], {4.9: False, 5: True}),
    (["<", 5], {4.9: True, 5: False, -5_000_000_000: True, -5_000_000_001: False}),
    (["<=", 5], {5: True, 5.1: False}),
    ([">", 0, "<", 5], {0: False, 1: True, 5: False}),
    ([">=", 0, "<=", 5], {-1: False, 0: True, 5: True, 6: False}),
    ([">", -6e9], {-5e9: True, -5.5e9: False}),
    (["<", 6e9], {5e9: True, 5.5e9: False}),
    ([">", 5e9], {5e9: False, 6e9: False}),
    (["=", 6e9], {6e9: False}),
]


@pytest.mark.parametrize(("terms", "answers"), [pytest.param(*case, id=str(case[0])) for case in NUMBERS])
def test_numeric_compares_values(terms: list[Any], answers: dict[float, bool]) -> None:
    for several in ([], ["never"]):
        pattern = filters.parse({"a": [{"numeric": terms}, *several]})

        for value, expected in answers.items():
            assert filters.match(pattern, {"a": value}) is expected
        others: list[Any] = [True, False, None, "5", "", {}, [], float("nan"), float("inf")]
        for nothing in others:
            assert filters.match(pattern, {"a": nothing}) is False


def test_anything_but_takes_what_it_does_not_name() -> None:
    for several in ([], [{"exactly": "never"}]):
        texts = filters.parse({"a": [{"anything-but": ["x", "y"]}, *several]})
        numbers = filters.parse({"a": [{"anything-but": [1, 2.5]}, *several]})

        assert [filters.match(texts, {"a": value}) for value in ("x", "z", 1, None, True, ["x"], ["x", "z"])] == [
            *(False, True, True, True, True, False, True)
        ]
        assert [filters.match(numbers, {"a": value}) for value in (1, 1.0, 2.5, 3, "1", None, True, [1, 3])] == [
            *(False, False, False, True, True, True, True, True)
        ]
        for pattern in (texts, numbers):
            assert not filters.match(pattern, {})
            assert not filters.match(pattern, {"a": []})
            assert not filters.match(pattern, {"a": {"b": 1}})


@pytest.mark.parametrize(
    ("inner", "excluded", "left"),
    [
        ({"prefix": ["a", "b"]}, ["a", "bc"], ["ca", 1, None]),
        ({"suffix": "a"}, ["a", "ba"], ["ab", True]),
        ({"equals-ignore-case": ["Ab", "c"]}, ["aB", "C"], ["abc", 5]),
        ({"wildcard": "a*c"}, ["abc", "ac"], ["acd", None]),
        ({"prefix": []}, [], ["", "a", 1]),
    ],
)
def test_anything_but_excludes_what_another_operator_takes(inner: Any, excluded: list[Any], left: list[Any]) -> None:
    pattern = filters.parse({"a": [{"anything-but": inner}]})

    assert not any(filters.match(pattern, {"a": value}) for value in excluded)
    assert all(filters.match(pattern, {"a": value}) for value in left)
    assert not filters.match(pattern, {})
