from decimal import Decimal
from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.filters import FilterPatternError, Pattern, f

WRITTEN: list[Any] = [
    pytest.param(f.body({"a": f.equals("x")}), {"body": {"a": ["x"]}}, id="equals"),
    pytest.param(f.body({"a": f.null, "b": f.empty}), {"body": {"a": [None], "b": [""]}}, id="null-empty"),
    pytest.param(f.body({"a": f.any_of("x", 5, None, True)}), {"body": {"a": ["x", 5, None, True]}}, id="any-of"),
    pytest.param(
        f.body({"a": f.any_of("x", f.prefix("y"))}), {"body": {"a": ["x", {"prefix": "y"}]}}, id="any-of-conditions"
    ),
    pytest.param(
        f.body({"a": f.equals_ignore_case("x")}), {"body": {"a": [{"equals-ignore-case": "x"}]}}, id="any-case"
    ),
    pytest.param(
        f.body({"a": f.prefix("x"), "b": f.suffix("y")}),
        {"body": {"a": [{"prefix": "x"}], "b": [{"suffix": "y"}]}},
        id="ends",
    ),
    pytest.param(
        f.body({"a": f.exists, "b": f.missing}),
        {"body": {"a": [{"exists": True}], "b": [{"exists": False}]}},
        id="exists",
    ),
    pytest.param(f.body({"a": f.anything_but("x", "y")}), {"body": {"a": [{"anything-but": ["x", "y"]}]}}, id="but"),
    pytest.param(f.body({"a": f.anything_but(1)}), {"body": {"a": [{"anything-but": [1]}]}}, id="but-number"),
    pytest.param(
        f.body({"a": f.anything_but(f.prefix("x"), f.prefix("y"))}),
        {"body": {"a": [{"anything-but": {"prefix": ["x", "y"]}}]}},
        id="but-prefix",
    ),
    pytest.param(
        f.body({"a": f.numeric(">", 0, "<=", 5)}), {"body": {"a": [{"numeric": [">", 0, "<=", 5]}]}}, id="numeric"
    ),
    pytest.param(
        f.body({"a": ["x"], "b": {"c": [{"prefix": "y"}]}}),
        {"body": {"a": ["x"], "b": {"c": [{"prefix": "y"}]}}},
        id="own-form",
    ),
    pytest.param(
        f.body({"a": f.equals("x"), **f.or_({"b": f.null}, {"c": ["z"]})}),
        {"body": {"a": ["x"], "$or": [{"b": [None]}, {"c": ["z"]}]}},
        id="or",
    ),
    pytest.param(f.body(f.prefix("order ")), {"body": [{"prefix": "order "}]}, id="text"),
    pytest.param(f.body(["x"]), {"body": ["x"]}, id="text-own-form"),
    pytest.param(f.data({"a": f.exists}), {"data": {"a": [{"exists": True}]}}, id="data"),
    pytest.param(f.value({"a": f.exists}), {"value": {"a": [{"exists": True}]}}, id="value"),
    pytest.param(f.dynamodb(keys={"id": f.S("a")}), {"dynamodb": {"Keys": {"id": {"S": ["a"]}}}}, id="keys"),
    pytest.param(
        f.dynamodb(new_image={"a": f.S("x")}, old_image={"a": f.S("y")}),
        {"dynamodb": {"NewImage": {"a": {"S": ["x"]}}, "OldImage": {"a": {"S": ["y"]}}}},
        id="images",
    ),
    pytest.param(f.dynamodb(event_name="INSERT"), {"eventName": ["INSERT"]}, id="event"),
    pytest.param(f.dynamodb(event_name=["INSERT", "MODIFY"]), {"eventName": ["INSERT", "MODIFY"]}, id="events"),
    pytest.param(
        f.dynamodb(event_name=f.anything_but("REMOVE")),
        {"eventName": [{"anything-but": ["REMOVE"]}]},
        id="event-condition",
    ),
    pytest.param(
        filters.parse(f.or_(f.dynamodb(event_name="INSERT"), f.dynamodb(keys={"id": f.S("a")}))),
        {"$or": [{"eventName": ["INSERT"]}, {"dynamodb": {"Keys": {"id": {"S": ["a"]}}}}]},
        id="or-of-patterns",
    ),
]


@pytest.mark.parametrize(("pattern", "own_form"), WRITTEN)
def test_typed_form_means_the_same_as_awss_own(pattern: Pattern, own_form: dict[str, Any]) -> None:
    assert isinstance(pattern, Pattern)
    assert pattern == filters.parse(own_form)
    assert filters.parse(pattern.render()) == pattern


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        (f.S("a", f.prefix("b")), '{"S":["a",{"prefix":"b"}]}'),
        (f.N(15, "1e2", 1.50, Decimal("1E+2"), Decimal("0.10"), -0.0), '{"N":["15","1e2","1.5","100","0.1","0"]}'),
        (f.N(f.exists), '{"N":[{"exists":true}]}'),
        (f.B("YQ=="), '{"B":["YQ=="]}'),
        (f.BOOL(False), '{"BOOL":[false]}'),
        (f.BOOL(f.exists), '{"BOOL":[{"exists":true}]}'),
        (f.NULL(), '{"NULL":[true]}'),
        (f.SS("a", "b"), '{"SS":["a","b"]}'),
        (f.NS(1, 2), '{"NS":["1","2"]}'),
        (f.BS("YQ=="), '{"BS":["YQ=="]}'),
        (f.M({"a": f.S("b")}), '{"M":{"a":{"S":["b"]}}}'),
        (f.L(f.M({"a": f.N(1)})), '{"L":{"M":{"a":{"N":["1"]}}}}'),
    ],
)
def test_attribute_is_written_with_its_type(attribute: dict[str, object], expected: str) -> None:
    assert filters.render(attribute) == expected


REFUSED: list[Any] = [
    pytest.param(lambda: f.body({"a": "x"}), "f.body.a", id="bare-value"),
    pytest.param(lambda: f.body({}), "f.body", id="no-field"),
    pytest.param(lambda: f.data([]), "f.data", id="no-value"),
    pytest.param(lambda: f.value({"a": {"b": 1}}), "f.value.a.b", id="bare-number"),
    pytest.param(f.any_of, "f.any_of", id="any-of-nothing"),
    pytest.param(lambda: f.equals(float("nan")), "f.equals[0]", id="nan"),
    pytest.param(f.anything_but, "f.anything_but[0].anything-but", id="but-nothing"),
    pytest.param(lambda: f.anything_but("x", 1), "f.anything_but[0].anything-but", id="but-mixed"),
    pytest.param(lambda: f.anything_but("x", f.prefix("y")), "f.anything_but", id="but-value-and-condition"),
    pytest.param(lambda: f.anything_but(f.prefix("x"), f.suffix("y")), "f.anything_but", id="but-two-kinds"),
    pytest.param(lambda: f.anything_but(f.exists), "f.anything_but[0].anything-but", id="but-exists"),
    pytest.param(lambda: f.numeric(5), "f.numeric[0].numeric[0]", id="numeric-no-sign"),
    pytest.param(lambda: f.numeric(">", 5, "<", 1), "f.numeric[0].numeric", id="numeric-upside-down"),
    pytest.param(f.dynamodb, "f", id="nothing-asked"),
    pytest.param(lambda: f.dynamodb(keys={}), "f.dynamodb.Keys", id="no-key"),
    pytest.param(lambda: f.dynamodb(event_name=[]), "f.eventName", id="no-event"),
    pytest.param(lambda: f.N(float("inf")), "f.N", id="infinity"),
    pytest.param(lambda: f.prefix(5), "f.prefix[0].prefix", id="prefix-number"),  # type: ignore[arg-type]
    pytest.param(lambda: f.suffix(5), "f.suffix[0].suffix", id="suffix-number"),  # type: ignore[arg-type]
    pytest.param(
        lambda: f.equals_ignore_case(5),  # type: ignore[arg-type]
        "f.equals_ignore_case[0].equals-ignore-case",
        id="case-number",
    ),
    pytest.param(lambda: f.body(f.or_({"a": ["x"]})), "f.body.$or", id="or-of-one"),
]


@pytest.mark.parametrize(("make", "path"), REFUSED)
def test_typed_form_refuses_what_aws_refuses(make: Any, path: str) -> None:
    with pytest.raises(FilterPatternError) as refusal:
        make()

    assert refusal.value.json_path == path


def test_typed_and_own_forms_mix_in_one_mapping() -> None:
    criteria = filters.compile("sqs", [f.body({"a": f.exists}), {"body": {"b": [1]}}, '{"body": {"c": [2]}}'])

    assert criteria.findings == ()
    assert [criteria.first_match({"body": body}) for body in ('{"a": 0}', '{"b": 1}', '{"c": 2}')] == [0, 1, 2]
