from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM512"


def filtered(attribute: str, image: str = "NewImage") -> MappingPlan:
    return replace(mapping("dynamodb"), filters=(f'{{"dynamodb": {{"{image}": {{"state": {attribute}}}}}}}',))


@pytest.mark.parametrize("image", ["Keys", "NewImage", "OldImage"])
@pytest.mark.parametrize(
    ("attribute", "place", "hint"),
    [
        pytest.param('["paid"]', "", "", id="none"),
        pytest.param('{"s": ["paid"]}', ".s", " (did you mean 'S'?)", id="small-letter"),
        pytest.param('{"text": {"S": ["paid"]}}', ".text.S", " ('text' is none)", id="another-word"),
    ],
)
def test_value_without_its_type_is_a_danger(image: str, attribute: str, place: str, hint: str) -> None:
    (finding,) = check([filtered(attribute, image)])

    assert (finding.rule.id, finding.got) == (ID, '["paid"]')
    assert finding.message.startswith(
        f"FilterCriteria.Filters[0].dynamodb.{image}.state{place}: the value of an attribute stands under its type"
        f"{hint}, so this matches nothing"
    )


def test_absence_without_a_type_always_matches() -> None:
    assert "so this matches every record" in check([filtered('[{"exists": false}]')])[0].message
    assert "so this matches nothing" in check([filtered('[{"exists": true}]')])[0].message


def test_member_of_a_list_has_a_type_too() -> None:
    assert ids(filtered('{"L": ["x"]}')) == [ID]
    assert ids(filtered('{"L": {"S": ["x"]}}')) == []


def test_attribute_is_found_inside_maps_and_inside_or() -> None:
    (inside_map,) = check([filtered('{"M": {"city": ["Ulm"]}}')])
    (inside_or,) = check([filtered('{"S": ["x"]}, "$or": [{"a": {"S": ["y"]}}, {"b": ["z"]}]')])

    assert "dynamodb.NewImage.state.M.city" in inside_map.message
    assert "dynamodb.NewImage.$or[1].b" in inside_or.message


@pytest.mark.parametrize(
    "attribute",
    [
        *(f'{{"{letter}": ["x"]}}' for letter in ("S", "N", "B", "SS", "NS", "BS")),
        '{"BOOL": [true]}',
        '{"NULL": [true]}',
        '{"M": {"city": {"S": ["Ulm"]}}}',
        '{"$or": [{"S": ["1"]}, {"N": ["1"]}]}',
    ],
)
def test_value_under_its_type_is_fine(attribute: str) -> None:
    assert ids(filtered(attribute)) == []


@pytest.mark.parametrize("attribute", ['"paid"', "[]", "{}"])
def test_what_is_no_pattern_is_for_another_rule(attribute: str) -> None:
    assert ids(filtered(attribute)) == ["ESM501"]


@pytest.mark.parametrize(
    "pattern", ['{"eventName": ["INSERT"]}', '{"dynamodb": {"ApproximateCreationDateTime": [1]}}', "no json"]
)
def test_what_is_no_attribute_needs_no_type(pattern: str) -> None:
    assert ids(replace(mapping("dynamodb"), filters=(pattern,)), select=[ID]) == []


def test_other_sources_are_not_judged() -> None:
    plan = replace(mapping("kinesis"), filters=('{"data": {"dynamodb": {"NewImage": {"state": ["paid"]}}}}',))

    assert ids(plan) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("dynamodb"), filters=hidden)) == []
    assert ids(replace(mapping("dynamodb"), filters=(hidden,))) == []
