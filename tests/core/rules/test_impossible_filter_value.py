from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM521"


@pytest.mark.parametrize(
    ("filters", "place", "words"),
    [
        pytest.param(
            ('{"eventName": ["insert"]}',),
            "eventName",
            "eventName is INSERT or MODIFY or REMOVE, never insert",
            id="event",
        ),
        pytest.param(
            ('{"dynamodb": {"NewImage": {"vip": {"BOOL": ["true"]}}}}',),
            "dynamodb.NewImage.vip.BOOL",
            "under BOOL is true or false",
            id="boolean",
        ),
        pytest.param(
            ('{"dynamodb": {"NewImage": {"vip": {"NULL": ["x"]}}}}',),
            "dynamodb.NewImage.vip.NULL",
            "under NULL is true",
            id="null",
        ),
        pytest.param(
            ('{"eventName": ["REMOVE"], "dynamodb": {"NewImage": {"a": {"S": ["x"]}}}}',),
            "dynamodb.NewImage.a.S",
            "records of REMOVE have no NewImage",
            id="image",
        ),
    ],
)
def test_value_that_a_field_never_has_is_a_danger(filters: tuple[str, ...], place: str, words: str) -> None:
    (finding,) = check([replace(mapping("dynamodb"), filters=filters, door=Door.CONSTRUCT)], select=[ID])

    assert finding.setting == "FilterCriteria"
    assert finding.message.startswith(f"filters[0].{place}: ")
    assert words in finding.message


@pytest.mark.parametrize(
    "pattern", ['{"eventName": ["INSERT", "REMOVE"]}', '{"dynamodb": {"NewImage": {"vip": {"BOOL": [true]}}}}']
)
def test_value_that_it_can_have_is_fine(pattern: str) -> None:
    assert ids(replace(mapping("dynamodb"), filters=(pattern,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("dynamodb"), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping("dynamodb"), filters=(hidden,)), select=[ID]) == []
