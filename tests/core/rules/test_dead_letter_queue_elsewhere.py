from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import FailureKind, FailurePath
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_dead_letter_queue

ID = "ESM403"


@pytest.mark.parametrize("place", [{"region": "us-east-1"}, {"account": "444455556666"}])
def test_dead_letter_queue_in_another_place_is_refused(place: dict[str, str]) -> None:
    (finding,) = check([with_dead_letter_queue(mapping(), **place)], select=[ID])

    assert finding.got in place.values()


def test_dead_letter_queue_beside_its_source_is_fine() -> None:
    assert ids(mapping(), select=[ID]) == []
    assert ids(replace(mapping(), failure=FailurePath(kind=FailureKind.NONE)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED, None])
def test_what_is_not_known_is_not_judged(hidden: Unknowable | None) -> None:
    assert ids(with_dead_letter_queue(mapping(), region=hidden, account=hidden), select=[ID]) == []
    assert ids(replace(mapping(), failure=hidden or UNKNOWN), select=[ID]) == []


def test_hidden_region_does_not_hide_the_account() -> None:
    assert ids(with_dead_letter_queue(mapping(), region=UNKNOWN, account="444455556666"), select=[ID]) == [ID]
