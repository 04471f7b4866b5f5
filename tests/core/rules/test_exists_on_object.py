from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM520"


@pytest.mark.parametrize(
    ("filters", "place", "words"),
    [
        pytest.param(
            ('{"body": {"customer": [{"exists": true}]}}', '{"body": {"customer": {"id": ["7"]}}}'),
            "body.customer",
            "matches nothing",
            id="true",
        ),
        pytest.param(
            ('{"body": {"customer": [{"exists": false}], "$or": [{"customer": {"id": ["7"]}}, {"a": ["1"]}]}}',),
            "body.customer",
            "matches every record",
            id="false",
        ),
    ],
)
def test_exists_on_an_object_is_a_danger(filters: tuple[str, ...], place: str, words: str) -> None:
    (finding,) = check([replace(mapping("sqs"), filters=filters, door=Door.CONSTRUCT)], select=[ID])

    assert finding.setting == "FilterCriteria"
    assert finding.message.startswith(f"filters[0].{place}: ")
    assert words in finding.message


@pytest.mark.parametrize("pattern", ['{"body": {"customer": {"id": [{"exists": true}]}}}'])
def test_exists_on_a_leaf_is_fine(pattern: str) -> None:
    assert ids(replace(mapping("sqs"), filters=(pattern,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("sqs"), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping("sqs"), filters=(hidden,)), select=[ID]) == []
