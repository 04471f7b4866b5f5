from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import Door, PollerNetwork
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM443"
SHUT = PollerNetwork(groups=("Shop/Brokers",), ports=(27017,), lets_in=False)


def test_a_group_that_keeps_its_pollers_out_is_a_danger() -> None:
    [finding] = check([with_source(mapping("documentdb"), pollers=SHUT)], select=[ID])

    assert str(finding.severity) == "danger"
    assert "Shop/Brokers" in finding.message
    assert "27017" in finding.message


def test_at_a_construct_the_fix_is_the_helper_that_writes_the_rules() -> None:
    plan = replace(with_source(mapping("documentdb"), pollers=SHUT), door=Door.CONSTRUCT)

    assert "esm.allow_pollers(security_group, port=27017)" in check([plan], select=[ID])[0].fix


@pytest.mark.parametrize("lets_in", [True, UNKNOWN])
def test_one_that_lets_them_in_or_hides_it_is_fine(lets_in: bool) -> None:
    assert ids(with_source(mapping("documentdb"), pollers=replace(SHUT, lets_in=lets_in)), select=[ID]) == []


def test_other_sources_have_no_such_groups() -> None:
    assert ids(mapping(), select=[ID]) == []
    assert ids(mapping("kinesis"), select=[ID]) == []


def test_of_msk_the_port_of_its_way_to_sign_in_is_the_one_that_counts() -> None:
    for shut, expected in ((9098,), [ID]), ((9096, 9092), []):
        network = PollerNetwork(groups=("Shop/Brokers",), ports=(9092, 9094, 9096, 9098), lets_in=True, shut_in=shut)
        source = with_source(mapping("msk"), pollers=network, authentications=frozenset({"Iam"}))
        found = check([replace(source, settings={**source.settings, "SourceAccessConfigurations": None})], select=[ID])

        assert [one.rule.id for one in found] == expected
        assert all("on 9098" in one.message for one in found)


def test_several_groups_are_named_together() -> None:
    several = replace(SHUT, groups=("Shop/Brokers", "Shop/Clients"))
    [finding] = check([with_source(mapping("documentdb"), pollers=several)], select=[ID])

    assert finding.message.startswith("the security groups Shop/Brokers and Shop/Clients of ")
