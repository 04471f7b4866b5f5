from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import PollerNetwork
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM444"
OPEN = PollerNetwork(groups=("Shop/Brokers",), ports=(27017,), lets_in=True, lets_out=True, lets_call_aws=True)


@pytest.mark.parametrize(
    ("shut", "words"),
    [({"lets_out": False}, "on 27017"), ({"lets_call_aws": False}, "on 443")],
)
def test_a_group_that_keeps_its_pollers_in_is_a_danger(shut: dict[str, Any], words: str) -> None:
    [finding] = check([with_source(mapping("documentdb"), pollers=replace(OPEN, **shut))], select=[ID])

    assert str(finding.severity) == "danger"
    assert words in finding.message


def test_it_tells_a_poller_that_reads_nothing_from_one_that_cannot_call_the_function() -> None:
    def message(**shut: Any) -> str:
        return check([with_source(mapping("documentdb"), pollers=replace(OPEN, **shut))], select=[ID])[0].message

    assert "never connects" in message(lets_out=False)
    assert "never calls the function" in message(lets_call_aws=False)


def test_both_are_said_at_once() -> None:
    shut = replace(OPEN, lets_out=False, lets_call_aws=False)

    assert "on 27017 and on 443" in check([with_source(mapping("documentdb"), pollers=shut)], select=[ID])[0].message


def test_one_that_lets_them_out_or_hides_it_is_fine() -> None:
    for network in (OPEN, replace(OPEN, lets_out=UNKNOWN, lets_call_aws=UNKNOWN)):
        assert ids(with_source(mapping("documentdb"), pollers=network), select=[ID]) == []


def test_of_msk_the_port_of_its_way_to_sign_in_is_the_one_that_counts() -> None:
    ports = (9092, 9094, 9096, 9098)
    for shut, expected in ((9098,), [ID]), ((9096, 9092), []):
        network = replace(OPEN, ports=ports, shut_out=shut)
        source = with_source(mapping("msk"), pollers=network, authentications=frozenset({"Iam"}))
        found = check([replace(source, settings={**source.settings, "SourceAccessConfigurations": None})], select=[ID])

        assert [one.rule.id for one in found] == expected
        assert all("on 9098" in one.message for one in found)


def test_of_a_self_managed_cluster_the_ports_of_its_servers_count() -> None:
    network = replace(OPEN, ports=(9093, 9193), shut_out=(9093, 9193))
    secret = {"Type": "SASL_SCRAM_512_AUTH", "URI": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"}
    plan = mapping("self-managed-kafka", SourceAccessConfigurations=[secret])
    [finding] = check([with_source(plan, pollers=network)], select=[ID])

    assert "on 9093 or 9193" in finding.message
