from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM511"


def filtered(pattern: str, kind: str = "dynamodb") -> MappingPlan:
    return replace(mapping(kind), filters=(pattern,))


@pytest.mark.parametrize("image", ["Keys", "NewImage", "OldImage"])
def test_numeric_operator_on_an_attribute_is_a_danger(image: str) -> None:
    assert ids(filtered(f'{{"dynamodb": {{"{image}": {{"n": {{"N": [{{"numeric": ["=", 1]}}]}}}}}}}}')) == [ID]


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        (
            '{"dynamodb": {"NewImage": {"a": {"M": {"n": {"N": ["1", {"numeric": ["<", 1]}]}}}}}}',
            ".dynamodb.NewImage.a.M.n.N",
        ),
        (
            '{"dynamodb": {"$or": [{"NewImage": {"n": {"N": [{"numeric": ["<", 1]}]}}}, {"Keys": {"i":{"S":["1"]}}}]}}',
            ".dynamodb.$or[0].NewImage.n.N",
        ),
    ],
)
def test_a_number_is_found_inside_maps_and_inside_or(pattern: str, place: str) -> None:
    (finding,) = check([filtered(pattern)])

    assert finding.rule.id == ID
    assert finding.message.startswith(f"FilterCriteria.Filters[0]{place}: the values of attributes are texts")
    assert "never matches: Lambda moves the iterator past the record" in finding.message


def test_bare_number_is_a_danger_too() -> None:
    (finding,) = check([filtered('{"dynamodb": {"NewImage": {"n": {"N": [100]}}}}')])

    assert (finding.rule.id, finding.got) == (ID, "100")
    assert finding.fix.startswith('write the number as a text: ["100"]')


@pytest.mark.parametrize(
    "pattern",
    [
        '{"dynamodb": {"ApproximateCreationDateTime": [{"numeric": [">", 1700000000]}]}}',
        '{"dynamodb": {"NewImage": {"n": {"N": ["100"]}}}}',
        '{"dynamodb": {"NewImage": {"numeric": {"N": ["100"]}}}}',
        '{"dynamodb": {"NewImage": {"n": {"N": 1}}}}',
        "no json",
    ],
)
def test_numbers_elsewhere_and_texts_are_fine(pattern: str) -> None:
    assert ids(filtered(pattern), select=[ID]) == []


def test_other_sources_are_not_judged() -> None:
    assert ids(filtered('{"data": {"total": [{"numeric": [">", 100]}]}}', "kinesis")) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("dynamodb"), filters=hidden)) == []
    assert ids(replace(mapping("dynamodb"), filters=(hidden,))) == []
