from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM527"


@pytest.mark.parametrize(
    ("filters", "place", "words"),
    [
        pytest.param(
            ('{"body": {"total": [300.0]}}',),
            "body.total",
            "compares 300.0 by its value, and the Lambda guide says otherwise",
            id="zero-at-the-end",
        ),
        pytest.param(('{"body": {"total": [3e2]}}',), "body.total", "compares 3e2 by its value", id="exponent"),
        pytest.param(
            ('{"body": {"total": [12345678901234567890.0]}}',),
            "body.total",
            "12345678901234567890.0 is no number that a 64-bit double tells apart, so it equals this very text only",
            id="more-digits-than-a-double-has",
        ),
    ],
)
def test_number_that_can_be_written_in_other_ways_is_pointed_out(
    filters: tuple[str, ...], place: str, words: str
) -> None:
    (finding,) = check([replace(mapping("sqs"), filters=filters, door=Door.CONSTRUCT)], select=[ID])

    assert finding.setting == "FilterCriteria"
    assert finding.message.startswith(f"filters[0].{place}: ")
    assert words in finding.message


@pytest.mark.parametrize(
    "pattern", ['{"body": {"total": [300, 300.5]}}', '{"body": {"total": [{"numeric": ["=", 300.0]}]}}']
)
def test_plain_number_and_numeric_comparison_are_fine(pattern: str) -> None:
    assert ids(replace(mapping("sqs"), filters=(pattern,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("sqs"), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping("sqs"), filters=(hidden,)), select=[ID]) == []
