"""Security groups of pollers in a template: what they surely let through, what surely not, and what nobody sees."""

import json
from dataclasses import replace
from typing import Any, Final

import pytest

import cdk_esm as esm
from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import Broker, Cluster, DocumentCluster, PollerNetwork
from cdk_esm.testing.templates import get, ref, resource, template
from cdk_esm.testing.templates import mapping as orders

ITSELF: Final = get("Group", "GroupId")
RULES: Final = ("ESM443", "ESM444")
PORT: Final = {"rabbitmq": 5671, "activemq": 61617, "documentdb": 27017, "msk": 9098, "msk-serverless": 9098}
NOTHING_OUT: Final = {"IpProtocol": "icmp", "FromPort": 252, "ToPort": 86, "CidrIp": "255.255.255.255/32"}
"""What CDK writes for a group that lets nothing out."""


def tcp(first: Any, last: Any = None, **to: Any) -> dict[str, Any]:
    return {"IpProtocol": "tcp", "FromPort": first, "ToPort": first if last is None else last, **to}


def source(kind: str, groups: Any) -> dict[str, Any]:
    if kind == "msk":
        iam = {"ClientAuthentication": {"Sasl": {"Iam": {"Enabled": True}}}}
        return resource("MSK::Cluster", {"BrokerNodeGroupInfo": {"SecurityGroups": groups}, **iam})
    if kind == "msk-serverless":
        return resource(
            "MSK::ServerlessCluster", {"VpcConfigs": [{"SubnetIds": ["subnet-1"], "SecurityGroups": groups}]}
        )
    if kind == "documentdb":
        return resource("DocDB::DBCluster", {"VpcSecurityGroupIds": groups})
    return resource(
        "AmazonMQ::Broker", {"EngineType": kind.upper(), "PubliclyAccessible": False, "SecurityGroups": groups}
    )


def shop(kind: str, *beside: dict[str, Any], groups: Any = None, settings: Any = None, **rules: Any) -> esm.MappingPlan:
    """A mapping on a source whose security group has some rules within it, and others beside it."""
    group = resource("EC2::SecurityGroup", {"GroupDescription": "brokers", **rules})
    arn = {
        "documentdb": {"Fn::Sub": "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${Source}"},
        "msk": ref("Source"),
        "msk-serverless": ref("Source"),
    }.get(kind, get("Source"))
    mapping = orders(
        arn, **({"Queues": ["orders"]} if "mq" in kind else {"StartingPosition": "LATEST"}), **(settings or {})
    )
    resources = {"Group": group, "Source": source(kind, groups or [ITSELF]), "Orders": mapping}
    resources |= {f"Rule{index}": one for index, one in enumerate(beside)}
    [plan] = esm.read_template(template(resources))
    return plan


def network(plan: esm.MappingPlan) -> PollerNetwork:
    assert isinstance(plan.event_source, Broker | Cluster | DocumentCluster)
    return plan.event_source.pollers


def found(plan: esm.MappingPlan) -> list[str]:
    return [one.rule.id for one in esm.check([plan], select=RULES)]


@pytest.mark.parametrize("kind", PORT)
def test_a_group_that_does_not_let_itself_in_is_found_and_one_that_does_is_fine(kind: str) -> None:
    port = PORT[kind]
    beside = resource("EC2::SecurityGroupIngress", {"GroupId": ITSELF, **tcp(port, SourceSecurityGroupId=ITSELF)})

    assert found(shop(kind)) == ["ESM443"]
    assert found(shop(kind, SecurityGroupIngress=[tcp(port + 1, SourceSecurityGroupId=ITSELF)])) == ["ESM443"]
    assert found(shop(kind, SecurityGroupIngress=[tcp(port, SourceSecurityGroupId=ITSELF)])) == []
    assert found(shop(kind, beside)) == []


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param({"IpProtocol": "-1", "SourceSecurityGroupId": ITSELF}, id="every-protocol"),
        pytest.param(tcp(0, 65535, SourceSecurityGroupId=ITSELF), id="every-port"),
        pytest.param({**tcp(5671, SourceSecurityGroupId=ITSELF), "IpProtocol": 6}, id="tcp-by-its-number"),
        pytest.param({**tcp("5671", SourceSecurityGroupId=ref("Group"))}, id="a-port-as-a-text"),
        pytest.param(tcp(5671, CidrIp="10.0.0.0/16"), id="addresses"),
        pytest.param(tcp(5671, CidrIpv6="2001:db8::/56"), id="ipv6-addresses"),
        pytest.param(tcp(5671, CidrIp={"Ref": "Addresses"}), id="addresses-that-nobody-knows"),
        pytest.param(tcp(5671, SourcePrefixListId="pl-1"), id="a-list-of-addresses"),
        pytest.param(tcp(5671, SourceSecurityGroupId={"Ref": "Other"}), id="a-group-that-nobody-knows"),
        pytest.param(tcp({"Ref": "Port"}, SourceSecurityGroupId=ITSELF), id="a-port-that-nobody-knows"),
        pytest.param({"IpProtocol": {"Ref": "P"}, "SourceSecurityGroupId": ITSELF}, id="a-protocol-that-nobody-knows"),
        pytest.param({"Fn::Transform": {"Name": "Mine"}}, id="a-macro"),
    ],
)
def test_what_lets_a_poller_in_or_may_do_so_is_no_finding(rule: dict[str, Any]) -> None:
    assert found(shop("rabbitmq", SecurityGroupIngress=[rule])) == []


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param({**tcp(5671, SourceSecurityGroupId=ITSELF), "IpProtocol": "udp"}, id="another-protocol"),
        pytest.param(tcp(443, CidrIp="0.0.0.0/0"), id="another-port"),
        pytest.param(tcp(5672, 6000, SourceSecurityGroupId=ITSELF), id="ports-above"),
        pytest.param(tcp(5671, CidrIp="127.0.0.1/32"), id="an-address-of-nobody"),
        pytest.param({"IpProtocol": "-1", "CidrIpv6": "::1/128"}, id="an-ipv6-address-of-nobody"),
    ],
)
def test_what_surely_does_not_is(rule: dict[str, Any]) -> None:
    assert found(shop("rabbitmq", SecurityGroupIngress=[rule])) == ["ESM443"]


def test_another_group_of_the_template_lets_in_only_itself() -> None:
    other = resource("EC2::SecurityGroup", {"GroupDescription": "clients"})
    of_clients = resource(
        "EC2::SecurityGroupIngress", {"GroupId": ITSELF, **tcp(5671, SourceSecurityGroupId=ref("Rule0"))}
    )

    assert found(shop("rabbitmq", other, of_clients)) == ["ESM443"]
    # A poller carries all the groups of the broker.
    assert found(shop("rabbitmq", other, of_clients, groups=[ITSELF, ref("Rule0")])) == []


@pytest.mark.parametrize(
    "groups",
    [
        pytest.param(["sg-0a1b2c3d"], id="elsewhere"),
        pytest.param([ITSELF, "sg-0a1b2c3d"], id="one-of-two-elsewhere"),
        pytest.param({"Ref": "Groups"}, id="a-parameter"),
        pytest.param([{"Fn::ImportValue": "group"}], id="imported"),
    ],
)
def test_groups_that_are_elsewhere_are_not_judged(groups: Any) -> None:
    plan = shop("rabbitmq", groups=groups)

    assert network(plan) == PollerNetwork()
    assert found(plan) == []


def test_a_group_that_gets_out_of_its_template_may_have_rules_elsewhere() -> None:
    nested = resource("CloudFormation::Stack", {"TemplateURL": "https://x", "Parameters": {"Group": ITSELF}})
    custom = resource("CloudFormation::CustomResource", {"ServiceToken": "x", "Group": ITSELF})
    of_nobody = resource(
        "EC2::SecurityGroupIngress", {"GroupId": {"Ref": "Group0"}, **tcp(5671, SourceSecurityGroupId=ITSELF)}
    )

    for beside in (nested, custom, of_nobody):
        assert found(shop("rabbitmq", beside)) == []


def test_a_rule_that_may_stand_counts() -> None:
    maybe = resource("EC2::SecurityGroupIngress", {"GroupId": ITSELF, **tcp(5671, SourceSecurityGroupId=ITSELF)})

    assert found(shop("rabbitmq", {**maybe, "Condition": "Prod"})) == []


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param([NOTHING_OUT], ["ESM444"], id="nothing"),
        pytest.param([{"IpProtocol": "-1", "CidrIp": "127.0.0.1/32"}], ["ESM444"], id="to-nobody"),
        pytest.param([tcp(443, CidrIp="0.0.0.0/0")], ["ESM444"], id="only-to-aws"),
        pytest.param([tcp(5671, DestinationSecurityGroupId=ITSELF)], ["ESM444"], id="only-to-the-broker"),
        pytest.param([tcp(443, CidrIp="0.0.0.0/0"), tcp(5671, DestinationSecurityGroupId=ITSELF)], [], id="to-both"),
        pytest.param([{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}], [], id="everything"),
    ],
)
def test_what_a_group_lets_out_counts_once_it_says_so(rules: list[dict[str, Any]], expected: list[str]) -> None:
    inside = [tcp(5671, SourceSecurityGroupId=ITSELF)]

    assert found(shop("rabbitmq", SecurityGroupIngress=inside, SecurityGroupEgress=rules)) == expected


def test_a_rule_beside_a_group_takes_away_that_everything_goes_out() -> None:
    inside = {"SecurityGroupIngress": [tcp(5671, SourceSecurityGroupId=ITSELF)]}
    beside = resource("EC2::SecurityGroupEgress", {"GroupId": ITSELF, **tcp(5671, DestinationSecurityGroupId=ITSELF)})
    of_another = resource("EC2::SecurityGroupEgress", {"GroupId": "sg-1", **tcp(22, CidrIp="10.0.0.0/16")})

    assert found(shop("rabbitmq", **inside)) == []
    assert found(shop("rabbitmq", beside, **inside)) == ["ESM444"]
    assert found(shop("rabbitmq", {**beside, "Condition": "Prod"}, **inside)) == []
    assert found(shop("rabbitmq", of_another, **inside)) == []


def test_a_group_that_lets_itself_out_on_every_port_lets_it_call_the_endpoints_in_it() -> None:
    within = [{"IpProtocol": "-1", "SourceSecurityGroupId": ITSELF}]
    out = [{"IpProtocol": "-1", "DestinationSecurityGroupId": ITSELF}]

    assert found(shop("rabbitmq", SecurityGroupIngress=within, SecurityGroupEgress=out)) == []


def test_provisioned_pollers_need_no_way_to_aws() -> None:
    within = {"SecurityGroupIngress": [tcp(9098, SourceSecurityGroupId=ITSELF)]}
    out = {"SecurityGroupEgress": [tcp(9098, DestinationSecurityGroupId=ITSELF)]}
    pollers = {"ProvisionedPollerConfig": {"MinimumPollers": 1, "MaximumPollers": 2}}

    assert found(shop("msk", **within, **out)) == ["ESM444"]
    assert found(shop("msk", settings=pollers, **within, **out)) == []


def test_a_broker_that_may_be_public_is_not_judged() -> None:
    plan = shop("rabbitmq")
    assert isinstance(plan.event_source, Broker)

    for public in (True, UNKNOWN):
        assert found(replace(plan, event_source=replace(plan.event_source, publicly_accessible=public))) == []


def test_of_a_self_managed_cluster_only_the_way_out_is_known() -> None:
    """Its brokers may have other groups than the pollers, which let them in."""
    for rules, expected in (({}, []), ({"SecurityGroupEgress": [NOTHING_OUT]}, ["ESM444"])):
        access = [
            {"Type": "VPC_SUBNET", "URI": "subnet:subnet-1"},
            {"Type": "VPC_SECURITY_GROUP", "URI": {"Fn::Sub": "security_group:${Group.GroupId}"}},
        ]
        settings = {
            "SelfManagedEventSource": {"Endpoints": {"KafkaBootstrapServers": ["b1.shop:9096"]}},
            "Topics": ["orders"],
            "StartingPosition": "LATEST",
            "SourceAccessConfigurations": access,
        }
        group = resource("EC2::SecurityGroup", {"GroupDescription": "pollers", **rules})
        made = orders(None, **settings)
        made["Properties"].pop("EventSourceArn")
        [plan] = esm.read_template(template({"Group": group, "Orders": made}))

        assert found(plan) == expected


def test_the_fix_is_a_rule_to_paste_and_mends_it() -> None:
    for rules in (
        {},
        {"SecurityGroupEgress": [NOTHING_OUT], "SecurityGroupIngress": [tcp(5671, SourceSecurityGroupId=ITSELF)]},
    ):
        [finding] = esm.check([shop("rabbitmq", **rules)], select=RULES)
        pasted = json.loads(finding.fix[finding.fix.index("{") :])
        way_to_aws = resource("EC2::SecurityGroupEgress", {"GroupId": ITSELF, **tcp(443, CidrIp="0.0.0.0/0")})

        assert found(shop("rabbitmq", pasted, *([way_to_aws] if rules else []), **rules)) == []
