from typing import Any

import pytest

from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_permission
from cdk_esm.testing.templates import document, get, inline, plan, resource
from cdk_esm.testing.templates import mapping as orders

ID = "ESM418"
NETWORK = [
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
]
IN_A_NETWORK = [{"Type": "VPC_SUBNET", "URI": "subnet:subnet-1"}, {"Type": "VPC_SECURITY_GROUP", "URI": "sg-1"}]
SETTINGS: dict[str, dict[str, Any]] = {
    "MSK::Cluster": {"StartingPosition": "LATEST", "Topics": ["orders"]},
    "AmazonMQ::Broker": {"Queues": ["orders"]},
    "DocDB::DBCluster": {"StartingPosition": "LATEST"},
}


def found(mapped: dict[str, Any], *documents: dict[str, Any], source: str = "SNS::Topic") -> list[str]:
    role = resource("IAM::Role", inline(*documents))
    around = {"Source": resource(source, {"EngineType": "RABBITMQ"}), "Role": role, "Orders": mapped}
    return [str(one.allowed).removeprefix("a role that is allowed ") for one in check([plan(around)], select=[ID])]


@pytest.mark.parametrize("source", SETTINGS)
def test_poller_in_a_network_needs_all_of_the_actions(source: str) -> None:
    mapped = orders(get("Source"), **SETTINGS[source])

    assert found(mapped, source=source) == [", ".join(NETWORK)]
    assert found(mapped, document(NETWORK[:-1], "*"), source=source) == NETWORK[-1:]
    assert found(mapped, document(NETWORK, "*"), source=source) == []
    assert found(mapped, document("ec2:*", "arn:aws:ec2:*:*:*/*"), source=source) == []


@pytest.mark.parametrize(("access", "fires"), [(IN_A_NETWORK, True), ([], False)])
def test_cluster_of_ones_own_has_a_network_where_it_names_one(access: list[Any], *, fires: bool) -> None:
    servers = {"Endpoints": {"KafkaBootstrapServers": ["a.example.com:9092"]}}
    mapped = orders(
        {"Ref": "AWS::NoValue"}, SelfManagedEventSource=servers, Topics=["orders"], SourceAccessConfigurations=access
    )

    assert bool(found(mapped)) is fires


def test_network_that_is_held_is_fine() -> None:
    assert ids(with_permission(mapping("activemq"), NETWORK[0], on="network"), select=[ID]) == []


@pytest.mark.parametrize(
    ("public", "fires"), [(True, False), ("true", False), (False, True), (None, True), ({"Ref": "Public"}, True)]
)
def test_broker_that_is_stated_public_is_reached_without_its_network(public: Any, *, fires: bool) -> None:
    properties = {"EngineType": "ActiveMQ"} | ({} if public is None else {"PubliclyAccessible": public})
    around = {"Source": resource("AmazonMQ::Broker", properties), "Role": resource("IAM::Role")}
    read = plan({**around, "Orders": orders(get("Source"), Queues=["orders"])})

    assert bool(check([read], select=[ID])) is fires
