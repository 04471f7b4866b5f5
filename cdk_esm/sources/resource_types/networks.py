"""What the readers know of networks.

Read from the CloudFormation resource schemas and the return values on the types' own pages on 2026-11-28.
"""

from typing import Final

from cdk_esm.sources.resource_facts import ArnForm, Gives, Kind, ResourceFacts

SUBNET: Final = ResourceFacts(
    type="AWS::EC2::Subnet",
    kind=Kind.SUBNET,
    label="Amazon VPC subnet",
    ref=Gives.ID,
    attributes={
        "SubnetId": Gives.ID,
        "VpcId": Gives.ID,
        "AvailabilityZoneId": Gives.ID,
        "Ipv4IpamPoolId": Gives.ID,
        "Ipv6IpamPoolId": Gives.ID,
        "NetworkAclAssociationId": Gives.ID,
        "OutpostArn": Gives.ARN,
    },
    itself=("Ref", "SubnetId"),
    arn=ArnForm(service="ec2", before="subnet/", holds=Gives.ID),
    create_only=(
        "VpcId",
        "AvailabilityZone",
        "AvailabilityZoneId",
        "CidrBlock",
        "OutpostArn",
        "Ipv6Native",
        "Ipv4IpamPoolId",
        "Ipv4NetmaskLength",
        "Ipv6IpamPoolId",
        "Ipv6NetmaskLength",
    ),
    sometimes_create_only=("Ipv6CidrBlock",),
)
NETWORK: Final = ResourceFacts(
    type="AWS::EC2::VPC",
    kind=Kind.NETWORK,
    label="Amazon VPC",
    ref=Gives.ID,
    attributes={"VpcId": Gives.ID},
    itself=("Ref", "VpcId"),
    arn=ArnForm(service="ec2", before="vpc/", holds=Gives.ID),
    create_only=("CidrBlock", "Ipv4IpamPoolId", "Ipv4NetmaskLength", "VpcEncryptionControl"),
    sometimes_create_only=("InstanceTenancy",),
)
ROUTE: Final = ResourceFacts(
    type="AWS::EC2::Route",
    kind=Kind.ROUTE,
    label="route of an Amazon VPC",
    ref=Gives.ID,
    itself=(),
    create_only=("RouteTableId", "DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"),
)
ROUTE_TABLE_OF_SUBNET: Final = ResourceFacts(
    type="AWS::EC2::SubnetRouteTableAssociation",
    kind=Kind.ROUTE_TABLE_OF_SUBNET,
    label="route table of an Amazon VPC subnet",
    ref=Gives.ID,
    attributes={"Id": Gives.ID},
    itself=("Ref", "Id"),
    create_only=("SubnetId", "RouteTableId"),
)
ENDPOINT: Final = ResourceFacts(
    type="AWS::EC2::VPCEndpoint",
    kind=Kind.ENDPOINT,
    label="Amazon VPC endpoint",
    ref=Gives.ID,
    attributes={"Id": Gives.ID},
    itself=("Ref", "Id"),
    arn=ArnForm(service="ec2", before="vpc-endpoint/", holds=Gives.ID),
    policies_within=(("PolicyDocument",),),
    create_only=(
        "ServiceName",
        "VpcEndpointType",
        "VpcId",
        "ServiceNetworkArn",
        "ResourceConfigurationArn",
        "ServiceRegion",
        "DnsOptions.PrivateDnsPreference",
        "DnsOptions.PrivateDnsSpecifiedDomains",
    ),
)
SHARE: Final = ResourceFacts(
    type="AWS::RAM::ResourceShare",
    kind=Kind.SHARE,
    label="AWS RAM resource share",
    ref=Gives.ARN,
    attributes={"Arn": Gives.ARN, "OwningAccountId": Gives.ID},
    itself=("Arn", "Ref"),
    arn=ArnForm(service="ram", before="resource-share/"),
    create_only=("ResourceShareConfiguration.RetainSharingOnAccountLeaveOrganization",),
)
SECURITY_GROUP: Final = ResourceFacts(
    type="AWS::EC2::SecurityGroup",
    kind=Kind.SECURITY_GROUP,
    label="Amazon VPC security group",
    ref=Gives.ID,
    attributes={"GroupId": Gives.ID, "Id": Gives.ID},
    itself=("Ref", "GroupId", "Id"),
    arn=ArnForm(service="ec2", before="security-group/", holds=Gives.ID),
    create_only=("GroupDescription", "GroupName", "VpcId"),
)
SECURITY_RULE_IN: Final = ResourceFacts(
    type="AWS::EC2::SecurityGroupIngress",
    kind=Kind.SECURITY_RULE_IN,
    label="inbound rule of an Amazon VPC security group",
    ref=Gives.ID,
    attributes={"Id": Gives.ID},
    itself=("Ref", "Id"),
    create_only=(
        "GroupName",
        "IpProtocol",
        "SourceSecurityGroupId",
        "SourcePrefixListId",
        "ToPort",
        "CidrIp",
        "SourceSecurityGroupName",
        "SourceSecurityGroupOwnerId",
        "FromPort",
        "GroupId",
        "CidrIpv6",
    ),
)
SECURITY_RULE_OUT: Final = ResourceFacts(
    type="AWS::EC2::SecurityGroupEgress",
    kind=Kind.SECURITY_RULE_OUT,
    label="outbound rule of an Amazon VPC security group",
    ref=Gives.ID,
    attributes={"Id": Gives.ID},
    itself=("Ref", "Id"),
    create_only=(
        "IpProtocol",
        "DestinationSecurityGroupId",
        "ToPort",
        "CidrIp",
        "FromPort",
        "GroupId",
        "CidrIpv6",
        "DestinationPrefixListId",
    ),
)
