from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM523"


@pytest.mark.parametrize(
    ("filters", "place", "words"),
    [
        pytest.param(('{"body": {"$or": ["a"]}}',), "body.$or", "does not branch", id="texts"),
        pytest.param(('{"body": {"$or": {"a": ["1"]}}}',), "body.$or", "does not branch", id="object"),
    ],
)
def test_or_that_joins_nothing_is_a_danger(filters: tuple[str, ...], place: str, words: str) -> None:
    (finding,) = check([replace(mapping("sqs"), filters=filters, door=Door.CONSTRUCT)], select=[ID])

    assert finding.setting == "FilterCriteria"
    assert finding.message.startswith(f"filters[0].{place}: ")
    assert words in finding.message


@pytest.mark.parametrize("pattern", ['{"body": {"$or": [{"a": ["1"]}, {"b": ["2"]}]}}'])
def test_or_with_branches_is_fine(pattern: str) -> None:
    assert ids(replace(mapping("sqs"), filters=(pattern,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("sqs"), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping("sqs"), filters=(hidden,)), select=[ID]) == []
