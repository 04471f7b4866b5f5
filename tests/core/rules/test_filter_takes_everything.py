from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM522"


@pytest.mark.parametrize(
    ("filters", "place", "words"),
    [
        pytest.param(
            ('{"body": {"state": ["paid", {"anything-but": ["paid"]}]}}',),
            "body.state",
            "takes every value",
            id="value-and-all-but-it",
        ),
        pytest.param(
            ('{"body": {"state": [{"anything-but": ["a"]}, {"anything-but": ["b"]}]}}',),
            "body.state",
            "takes every value",
            id="two-exclusions",
        ),
        pytest.param(
            ('{"body": {"state": [{"exists": true}, {"exists": false}]}}',),
            "body.state",
            "takes every record",
            id="there-or-not",
        ),
    ],
)
def test_list_that_leaves_nothing_out_is_a_danger(filters: tuple[str, ...], place: str, words: str) -> None:
    (finding,) = check([replace(mapping("sqs"), filters=filters, door=Door.CONSTRUCT)], select=[ID])

    assert finding.setting == "FilterCriteria"
    assert finding.message.startswith(f"filters[0].{place}: ")
    assert words in finding.message


@pytest.mark.parametrize(
    "pattern",
    [
        '{"body": {"state": [{"anything-but": ["paid"]}]}}',
        '{"body": {"state": ["paid", {"anything-but": ["paid", "new"]}]}}',
    ],
)
def test_list_that_leaves_something_out_is_fine(pattern: str) -> None:
    assert ids(replace(mapping("sqs"), filters=(pattern,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("sqs"), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping("sqs"), filters=(hidden,)), select=[ID]) == []
