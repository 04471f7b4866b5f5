import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function, with_queue

ID = "ESM402"


def test_function_in_another_region_is_refused() -> None:
    (finding,) = check([with_function(mapping(), region="us-east-1")], select=[ID])

    assert (finding.rule.id, finding.got, finding.allowed) == (ID, "eu-west-1", "us-east-1")


def test_same_region_is_fine() -> None:
    assert ids(mapping(), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED, None])
def test_what_is_not_known_is_not_judged(hidden: Unknowable | None) -> None:
    assert ids(with_function(mapping(), region=hidden), select=[ID]) == []
    assert ids(with_queue(mapping(), region=hidden), select=[ID]) == []
