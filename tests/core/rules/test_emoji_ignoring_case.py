from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM530"


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        pytest.param('{"body": {"a": [{"equals-ignore-case": "x😀"}]}}', "body.a", id="alone"),
        pytest.param('{"body": {"a": [{"prefix": {"equals-ignore-case": "😀"}}]}}', "body.a", id="inside-prefix"),
        pytest.param(
            '{"body": {"a": ["x", {"anything-but": {"equals-ignore-case": ["y", "😀"]}}]}}',
            "body.a",
            id="inside-anything-but",
        ),
    ],
)
def test_character_beyond_the_first_plane_is_pointed_out(pattern: str, place: str) -> None:
    (finding,) = check([replace(mapping("sqs"), filters=(pattern,), door=Door.CONSTRUCT)], select=[ID])

    assert finding.setting == "FilterCriteria"
    assert finding.message.startswith(f"filters[0].{place}: ")
    assert "matches no character beyond U+FFFF" in finding.message


@pytest.mark.parametrize(
    "pattern",
    [
        '{"body": {"a": ["x😀", {"prefix": "😀"}]}}',
        '{"body": {"a": [{"equals-ignore-case": "é\uffff"}]}}',
        '{"body": {"a": [{"equals-ignore-case": ""}]}}',
    ],
)
def test_other_characters_and_other_operators_are_fine(pattern: str) -> None:
    assert ids(replace(mapping("sqs"), filters=(pattern,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("sqs"), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping("sqs"), filters=(hidden,)), select=[ID]) == []
