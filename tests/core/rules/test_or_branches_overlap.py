from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM529"


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        pytest.param('{"body": {"$or": [{"type": ["a", "b"]}, {"type": ["b", "c"]}]}}', "body.$or[1]", id="values"),
        pytest.param(
            '{"body": {"$or": [{"type": [{"prefix": "a"}, "b"]}, {"type": [{"prefix": "a"}]}, {"type": ["b", "c"]}]}}',
            "body.$or[2]",
            id="operators",
        ),
        pytest.param(
            '{"body": {"x": [300], "$or": [{"c": ["x"]}, {"c": ["x", {"exists": false}]}]}}',
            "body.$or[1]",
            id="absence",
        ),
        pytest.param(
            '{"body": {"$or": [{"a": [1], "b": ["x"]}, {"a": [1.0, 2], "b": ["y", "x"]}]}}',
            "body.$or[1]",
            id="two-fields",
        ),
        pytest.param(
            '{"body": {"a": ["x"], "$or": [{"b": ["y"]}, {"b": ["z"], "a": ["x"]}, {"b": ["y"], "a": ["x", "q"]}]}}',
            "body.$or[2]",
            id="field-named-again",
        ),
        pytest.param(
            '{"body": {"a": ["x"], "$or": [{"b": ["y"]}, {"a": ["x", "q"], "b": ["w"]}], "b": ["v"]}}',
            "body.$or[1]",
            id="field-put-in-the-place-of-another",
        ),
    ],
)
def test_branch_that_may_be_taken_for_a_copy_is_pointed_out(pattern: str, place: str) -> None:
    (finding,) = check([replace(mapping("sqs"), filters=(pattern,), door=Door.CONSTRUCT)], select=[ID])

    assert finding.setting == "FilterCriteria"
    assert finding.message.startswith(f"filters[0].{place}: ")
    assert "may leave it out" in finding.message


@pytest.mark.parametrize(
    "pattern",
    [
        '{"body": {"type": ["a", "b", "c"]}}',
        '{"body": {"$or": [{"type": ["a"]}, {"type": ["b", "c"]}]}}',
        '{"body": {"$or": [{"type": ["a", "b"]}, {"type": ["b"]}]}}',
        '{"body": {"$or": [{"type": ["a", "b"]}, {"type": ["b", "c"], "x": [1]}]}}',
        '{"body": {"$or": [{"a": [1], "b": ["x"]}, {"a": [1, 2], "b": ["y"]}]}}',
        '{"body": {"$or": [{"a": ["x", "y"], "b": ["x"]}, {"a": ["x", "y"], "b": ["z"]}]}}',
    ],
)
def test_branches_of_which_none_is_a_copy_are_fine(pattern: str) -> None:
    assert ids(replace(mapping("sqs"), filters=(pattern,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("sqs"), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping("sqs"), filters=(hidden,)), select=[ID]) == []
