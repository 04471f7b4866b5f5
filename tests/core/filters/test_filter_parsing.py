import copy
import json
import pickle
from collections import OrderedDict
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.errors import EsmError
from cdk_esm.filters import FilterPatternError, f
from cdk_esm.filters.pattern import Number, json_path


def refusal(pattern: object) -> FilterPatternError:
    with pytest.raises(FilterPatternError) as error:
        filters.parse(pattern)
    return error.value


def test_refusal_is_one_of_our_errors_and_a_value_error() -> None:
    error = refusal({"a": 1})

    assert isinstance(error, EsmError)
    assert isinstance(error, ValueError)
    assert type(refusal({"$or": [{"a": [1]}]})) is FilterPatternError
    assert str(error) == f"pattern.a: {error.reason}"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - its own


def test_paths_begin_with_the_name_that_was_given() -> None:
    with pytest.raises(FilterPatternError, match=r"^filters\[3\]\.body\.total: "):
        filters.parse({"body": {"total": 1}}, name="filters[3]")


TAKEN: list[Any] = [
    pytest.param({"a": ["x"]}, '{"a":["x"]}', id="text"),
    pytest.param({"a": ("x",)}, '{"a":["x"]}', id="tuple"),
    pytest.param({"a": [None, True, False, ""]}, '{"a":[null,true,false,""]}', id="constants"),
    pytest.param({"a": [300, 300.0, -1, 1e22]}, '{"a":[300,300.0,-1,1e+22]}', id="numbers"),
    pytest.param({"a": [Decimal("1.50")]}, '{"a":[1.50]}', id="decimal"),
    pytest.param('{"a": [3.0e2, 300.00, 1E5]}', '{"a":[3.0e2,300.00,1E5]}', id="numbers-keep-their-text"),
    pytest.param({"a": [{"prefix": ""}]}, '{"a":[{"prefix":""}]}', id="empty-prefix"),
    pytest.param({"a": [{"anything-but": "x"}]}, '{"a":[{"anything-but":"x"}]}', id="but-bare"),
    pytest.param({"a": [{"anything-but": ["x"]}]}, '{"a":[{"anything-but":["x"]}]}', id="but-list"),
    pytest.param({"a": [{"anything-but": 5}]}, '{"a":[{"anything-but":5}]}', id="but-number"),
    pytest.param(
        {"a": [{"anything-but": {"prefix": ["x", "y"]}}]},
        '{"a":[{"anything-but":{"prefix":["x","y"]}}]}',
        id="but-prefix",
    ),
    pytest.param(
        {"a": [{"anything-but": {"wildcard": ""}}]}, '{"a":[{"anything-but":{"wildcard":""}}]}', id="but-wildcard-bare"
    ),
    pytest.param(
        {"a": [{"anything-but": {"prefix": []}}]}, '{"a":[{"anything-but":{"prefix":[]}}]}', id="but-no-prefix"
    ),
    pytest.param(
        {"a": [{"prefix": {"equals-ignore-case": "x"}}]},
        '{"a":[{"prefix":{"equals-ignore-case":"x"}}]}',
        id="prefix-case",
    ),
    pytest.param({"a": [{"numeric": [">", 0, "<=", 5]}]}, '{"a":[{"numeric":[">",0,"<=",5]}]}', id="range"),
    pytest.param({"a": [{"wildcard": "a*\\*\\\\"}]}, '{"a":[{"wildcard":"a*\\\\*\\\\\\\\"}]}', id="wildcard"),
    pytest.param({"a": [{"wildcard": "*a*"}]}, '{"a":[{"wildcard":"*a*"}]}', id="wildcard-two-stars"),
    pytest.param({"a": [{"cidr": "10.0.0.0/31"}]}, '{"a":[{"cidr":"10.0.0.0/31"}]}', id="cidr-31"),
    pytest.param({"a": [{"cidr": "::/127"}]}, '{"a":[{"cidr":"::/127"}]}', id="cidr-127"),
    pytest.param({"$or": [{"html": ["x"]}, {"a": ["y"]}]}, '{"$or":[{"html":["x"]},{"a":["y"]}]}', id="or-html"),
    pytest.param({"a": [{"cidr": "::/0"}]}, '{"a":[{"cidr":"::/0"}]}', id="cidr-v6"),
    pytest.param({"numeric": ["x"]}, '{"numeric":["x"]}', id="operator-as-field"),
    pytest.param(
        {"a": ["x"], "$or": [{"b": ["y"]}, {"c": {"d": ["z"]}}]},
        '{"a":["x"],"$or":[{"b":["y"]},{"c":{"d":["z"]}}]}',
        id="or",
    ),
    pytest.param({"$or": ["x"]}, '{"$or":["x"]}', id="or-as-field"),
    pytest.param({"$or": {"a": ["x"]}}, '{"$or":{"a":["x"]}}', id="or-as-object"),
    pytest.param({"$or": [{"prefix": "x"}]}, '{"$or":[{"prefix":"x"}]}', id="or-as-condition"),
    pytest.param({"ü\u2028\x85\ud800": ["😀\n"]}, '{"ü\\u2028\\u0085\\ud800":["😀\\n"]}', id="one-line"),
    pytest.param(OrderedDict(b=["y"], a=["x"]), '{"b":["y"],"a":["x"]}', id="order"),
    pytest.param({"a": f.prefix("x")}, '{"a":[{"prefix":"x"}]}', id="typed-condition"),
    pytest.param({"a": ["y", f.prefix("x")]}, '{"a":["y",{"prefix":"x"}]}', id="typed-in-list"),
    pytest.param({"a": filters.parse({"b": ["x"]})}, '{"a":{"b":["x"]}}', id="pattern-inside"),
    pytest.param({"a": filters.parse({"b": ["x"]}).root}, '{"a":{"b":["x"]}}', id="fields-inside"),
]


@pytest.mark.parametrize(("pattern", "rendered"), TAKEN)
def test_what_aws_takes_is_written_compactly(pattern: object, rendered: str) -> None:
    read = filters.parse(pattern)

    assert read.render() == filters.render(pattern) == str(read) == rendered
    assert filters.parse(rendered) == read
    assert filters.parse(rendered).render() == rendered
    assert len(rendered.splitlines()) == 1


def test_a_pattern_is_passed_through() -> None:
    read = filters.parse({"a": ["x"]})

    assert filters.parse(read) is read


def test_two_ways_to_write_one_pattern_are_equal() -> None:
    assert filters.parse({"a": [{"anything-but": "x"}]}) == filters.parse({"a": [{"anything-but": ["x"]}]})
    assert filters.parse({"a": [300]}) != filters.parse({"a": [300.0]})
    assert filters.parse({"a": [1]}) != filters.parse({"a": [True]})
    assert hash(filters.parse({"a": ["x"]})) == hash(filters.parse('{ "a" : [ "x" ] }'))


def test_words_of_an_enum_are_texts() -> None:
    class Status(StrEnum):
        PAID = "paid"

    class Kind(str, Enum):  # noqa: UP042 - the older way, whose str() is another
        ORDER = "order"

    assert filters.render({Kind.ORDER: [Status.PAID, Kind.ORDER]}) == '{"order":["paid","order"]}'


def test_a_key_that_stands_twice_is_kept_and_told() -> None:
    read = filters.parse('{"a": {"b": [1]}, "a": {"c": [2], "c": [3]}}')

    assert read.duplicates == (("a",), ("a", "c"))
    assert read.render() == '{"a":{"b":[1]},"a":{"c":[2],"c":[3]}}'


def test_text_of_a_json_pattern_is_kept() -> None:
    assert filters.parse('{ "a": ["x"] }').text == '{ "a": ["x"] }'
    assert filters.parse({"a": ["x"]}).text is None


def test_length_is_that_of_the_rendered_pattern() -> None:
    longest = {"a": ["x" * (4096 - len('{"a":[""]}'))]}

    assert len(filters.render(longest)) == 4096
    assert filters.parse(json.dumps(longest, indent=4)).render()
    longest["a"][0] += "x"
    assert refusal(longest).reason == "a pattern has at most 4,096 characters, this one has 4,097"


def test_too_many_combinations_are_refused() -> None:
    branch = [{"x": [1]}, {"y": [1]}]
    nested: dict[str, Any] = {name: {"$or": branch} for name in "abcdefghi"}

    assert filters.parse(nested).render()
    nested["j"] = {"$or": branch}
    assert "more than 1,000 combinations" in refusal(nested).reason


def test_exactly_a_thousand_combinations_are_taken() -> None:
    ten = [{f"f{n}": [1]} for n in range(10)]

    assert filters.parse({"a": {"$or": ten}, "b": {"$or": ten}, "c": {"$or": ten}}).render()


def test_depth_is_bounded_in_any_form() -> None:
    deep: dict[str, Any] = {"a": ["x"]}
    for _ in range(98):
        deep = {"a": deep}

    assert filters.parse(deep).render()
    assert filters.parse(json.dumps(deep)).render()
    assert "levels deep" in refusal({"a": {"a": {"a": deep}}}).reason
    assert "levels deep" in refusal('{"a":' * 50_000).reason
    endless: dict[str, Any] = {}
    endless["a"] = endless
    assert "levels deep" in refusal(endless).reason
    endless_list: list[Any] = []
    endless_list.append(endless_list)
    assert "levels deep" in refusal({"a": endless_list}).reason


def test_pattern_can_be_pickled_and_copied_after_use() -> None:
    read = filters.parse({"a": ["x"]})
    assert filters.match(read, {"a": "x"})

    for other in (pickle.loads(pickle.dumps(read)), copy.deepcopy(read)):  # noqa: S301 - its own
        assert other == read
        assert filters.match(other, {"a": "x"})


def test_numbers_tell_their_value() -> None:
    assert Number("300").value == 300
    assert isinstance(Number("300").value, int)
    assert isinstance(Number("3e2").value, float)
    assert isinstance(Number("3E2").value, float)
    assert Number("1.5").value == 1.5
    assert Number("9" * 5_000).value == float("inf")


def test_json_paths_quote_what_is_no_word() -> None:
    assert json_path("x", ("a", "$or", 0, "a-b", "a.b", "1", "", "[0]")) == 'x.a.$or[0].a-b["a.b"]["1"][""]["[0]"]'
