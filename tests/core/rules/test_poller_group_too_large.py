from dataclasses import replace

from cdk_esm.facts import UNKNOWN
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM231"


def group(maximum: object = 1, name: object = "shop") -> dict[str, object]:
    return {"MaximumPollers": maximum, "PollerGroupName": name}


def test_too_many_mappings_are_refused() -> None:
    plans = [replace(mapping("msk", ProvisionedPollerConfig=group()), path=f"Shop/{n}") for n in range(101)]

    assert [finding.got for finding in check(plans, select=[ID])] == [101]
    assert check(plans[1:], select=[ID]) == []


def test_an_absent_maximum_counts_as_what_aws_takes_for_it() -> None:
    plan = mapping("msk", ProvisionedPollerConfig={"PollerGroupName": "shop"})

    assert [finding.got for finding in check([plan] * 11, select=[ID])] == [2200]


def test_pollers_in_different_groups_and_hidden_numbers_are_fine() -> None:
    plans = [mapping("msk", ProvisionedPollerConfig=group(2000, name)) for name in ("a", "b", UNKNOWN)]

    assert check(plans, select=[ID]) == []
    assert ids(*[mapping("msk", ProvisionedPollerConfig=group(UNKNOWN))] * 3, select=[ID]) == []
