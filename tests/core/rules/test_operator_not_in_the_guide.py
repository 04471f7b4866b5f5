from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM524"


@pytest.mark.parametrize(
    ("filters", "place", "words"),
    [
        pytest.param(
            ('{"body": {"name": [{"wildcard": "a*b"}]}}',), "body.name", "does not list wildcard", id="wildcard"
        ),
        pytest.param(('{"body": {"ip": [{"cidr": "10.0.0.0/24"}]}}',), "body.ip", "does not list cidr", id="cidr"),
        pytest.param(
            ('{"body": {"name": [{"anything-but": {"prefix": "a"}}]}}',),
            "body.name",
            "does not list anything-but with prefix inside",
            id="nested",
        ),
    ],
)
def test_operator_that_the_guide_lacks_is_pointed_out(filters: tuple[str, ...], place: str, words: str) -> None:
    (finding,) = check([replace(mapping("sqs"), filters=filters, door=Door.CONSTRUCT)], select=[ID])

    assert finding.setting == "FilterCriteria"
    assert finding.message.startswith(f"filters[0].{place}: ")
    assert words in finding.message


@pytest.mark.parametrize(
    "pattern", ['{"body": {"name": [{"prefix": "a"}]}}', '{"body": {"name": [{"anything-but": ["a"]}]}}']
)
def test_an_operator_that_the_guide_lists_is_fine(pattern: str) -> None:
    assert ids(replace(mapping("sqs"), filters=(pattern,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("sqs"), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping("sqs"), filters=(hidden,)), select=[ID]) == []
