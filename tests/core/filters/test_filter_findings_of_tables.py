"""What the compiler says where it knows the keys of a table, and about who deleted an item."""

from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.filters import FilterFinding

KEYS = {"tenant": "S", "seq": "N", "blob": None}


def found(pattern: dict[str, Any], keys: dict[str, str | None] | None = None) -> list[FilterFinding]:
    view = "NEW_AND_OLD_IMAGES"
    return list(filters.compile("dynamodb", [pattern], view_type=view, keys=KEYS if keys is None else keys).findings)


def on_keys(**names: Any) -> dict[str, Any]:
    return {"dynamodb": {"Keys": names}}


@pytest.mark.parametrize(
    ("name", "said"),
    [("Tenant", "(did you mean 'tenant'?)"), ("colour", "(tenant, seq, blob), and 'colour' is none of it, so")],
)
def test_attribute_that_is_no_key_is_a_danger(name: str, said: str) -> None:
    (one,) = found(on_keys(**{name: {"S": ["a"]}}))

    assert (one.code, one.rule, one.got) == ("key-not-of-table", "ESM533", name)
    assert said in one.message


@pytest.mark.parametrize(("name", "letter", "right"), [("seq", "S", "N"), ("tenant", "N", "S"), ("tenant", "B", "S")])
def test_key_under_another_letter_is_a_danger(name: str, letter: str, right: str) -> None:
    (one,) = found(on_keys(**{name: {letter: ["1"]}}))

    assert (one.code, one.rule, one.got, one.allowed) == ("key-of-other-type", "ESM534", letter, right)
    assert f'{{"{name}": {{"{right}": [...]}}}}' in one.fix


def test_absence_of_what_is_never_there_matches_everything() -> None:
    (other,) = found(on_keys(colour={"S": [{"exists": False}]}))
    (letter,) = found(on_keys(seq={"S": [{"exists": False}]}))

    assert other.message.endswith("so this matches every record")
    assert letter.message.endswith("so this matches every record")


@pytest.mark.parametrize(
    "pattern",
    [
        on_keys(tenant={"S": ["a"]}, seq={"N": ["1"]}),
        on_keys(blob={"B": ["aGk="]}),
        {"dynamodb": {"NewImage": {"colour": {"S": ["red"]}}}},
        {"$or": [on_keys(seq={"N": ["1"]}), on_keys(tenant={"S": ["b"]})]},
    ],
)
def test_keys_of_the_table_and_other_attributes_elsewhere_are_fine(pattern: dict[str, Any]) -> None:
    assert found(pattern) == []


def test_without_a_word_about_keys_nothing_is_said() -> None:
    made = filters.compile("dynamodb", [on_keys(colour={"S": ["red"]})])

    assert made.findings == ()


@pytest.mark.parametrize(
    "condition",
    [
        {"type": ["Service"], "principalId": ["dynamodb.amazonaws.com"]},
        {"principalId": [{"prefix": "dynamodb"}]},
        {"type": [{"exists": False}]},
    ],
)
def test_filter_on_who_deleted_the_item_is_fine(condition: dict[str, Any]) -> None:
    assert found({"eventName": ["REMOVE"], "userIdentity": condition}) == []


def test_filter_on_who_deleted_the_item_matches_such_a_record_alone() -> None:
    made = filters.compile("dynamodb", [{"userIdentity": {"principalId": ["dynamodb.amazonaws.com"]}}])
    expired = {"eventName": "REMOVE", "userIdentity": {"type": "Service", "principalId": "dynamodb.amazonaws.com"}}

    assert made.matches({**expired, "dynamodb": {}})
    assert not made.matches({"eventName": "REMOVE", "dynamodb": {}})


@pytest.mark.parametrize(("name", "near"), [("PrincipalId", "principalId"), ("Type", "type"), ("arn", "type and")])
def test_field_that_nobody_has_below_user_identity_is_a_danger(name: str, near: str) -> None:
    (one,) = found({"userIdentity": {name: ["Service"]}})

    assert (one.code, one.got) == ("unknown-key", name)
    assert near in one.fix


def test_exists_on_user_identity_itself_sees_no_leaf() -> None:
    (one,) = found({"userIdentity": [{"exists": False}]})

    assert one.code == "exists-on-object"
