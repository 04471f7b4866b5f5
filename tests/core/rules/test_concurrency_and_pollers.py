import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

LIMITED = {"MaximumConcurrency": 10}
PROVISIONED = {"MinimumPollers": 2}


def test_maximum_concurrency_and_pollers_together_are_refused() -> None:
    (finding,) = check([mapping(ScalingConfig=LIMITED, ProvisionedPollerConfig=PROVISIONED)], select=["ESM203"])

    assert (finding.setting, finding.got) == ("ScalingConfig.MaximumConcurrency", 10)


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"ScalingConfig": LIMITED}, id="concurrency-alone"),
        pytest.param({"ProvisionedPollerConfig": PROVISIONED}, id="pollers-alone"),
        pytest.param({"ScalingConfig": {}, "ProvisionedPollerConfig": PROVISIONED}, id="empty-scaling"),
        pytest.param({"ScalingConfig": LIMITED, "ProvisionedPollerConfig": {}}, id="empty-pollers"),
    ],
)
def test_one_of_the_two_is_accepted(settings: dict[str, object]) -> None:
    assert ids(mapping(**settings), select=["ESM203"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_may_turn_out_to_be_absent_is_not_judged(hidden: object) -> None:
    for scaling, pollers in (
        (hidden, PROVISIONED),
        ({"MaximumConcurrency": hidden}, PROVISIONED),
        (LIMITED, hidden),
        (LIMITED, {"MinimumPollers": hidden}),
    ):
        assert ids(mapping(ScalingConfig=scaling, ProvisionedPollerConfig=pollers), select=["ESM203"]) == []
