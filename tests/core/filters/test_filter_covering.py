"""Which pattern surely matches all that another one matches."""

import copy
from collections.abc import Iterator
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from cdk_esm.errors import FilterPatternError
from cdk_esm.filters import Pattern, match, parse
from cdk_esm.filters.covering import all_covered, covers
from tests.core.filters import filter_generators as random_


@pytest.mark.parametrize(
    ("wider", "narrower"),
    [
        pytest.param({"a": ["x"]}, {"a": ["x"]}, id="the same"),
        pytest.param({"a": ["x", "y"]}, {"a": ["x"]}, id="one value more"),
        pytest.param({"a": ["x"]}, {"b": ["y"], "a": ["x"]}, id="one field less"),
        pytest.param({"a": {"b": ["x"]}}, {"a": {"b": ["x"], "c": ["y"]}}, id="one field less further in"),
        pytest.param({"a": [{"exists": True}]}, {"a": ["x"]}, id="any value at all"),
        pytest.param({"a": [{"prefix": "o"}]}, {"a": [{"prefix": "or"}, "ok"]}, id="a shorter prefix"),
        pytest.param({"a": [{"suffix": "g"}]}, {"a": [{"suffix": "ng"}, "png"]}, id="a shorter suffix"),
        pytest.param({"a": [{"equals-ignore-case": "ok"}]}, {"a": ["OK"]}, id="any case"),
        pytest.param({"a": [{"numeric": [">=", 1]}]}, {"a": [{"numeric": [">", 1, "<", 9]}, 5]}, id="a longer range"),
        pytest.param({"a": [{"anything-but": ["x"]}]}, {"a": [{"anything-but": ["y", "x"]}]}, id="less is left out"),
        pytest.param({"a": [300]}, '{"a": [3.0e2]}', id="a number written otherwise"),
        pytest.param({"a": [{"anything-but": 300}]}, {"a": [{"anything-but": [5, 300.0]}]}, id="a number left out"),
        pytest.param(
            {"a": [{"anything-but": ["x", "y"]}]}, {"a": [{"anything-but": ["y", "x"]}]}, id="as much left out"
        ),
        pytest.param({"$or": [{"a": ["x"]}, {"b": ["y"]}]}, {"$or": [{"b": ["y"]}, {"a": ["x"]}]}, id="other order"),
    ],
)
def test_a_wider_pattern_covers_a_narrower_one(wider: Any, narrower: Any) -> None:
    assert covers(parse(wider), parse(narrower))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"a": ["x"]}, {"a": ["y"]}, id="another value"),
        pytest.param({"a": ["x"]}, {"b": ["x"]}, id="another field"),
        pytest.param({"a": [{"numeric": [">", 1]}]}, {"a": [6e9]}, id="a number beyond the range that numeric has"),
        pytest.param({"a": [12345678901234567890]}, {"a": [12345678901234567891]}, id="numbers of one double"),
        pytest.param({"a": [1]}, {"a": [True]}, id="one and true"),
        pytest.param({"a": [{"numeric": [">", 1]}]}, {"a": [1]}, id="the open end of a range"),
        pytest.param({"a": ["x"]}, {"a": {"b": ["x"]}}, id="a value and an object"),
        pytest.param({"a": [{"anything-but": ["x"]}]}, {"a": ["y"]}, id="an array may hold both"),
        pytest.param({"a": [{"anything-but": ["x"]}]}, {"a": ["x"]}, id="what is left out"),
        pytest.param({"a": [{"suffix": "g"}]}, {"a": [{"prefix": "g"}]}, id="the other end"),
        pytest.param({"a": [{"equals-ignore-case": "é"}]}, {"a": ["É"]}, id="any case beyond ASCII"),
        pytest.param({"a": [{"equals-ignore-case": "ok"}]}, {"a": [{"prefix": "OK"}]}, id="any case of a prefix"),
        pytest.param({"a": [{"equals-ignore-case": "ok"}]}, {"a": ["no"]}, id="any case of another value"),
        pytest.param({"a": [{"numeric": [">", 1]}]}, {"a": ["2"]}, id="a text and a range"),
        pytest.param(
            '{"a": [{"numeric": [">", 1]}]}',
            '{"a": [{"numeric": [">", 1.00000000000000001]}]}',
            id="a number too long to compare",
        ),
        pytest.param({"a": [{"exists": True}]}, {"a": [{"exists": False}]}, id="there and not there"),
        pytest.param({"a": [{"prefix": {"equals-ignore-case": "o"}}]}, {"a": ["ok"]}, id="an operator in another"),
    ],
)
def test_what_is_not_proved_is_not_covered(one: Any, other: Any) -> None:
    assert not covers(parse(one), parse(other))


@pytest.mark.parametrize(
    ("inner", "outer", "inside"),
    [
        ([">", 1], [">=", 1], True),
        ([">=", 1], [">", 1], False),
        (["<", 5], ["<=", 5], True),
        (["<=", 5], ["<", 5], False),
        ([">", 1, "<", 5], [">=", 1, "<=", 5], True),
        ([">=", 1, "<=", 5], [">", 1, "<", 5], False),
        ([">=", 1, "<=", 5], [">=", 1, "<=", 6], True),
        ([">", 2, "<", 4], [">", 1, "<", 5], True),
        ([">", 0, "<", 4], [">", 1, "<", 5], False),
        ([">", 2, "<", 6], [">", 1, "<", 5], False),
        ([">", 2], [">", 1, "<", 5], False),
        (["<", 4], [">", 1, "<", 5], False),
        ([">", 2], ["<", 5], False),
        (["<", 4], [">", 1], False),
        ([">", 2, "<", 4], [">", 1], True),
        ([">", 2, "<", 4], ["<", 5], True),
        (["=", 5], ["<=", 5], True),
        (["=", 5], ["<", 5], False),
        (["=", 5], [">=", 5], True),
        (["=", 5], [">", 5], False),
        (["=", 6], ["<=", 5], False),
        (["<=", 5], ["=", 5], False),
    ],
)
def test_range_covers_what_lies_inside_it(inner: list[Any], outer: list[Any], inside: bool) -> None:
    assert covers(parse({"a": [{"numeric": outer}]}), parse({"a": [{"numeric": inner}]})) is inside


@pytest.mark.parametrize(("count", "proved"), [(100, True), (101, False)])
def test_more_combinations_than_anybody_compares_prove_nothing(count: int, proved: bool) -> None:
    values = [{"a": [number]} for number in range(count)]

    assert covers(parse({"$or": values[::-1]}), parse({"$or": values[:100]})) is proved


def test_several_patterns_cover_several_others() -> None:
    orders, paid, both = ({"a": ["orders"]}, {"a": ["paid"]}, {"a": ["paid", "orders"]})

    assert all_covered([parse(both)], [parse(orders), parse(paid)])
    assert not all_covered([parse(orders)], [parse(orders), parse(paid)])


def test_patterns_of_single_values_cover_one_of_several_values() -> None:
    apart = [parse({"a": ["x"], "b": [number]}) for number in (1, 2)]

    assert all_covered(apart, [parse({"b": [2, 1], "a": ["x"]})])
    assert not all_covered(apart, [parse({"b": [2, 1, 3], "a": ["x"]})])
    assert not all_covered(apart, [parse({"b": [2, 1], "a": ["x", "y"]})])


def test_more_values_than_anybody_compares_prove_nothing() -> None:
    values = list(range(101))

    assert all_covered([parse({"a": [one]}) for one in values[:100]], [parse({"a": values[:100]})])
    assert not all_covered([parse({"a": [one]}) for one in values], [parse({"a": values})])


def test_duplicate_keys_cover_only_themselves() -> None:
    text = '{"a": ["x"], "a": ["y"]}'

    assert covers(parse(text), parse(text))
    assert not covers(parse({"a": ["x", "y"]}), parse(text))


def _cut(pattern: Any, random: Random) -> Any:
    """The pattern with something taken out of it, which makes it wider or narrower."""
    made = copy.deepcopy(pattern)
    for key, node in list(made.items()):
        chance = random.random()
        if chance < 0.3 and len(made) > 1:
            del made[key]
        elif isinstance(node, dict):
            made[key] = _cut(node, random)
        elif key != "$or" and chance < 0.6:
            made[key] = [random.choice(node)]
        elif key == "$or" and len(node) > 2:
            made[key] = node[:2]
    return made


def _pairs(seed: int, count: int) -> Iterator[tuple[Pattern, Pattern, list[Any]]]:
    random = Random(seed)  # noqa: S311 - tests want the same pairs each time
    for _ in range(count):
        pattern = random_.pattern(random)
        with suppress(FilterPatternError):  # its $or lead to too many combinations
            yield parse(pattern), parse(_cut(pattern, random)), [random_.document(random) for _ in range(20)]


def test_what_is_covered_never_matches_where_the_wider_pattern_does_not() -> None:
    proved = 0
    for one, other, documents in _pairs(7, 600):
        for wider, narrower in ((one, other), (other, one)):
            if covers(wider, narrower):
                proved += 1
                assert not [
                    document for document in documents if match(narrower, document) and not match(wider, document)
                ]

    assert proved > 500
