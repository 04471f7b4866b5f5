from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM510"
NEW = '{"dynamodb": {"NewImage": {"state": {"S": ["paid"]}}}}'
OLD = '{"dynamodb": {"OldImage": {"state": {"S": ["paid"]}}}}'
KEYS = '{"dynamodb": {"Keys": {"id": {"S": ["1"]}}}}'


def plan_of(pattern: object, view: object) -> MappingPlan:
    assert isinstance(pattern, str | Unknowable)
    return replace(with_source(mapping("dynamodb"), view_type=view), filters=(pattern,))


@pytest.mark.parametrize(
    ("pattern", "view"),
    [(NEW, "KEYS_ONLY"), (NEW, "OLD_IMAGE"), (OLD, "KEYS_ONLY"), (OLD, "NEW_IMAGE")],
)
def test_image_that_is_not_there_is_a_danger(pattern: str, view: str) -> None:
    assert ids(plan_of(pattern, view)) == [ID]


@pytest.mark.parametrize(
    ("pattern", "view"),
    [
        (NEW, "NEW_IMAGE"),
        (OLD, "OLD_IMAGE"),
        (NEW, "NEW_AND_OLD_IMAGES"),
        (OLD, "NEW_AND_OLD_IMAGES"),
        (KEYS, "KEYS_ONLY"),
        ('{"eventName": ["INSERT"]}', "KEYS_ONLY"),
        ("no json", "KEYS_ONLY"),
    ],
)
def test_an_image_that_the_view_has_is_fine(pattern: str, view: str) -> None:
    assert ids(plan_of(pattern, view), select=[ID]) == []


def test_pattern_that_wants_absence_matches_every_record() -> None:
    absent = '{"dynamodb": {"OldImage": {"state": {"S": [{"exists": false}]}}}}'
    half = '{"dynamodb": {"OldImage": {"state": {"S": [{"exists": false}]}, "id": {"S": ["1"]}}}}'

    (everything,) = check([plan_of(absent, "NEW_IMAGE")])
    (nothing,) = check([plan_of(half, "NEW_IMAGE")])

    assert everything.message.endswith("OldImage, so this matches every record")
    assert "so this matches nothing: Lambda moves the iterator past the record" in nothing.message


def test_image_is_found_inside_or_and_the_fix_names_the_views() -> None:
    pattern = f'{{"$or": [{KEYS}, {OLD}]}}'
    (finding,) = check([plan_of(pattern, "KEYS_ONLY")])

    assert finding.message.startswith(
        "FilterCriteria.Filters[0].$or[1].dynamodb.OldImage: a stream of KEYS_ONLY carries no OldImage, "
        "so this matches nothing"
    )
    assert "OLD_IMAGE or NEW_AND_OLD_IMAGES" in finding.fix


def test_other_sources_are_not_judged() -> None:
    assert ids(replace(mapping("kinesis"), filters=(NEW,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(plan_of(NEW, hidden)) == []
    assert ids(plan_of(NEW, None)) == []
    assert ids(plan_of(hidden, "KEYS_ONLY")) == []
    assert ids(replace(plan_of(NEW, "KEYS_ONLY"), filters=hidden)) == []
