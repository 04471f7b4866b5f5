"""Whether pollers in the network of a cluster get to Lambda and to AWS STS."""

from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import Cluster
from cdk_esm.testing.templates import get, mapping, plan, ref, resource

KAFKA = {"StartingPosition": "LATEST", "Topics": ["orders"]}
NETWORK = {
    "Vpc": resource("EC2::VPC", {"CidrBlock": "10.0.0.0/16"}),
    "Subnet": resource("EC2::Subnet", {"VpcId": ref("Vpc")}),
}
TABLE = {
    "Table": resource("EC2::RouteTable", {"VpcId": ref("Vpc")}),
    "Has": resource("EC2::SubnetRouteTableAssociation", {"SubnetId": ref("Subnet"), "RouteTableId": ref("Table")}),
}


def route(**target: Any) -> dict[str, Any]:
    return {**TABLE, "Route": resource("EC2::Route", {"RouteTableId": ref("Table"), **target})}


def endpoint(service: str) -> dict[str, Any]:
    name = {"Fn::Sub": f"com.amazonaws.${{AWS::Region}}.{service}"}
    return resource("EC2::VPCEndpoint", {"VpcId": ref("Vpc"), "ServiceName": name})


OTHER = {
    "OtherVpc": resource("EC2::VPC"),
    "Other": resource("EC2::Subnet", {"VpcId": ref("Vpc")}),
}
IN_OTHER = resource("EC2::Subnet", {"VpcId": ref("OtherVpc")})
OF_OTHER = resource("EC2::SubnetRouteTableAssociation", {"SubnetId": ref("Other"), "RouteTableId": ref("Table")})
TABLE_ROUTE = {"Second": resource("EC2::Route", {"RouteTableId": ref("Table"), "VpcPeeringConnectionId": "p"})}
LAMBDA, STS = endpoint("lambda"), endpoint("sts")


def reaches(further: dict[str, Any], subnets: Any = None, /, **sections: Any) -> Any:
    given = {"BrokerNodeGroupInfo": {"ClientSubnets": [ref("Subnet")] if subnets is None else subnets}}
    resources = {**NETWORK, "Cluster": resource("MSK::Cluster", given), "Orders": mapping(get("Cluster"), **KAFKA)}
    found = plan({**resources, **further}, **{"Parameters": {"Given": {"Type": "String"}}, **sections}).event_source
    assert isinstance(found, Cluster)
    return found.reaches_lambda


@pytest.mark.parametrize(
    "further",
    [
        pytest.param(route(NatGatewayId="nat-1"), id="NAT gateway"),
        pytest.param({**route(NatGatewayId="nat-1"), **TABLE_ROUTE}, id="NAT gateway before another route"),
        pytest.param({"L": LAMBDA, "S": STS}, id="endpoints"),
        pytest.param({"L": LAMBDA, "S": endpoint("sts-fips")}, id="FIPS endpoint"),
        pytest.param({**route(GatewayId="igw-1"), "L": LAMBDA, "S": STS}, id="endpoints beside a gateway"),
    ],
)
def test_network_with_a_way_out_reaches_lambda(further: dict[str, Any]) -> None:
    assert reaches(further) is True


@pytest.mark.parametrize(
    "further",
    [
        pytest.param({}, id="nothing"),
        pytest.param(TABLE, id="only the local route"),
        pytest.param({"L": LAMBDA}, id="no endpoint for STS"),
        pytest.param({"S": endpoint("s3")}, id="endpoint of another service"),
        pytest.param({"L": LAMBDA, "S": STS, **OTHER, "Subnet": IN_OTHER}, id="endpoints of another network"),
        pytest.param({**route(NatGatewayId="n"), **OTHER, "Has": OF_OTHER}, id="NAT gateway of another subnet"),
        pytest.param({"X": resource("SSM::Parameter", {"Value": "Vpc"})}, id="something else that is shared"),
    ],
)
def test_a_closed_network_does_not_reach_lambda(further: dict[str, Any]) -> None:
    assert reaches(further) is False


@pytest.mark.parametrize(
    "further",
    [
        pytest.param(route(GatewayId="igw-1"), id="internet gateway"),
        pytest.param(route(TransitGatewayId="tgw-1"), id="transit gateway"),
        pytest.param({**TABLE, "R": resource("EC2::Route", {"RouteTableId": ref("Given")})}, id="route somewhere"),
        pytest.param(
            {"Has": resource("EC2::SubnetRouteTableAssociation", {"SubnetId": ref("Given")})}, id="table of a subnet"
        ),
        pytest.param({"E": resource("EC2::VPCEndpoint", {"VpcId": ref("Given")})}, id="endpoint somewhere"),
        pytest.param({"E": resource("EC2::VPCEndpoint", {"VpcId": ref("Vpc")})}, id="endpoint of a hidden service"),
        pytest.param({"Inner": resource("CloudFormation::Stack", {"Parameters": {"V": ref("Vpc")}})}, id="handed over"),
        pytest.param({"P": resource("SSM::Parameter", {"Value": ref("Vpc")})}, id="written down"),
        pytest.param({"Subnet": resource("EC2::Subnet", {"VpcId": ref("Given")})}, id="network elsewhere"),
        pytest.param({"Subnet": resource("EC2::Subnet", {"VpcId": ref("Table")}), **TABLE}, id="no network"),
        pytest.param({"X": {"Type": "Custom::Way", "Properties": {"V": [ref("Subnet")]}}}, id="custom resource"),
        pytest.param(
            {"X": resource("CloudFormation::CustomResource", {"V": ref("Vpc")})}, id="unnamed custom resource"
        ),
        pytest.param({"X": resource("RAM::ResourceShare", {"V": [ref("Subnet")]})}, id="shared"),
        pytest.param({**route(GatewayId="g"), "L": LAMBDA}, id="gateway beside one endpoint"),
        pytest.param({"E": {**STS, "Condition": "Gone"}, "L": LAMBDA}, id="endpoint that may not be there"),
        pytest.param({**TABLE, "Has": {**TABLE["Has"], "Condition": "Gone"}}, id="table that may not be there"),
        pytest.param(
            {**TABLE, "Has": resource("EC2::SubnetRouteTableAssociation", {"SubnetId": ref("Subnet")})}, id="no table"
        ),
    ],
)
def test_network_that_others_may_open_is_unknown(further: dict[str, Any]) -> None:
    assert reaches(further) is UNKNOWN


def test_network_that_an_output_names_is_unknown() -> None:
    assert reaches({}, Outputs={"Vpc": {"Value": ref("Vpc")}}) is UNKNOWN


def test_subnets_of_which_one_only_has_a_way_out_are_unknown() -> None:
    further = {**route(NatGatewayId="n"), **OTHER}

    assert reaches(further, [ref("Subnet"), ref("Other")]) is UNKNOWN
    assert reaches(OTHER, [ref("Subnet"), ref("Other")]) is False
    assert reaches(OTHER, [ref("Subnet"), ref("Cluster")]) is UNKNOWN


@pytest.mark.parametrize("subnets", [["subnet-1"], ref("Given"), [ref("Subnet"), "subnet-2"], []])
def test_subnets_elsewhere_are_unknown(subnets: Any) -> None:
    assert reaches({}, subnets) is UNKNOWN


def test_subnet_of_a_cluster_of_ones_own_may_have_a_prefix() -> None:
    servers = {"Endpoints": {"KafkaBootstrapServers": ["a.example.com:9092"]}}
    for uri in (ref("Subnet"), {"Fn::Sub": "subnet:${Subnet}"}):
        access = [{"Type": "VPC_SUBNET", "URI": uri}]
        settings = {**KAFKA, "SelfManagedEventSource": servers, "SourceAccessConfigurations": access}
        found = plan({**NETWORK, "Orders": mapping(ref("AWS::NoValue"), **settings)}).event_source
        assert isinstance(found, Cluster)
        assert found.reaches_lambda is False
