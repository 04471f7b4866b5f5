"""Apache Kafka clusters and message brokers.

Read from the CloudFormation resource schemas and the return values on the types' own pages on 2026-11-28.
"""

from typing import Final

from cdk_esm.sources.resource_facts import EACH, ArnForm, Gives, Kind, PolicyResource, ResourceFacts

CLUSTER: Final = ResourceFacts(
    type="AWS::MSK::Cluster",
    kind=Kind.CLUSTER,
    label="Amazon MSK cluster",
    ref=Gives.ARN,
    attributes={"Arn": Gives.ARN},
    itself=("Arn", "Ref"),
    name="ClusterName",
    arn=ArnForm(service="kafka", before="cluster/"),
    key=("EncryptionInfo", "EncryptionAtRest", "DataVolumeKMSKeyId"),
    policies=(PolicyResource("AWS::MSK::ClusterPolicy", "ClusterArn", "Policy"),),
    subnets=("BrokerNodeGroupInfo", "ClientSubnets"),
    security_groups=("BrokerNodeGroupInfo", "SecurityGroups"),
    sources=("msk",),
    holds="records",
    create_only=(
        "ClusterName",
        "BrokerNodeGroupInfo.BrokerAZDistribution",
        "BrokerNodeGroupInfo.ClientSubnets",
        "BrokerNodeGroupInfo.SecurityGroups",
        "EncryptionInfo.EncryptionAtRest",
        "EncryptionInfo.EncryptionInTransit.InCluster",
    ),
)
SERVERLESS_CLUSTER: Final = ResourceFacts(
    type="AWS::MSK::ServerlessCluster",
    kind=Kind.CLUSTER,
    label="Amazon MSK Serverless cluster",
    ref=Gives.ARN,
    attributes={"Arn": Gives.ARN},
    itself=("Arn", "Ref"),
    name="ClusterName",
    arn=ArnForm(service="kafka", before="cluster/", like=r".*-s\d+"),
    policies=(PolicyResource("AWS::MSK::ClusterPolicy", "ClusterArn", "Policy"),),
    subnets=("VpcConfigs", EACH, "SubnetIds"),
    security_groups=("VpcConfigs", EACH, "SecurityGroups"),
    sources=("msk-serverless",),
    holds="records",
    create_only=("ClusterName", "VpcConfigs", "ClientAuthentication", "Tags"),
)
VPC_CONNECTION: Final = ResourceFacts(
    type="AWS::MSK::VpcConnection",
    kind=Kind.VPC_CONNECTION,
    label="connection to an Amazon MSK cluster",
    ref=Gives.ARN,
    attributes={"Arn": Gives.ARN},
    itself=("Arn", "Ref"),
    arn=ArnForm(service="kafka", before="vpc-connection/"),
    create_only=("ClientSubnets", "Authentication", "SecurityGroups", "TargetClusterArn", "VpcId"),
)
BROKER: Final = ResourceFacts(
    type="AWS::AmazonMQ::Broker",
    kind=Kind.BROKER,
    label="Amazon MQ broker",
    ref=Gives.ID,
    attributes={"Arn": Gives.ARN, "Id": Gives.ID, "ConfigurationId": Gives.ID},
    itself=("Arn",),
    name="BrokerName",
    arn=ArnForm(service="mq", before="broker:"),
    key=("EncryptionOptions", "KmsKeyId"),
    subnets=("SubnetIds",),
    security_groups=("SecurityGroups",),
    sources=("activemq", "rabbitmq"),
    holds="messages",
    create_only=(
        "BrokerName",
        "StorageType",
        "DeploymentMode",
        "EngineType",
        "SubnetIds",
        "AuthenticationStrategy",
        "EncryptionOptions",
        "PubliclyAccessible",
    ),
)
