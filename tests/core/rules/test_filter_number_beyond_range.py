from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM526"


@pytest.mark.parametrize(
    ("filters", "place", "words"),
    [
        pytest.param(
            ('{"body": {"total": [{"numeric": [">", 6000000000]}]}}',),
            "body.total",
            "6000000000 is beyond ±5e+09, where EventBridge's guide ends; newer engines compare such numbers",
            id="too-large",
        ),
        pytest.param(
            ('{"body": {"total": [{"numeric": ["<", 0.0000001]}]}}',),
            "body.total",
            "0.0000001 has more than the 6 digits after the point",
            id="too-many-digits",
        ),
        pytest.param(
            ('{"body": {"total": [{"anything-but": 1.23456789012345678}]}}',),
            "body.total",
            "1.23456789012345678 has more digits than a 64-bit double: newer engines refuse it",
            id="more-digits-than-a-double-has",
        ),
    ],
)
def test_number_that_is_not_compared_is_pointed_out(filters: tuple[str, ...], place: str, words: str) -> None:
    (finding,) = check([replace(mapping("sqs"), filters=filters, door=Door.CONSTRUCT)], select=[ID])

    assert finding.setting == "FilterCriteria"
    assert finding.message.startswith(f"filters[0].{place}: ")
    assert words in finding.message


@pytest.mark.parametrize("pattern", ['{"body": {"total": [{"numeric": [">", 6000]}]}}'])
def test_number_in_the_range_is_fine(pattern: str) -> None:
    assert ids(replace(mapping("sqs"), filters=(pattern,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("sqs"), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping("sqs"), filters=(hidden,)), select=[ID]) == []
