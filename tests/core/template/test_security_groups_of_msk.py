"""The ports of Amazon MSK on which a security group lets pollers through, by the mapping's way to sign in."""

import json
from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.testing.templates import mapping as orders
from cdk_esm.testing.templates import ref, resource, template
from tests.core.template.test_security_groups import ITSELF, found, shop, tcp


def on_msk(ways: dict[str, Any], port: int, secret: str = "", **more: Any) -> list[str]:
    """What is found if a cluster with some ways to sign in lets its pollers through on one port only."""
    access = [{"Type": secret, "URI": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_a-AbCdEf"}]
    mapping = orders(
        ref("Source"), StartingPosition="LATEST", **({"SourceAccessConfigurations": access} if secret else {}), **more
    )
    cluster = resource(
        "MSK::Cluster", {"BrokerNodeGroupInfo": {"SecurityGroups": [ITSELF]}, "ClientAuthentication": ways}
    )
    rules = {
        "SecurityGroupIngress": [tcp(port, SourceSecurityGroupId=ITSELF)],
        "SecurityGroupEgress": [tcp(port, DestinationSecurityGroupId=ITSELF), tcp(443, CidrIp="0.0.0.0/0")],
    }
    group = resource("EC2::SecurityGroup", {"GroupDescription": "brokers", **rules})
    [plan] = esm.read_template(template({"Group": group, "Source": cluster, "Orders": mapping}))
    return found(plan)


@pytest.mark.parametrize(
    ("ways", "secret", "ports"),
    [
        pytest.param({"Sasl": {"Iam": {"Enabled": True}}}, "", {9098}, id="iam"),
        pytest.param({"Sasl": {"Iam": {"Enabled": True}, "Scram": {"Enabled": True}}}, "", {9098}, id="iam-of-two"),
        pytest.param(
            {"Sasl": {"Iam": {"Enabled": True}, "Scram": {"Enabled": True}}},
            "SASL_SCRAM_512_AUTH",
            {9096},
            id="a-password",
        ),
        pytest.param({"Tls": {"Enabled": True}}, "CLIENT_CERTIFICATE_TLS_AUTH", {9094}, id="a-certificate"),
        pytest.param({"Unauthenticated": {"Enabled": True}}, "", {9092, 9094}, id="none"),
        pytest.param({"Sasl": {"Iam": {"Enabled": {"Ref": "Iam"}}}}, "", {9092, 9094, 9098}, id="who-knows"),
        pytest.param({}, {"Ref": "Way"}, {9092, 9094, 9096, 9098}, id="a-secret-that-nobody-knows"),
    ],
)
def test_of_the_ports_of_msk_only_that_of_the_way_to_sign_in_counts(ways: Any, secret: Any, ports: set[int]) -> None:
    assert {port for port in (9092, 9094, 9096, 9098) if on_msk(ways, port, secret) == []} == ports
    assert {tuple(on_msk(ways, port, secret)) for port in {9092, 9094, 9096, 9098} - ports} <= {("ESM443", "ESM444")}


@pytest.mark.parametrize(
    ("network", "expected"),
    [({}, ["ESM443"]), ({"NetworkType": "IPV4"}, ["ESM443"]), ({"NetworkType": "DUAL"}, []), (ref("Network"), [])],
)
def test_a_cluster_with_ipv6_addresses_has_other_ports_too(network: Any, expected: list[str]) -> None:
    nodes = {"SecurityGroups": [ITSELF], "ConnectivityInfo": network}
    cluster = resource("MSK::Cluster", {"BrokerNodeGroupInfo": nodes})
    group = resource(
        "EC2::SecurityGroup",
        {"GroupDescription": "brokers", "SecurityGroupIngress": [tcp(20098, SourceSecurityGroupId=ITSELF)]},
    )
    mapping = orders(ref("Source"), StartingPosition="LATEST")
    document = template({"Group": group, "Source": cluster, "Orders": mapping}, Parameters={"Network": {}})

    assert found(esm.read_template(document)[0]) == expected


def test_the_rule_to_paste_is_for_the_port_of_the_way_to_sign_in() -> None:
    scram = {"SourceAccessConfigurations": [{"Type": "SASL_SCRAM_512_AUTH", "URI": "arn:aws:secretsmanager:a"}]}
    [finding] = esm.check([shop("msk", settings=scram)], select=["ESM443"])

    assert json.loads(finding.fix[finding.fix.index("{") :])["Properties"]["FromPort"] == 9096
    assert "on 9096," in finding.message
