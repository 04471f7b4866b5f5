"""Every kind of change: there is a case in which it is told, and it says what to do."""

import pytest

from cdk_esm.diff.kinds import KINDS
from tests.core.diff import (
    test_diff_changes,
    test_diff_handlers,
    test_diff_live,
    test_diff_load,
    test_diff_renewals,
    test_diff_updates,
)

MODULES = (
    test_diff_changes,
    test_diff_load,
    test_diff_updates,
    test_diff_live,
    test_diff_renewals,
    test_diff_handlers,
)
TOLD_ELSEWHERE = {"stack-gone", "live-in-no-template", "live-missing"}


def test_every_kind_has_a_case_in_which_it_is_told() -> None:
    assert {case.values[2] for module in MODULES for case in module.FIRE} | TOLD_ELSEWHERE == set(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_says_why_it_matters_and_what_to_do(name: str) -> None:
    kind = KINDS[name]

    assert kind.why.endswith(".")
    assert kind.fix
    assert not kind.fix.endswith(".")
    assert kind.page.startswith("https://")
