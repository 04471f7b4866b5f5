"""A corruption: the broker or the document cluster is in a network that leads nowhere."""

from __future__ import annotations

from tests.core.generated.case import Case
from tests.core.generated.corruption import BROKERS, corrupts, own


@corrupts("ESM434", on=BROKERS)
def _a_network_that_leads_nowhere(case: Case) -> bool:
    if not own(case):
        return False
    case.add("Vpc", "EC2::VPC", {"CidrBlock": "10.0.0.0/16"})
    case.add("Subnet", "EC2::Subnet", {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24"})
    subnets = [{"Ref": "Subnet"}]
    if case.kind == "documentdb":
        about = {"DBSubnetGroupDescription": "shop", "SubnetIds": subnets}
        case.add("Subnets", "DocDB::DBSubnetGroup", about)
        case.properties("Source")["DBSubnetGroupName"] = {"Ref": "Subnets"}
    else:
        case.properties("Source")["SubnetIds"] = subnets
    return True
