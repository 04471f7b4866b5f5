"""Absence that is asked for inside an array: the walk along the keys decides, in one pass over the members."""

from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.filters import fields


class Counted(dict[str, Any]):
    """An object that counts how often a value was looked up in any of its kind."""

    visits = 0

    def get(self, key: Any, default: Any = None) -> Any:
        Counted.visits += 1
        return super().get(key, default)


def visits(pattern: Any, count: int) -> int:
    """Look-ups in the members of an array while a pattern fails on all of them."""
    lines = [Counted(sku=f"s{number}", more=Counted(n=number)) for number in range(count)]
    Counted.visits = 0
    assert not filters.match(pattern, {"lines": lines})
    return Counted.visits


@pytest.mark.parametrize(
    ("pattern", "most"),
    [
        pytest.param({"lines": {"sku": ["none"], "void": [{"exists": False}]}}, 3, id="after-a-value"),
        pytest.param({"lines": {"away": [{"exists": False}], "sku": ["none"]}}, 4, id="before-a-value"),
        pytest.param({"lines": {"sku": [{"exists": False}]}}, 2, id="alone"),
        pytest.param({"lines": {"more": {"a": [{"exists": False}], "n": [-1]}}}, 8, id="further-in"),
    ],
)
def test_each_member_of_an_array_is_visited_a_few_times(
    pattern: Any, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fields, "matches", lambda *_: pytest.fail("went the slow way round"))
    read = filters.parse(pattern)

    few, many = visits(read, 200), visits(read, 2_000)

    assert many == 10 * few
    assert few <= 200 * most


LINES: list[Any] = [
    ([{"sku": "a", "void": 1}, {"sku": "a"}], True),
    ([{"sku": "a", "void": 1}, {"sku": "b"}], False),
    ([{"void": 1}, {"other": 1}], False),
    ([[{"sku": "a", "void": 1}], [[{"sku": "a"}]]], True),
    ([{"sku": "a", "void": {"b": 1}}], True),
    ([{"sku": "a", "void": [[], {}]}], True),
    ([{"sku": "a", "void": [[], [1]]}], False),
    ([1, "a"], False),
    ([], False),
]


@pytest.mark.parametrize(("lines", "expected"), LINES)
def test_the_member_that_was_chosen_before_must_lack_the_field(lines: Any, expected: bool) -> None:
    pattern = {"lines": {"sku": ["a"], "void": [{"exists": False}]}}

    assert filters.match(pattern, {"lines": lines}) is expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([{"sku": "a", "away": 1}, {"sku": "a"}], False),
        ([{"sku": "b"}, {"sku": "a"}], True),
        ([{"away": 1}], False),
        ([{"other": 1}], False),
    ],
)
def test_a_field_that_is_looked_for_first_must_be_absent_everywhere(lines: Any, expected: bool) -> None:
    pattern = {"lines": {"away": [{"exists": False}], "sku": ["a"]}}

    assert filters.match(pattern, {"lines": lines}) is expected


def test_key_with_a_dot_is_left_to_the_engines_way() -> None:
    pattern = {"lines": {"more": {"a": [{"exists": False}]}, "sku": ["a"]}}

    assert filters.match(pattern, {"lines": [{"sku": "a"}, {"sku": "b"}]})
    assert not filters.match(pattern, {"lines": [{"sku": "a"}, {"sku": "b", "more.a": 1}]})
