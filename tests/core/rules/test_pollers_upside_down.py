import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping


def test_a_minimum_above_the_maximum_is_refused() -> None:
    plan = mapping(ProvisionedPollerConfig={"MinimumPollers": 11, "MaximumPollers": 10})

    (finding,) = check([plan], select=["ESM204"])

    assert (finding.setting, finding.got) == ("ProvisionedPollerConfig.MinimumPollers", 11)
    assert finding.allowed == "at most 10"


@pytest.mark.parametrize("pollers", [{"MinimumPollers": 201}, {"MaximumPollers": 1}])
def test_a_missing_minimum_or_maximum_counts_as_its_default(pollers: dict[str, int]) -> None:
    (finding,) = check([mapping(ProvisionedPollerConfig=pollers)], select=["ESM204"])

    assert "(the service's default)" in finding.message


@pytest.mark.parametrize(
    "pollers", [None, {}, {"MinimumPollers": 10, "MaximumPollers": 10}, {"MinimumPollers": 200}, {"MaximumPollers": 2}]
)
def test_a_minimum_up_to_the_maximum_is_accepted(pollers: dict[str, int] | None) -> None:
    assert ids(mapping(ProvisionedPollerConfig=pollers), select=["ESM204"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_hidden_numbers_are_not_judged(hidden: object) -> None:
    for pollers in (hidden, {"MinimumPollers": hidden, "MaximumPollers": 1}, {"MaximumPollers": hidden}):
        assert ids(mapping(ProvisionedPollerConfig=pollers), select=["ESM204"]) == []
