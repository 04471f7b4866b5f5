"""Corruptions: the security group of a broker or a cluster lets its pollers neither in nor out."""

from __future__ import annotations

from typing import Any

from tests.core.generated.case import Case
from tests.core.generated.corruption import BROKERS, MSK, corrupts, own

_ELSEWHERE = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "10.0.0.0/16"}


def _in_a_group(case: Case, **rules: list[dict[str, Any]]) -> bool:
    """Give the source one security group with some rules and no others."""
    if not own(case):
        return False
    case.add("Group", "EC2::SecurityGroup", {"GroupDescription": "brokers", "VpcId": "vpc-1", **rules})
    groups, source = [{"Fn::GetAtt": ["Group", "GroupId"]}], case.properties("Source")
    if case.kind == "documentdb":
        source["VpcSecurityGroupIds"] = groups
    elif case.kind == "msk":
        source["BrokerNodeGroupInfo"] = {**source.get("BrokerNodeGroupInfo", {}), "SecurityGroups": groups}
    elif case.kind == "msk-serverless":
        source["VpcConfigs"] = [{**one, "SecurityGroups": groups} for one in source["VpcConfigs"]]
    else:
        source |= {"SecurityGroups": groups, "PubliclyAccessible": False}
    return True


@corrupts("ESM443", on=(*BROKERS, *MSK))
def _a_group_that_does_not_let_itself_in(case: Case) -> bool:
    return _in_a_group(case, SecurityGroupIngress=[_ELSEWHERE])


@corrupts("ESM444", on=(*BROKERS, *MSK))
def _a_group_that_lets_nothing_out(case: Case) -> bool:
    return _in_a_group(case, SecurityGroupEgress=[_ELSEWHERE])
