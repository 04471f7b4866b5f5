import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.rules.rule import Severity
from cdk_esm.testing.plans import ids, mapping


@pytest.mark.parametrize("empty", [{}, {"MinimumPollers": None}])
def test_a_record_without_a_value_is_worth_an_advice(empty: dict[str, None]) -> None:
    (finding,) = check([mapping(ProvisionedPollerConfig=empty)], select=["ESM205"])

    assert (finding.setting, finding.severity) == ("ProvisionedPollerConfig", Severity.ADVICE)


@pytest.mark.parametrize("pollers", [None, {"MinimumPollers": 2}, {"MaximumPollers": 5}])
def test_no_poller_config_and_one_with_a_number_are_accepted(pollers: object) -> None:
    assert ids(mapping(ProvisionedPollerConfig=pollers), select=["ESM205"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_may_turn_out_to_hold_a_number_is_not_judged(hidden: object) -> None:
    assert ids(mapping(ProvisionedPollerConfig=hidden), select=["ESM205"]) == []
    assert ids(mapping(ProvisionedPollerConfig={"MaximumPollers": hidden}), select=["ESM205"]) == []
