"""The resources that hold records until a mapping has read them, and what makes CloudFormation replace them.

Read from the CloudFormation resource schemas (``createOnlyProperties`` and ``conditionalCreateOnlyProperties``) on
2026-11-20; `make facts` compares them with the schemas that cfn-lint carries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cdk_esm.sources import pages


@dataclass(frozen=True)
class StatefulFacts:
    """What CloudFormation does with one kind of resource that holds records.

    Args:
        type: CloudFormation's name of the type.
        label: the service's own name for it.
        holds: what it holds that nobody may have read yet; absent where it is only a way to read another resource.
        create_only: properties whose change replaces it; a dot leads into a nested record.
        sometimes_create_only: properties whose change replaces it in some cases.
        name: the property that names it; two of one name cannot be there at the same time.
        page: the page of its properties.
    """

    type: str
    label: str
    holds: str | None
    create_only: tuple[str, ...]
    name: str
    page: str
    sometimes_create_only: tuple[str, ...] = ()


STATEFUL: Final[Mapping[str, StatefulFacts]] = {
    facts.type: facts
    for facts in (
        StatefulFacts(
            type="AWS::SQS::Queue",
            label="Amazon SQS queue",
            holds="messages",
            create_only=("QueueName", "FifoQueue"),
            name="QueueName",
            page=pages.SQS_QUEUE_RESOURCE,
        ),
        StatefulFacts(
            type="AWS::Kinesis::Stream",
            label="Amazon Kinesis data stream",
            holds="records",
            create_only=("Name",),
            name="Name",
            page=pages.KINESIS_STREAM_RESOURCE,
        ),
        StatefulFacts(
            type="AWS::Kinesis::StreamConsumer",
            label="consumer of an Amazon Kinesis data stream",
            holds=None,
            create_only=("ConsumerName", "StreamARN", "Tags"),
            name="ConsumerName",
            page=pages.KINESIS_CONSUMER_RESOURCE,
        ),
        StatefulFacts(
            type="AWS::DynamoDB::Table",
            label="Amazon DynamoDB table",
            holds="items and the records of its stream",
            create_only=("TableName", "ImportSourceSpecification"),
            sometimes_create_only=("KeySchema",),
            name="TableName",
            page=pages.DYNAMODB_TABLE_RESOURCE,
        ),
        StatefulFacts(
            type="AWS::DynamoDB::GlobalTable",
            label="Amazon DynamoDB global table",
            holds="items and the records of its stream",
            create_only=("TableName",),
            sometimes_create_only=("KeySchema", "LocalSecondaryIndexes", "GlobalTableSourceArn"),
            name="TableName",
            page=pages.DYNAMODB_GLOBAL_TABLE_RESOURCE,
        ),
        StatefulFacts(
            type="AWS::MSK::Cluster",
            label="Amazon MSK cluster",
            holds="records",
            create_only=(
                "ClusterName",
                "BrokerNodeGroupInfo.BrokerAZDistribution",
                "BrokerNodeGroupInfo.ClientSubnets",
                "BrokerNodeGroupInfo.SecurityGroups",
                "EncryptionInfo.EncryptionAtRest",
                "EncryptionInfo.EncryptionInTransit.InCluster",
            ),
            name="ClusterName",
            page=pages.MSK_CLUSTER_RESOURCE,
        ),
        StatefulFacts(
            type="AWS::MSK::ServerlessCluster",
            label="Amazon MSK Serverless cluster",
            holds="records",
            create_only=("ClusterName", "VpcConfigs", "ClientAuthentication", "Tags"),
            name="ClusterName",
            page=pages.MSK_SERVERLESS_RESOURCE,
        ),
        StatefulFacts(
            type="AWS::AmazonMQ::Broker",
            label="Amazon MQ broker",
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
            name="BrokerName",
            page=pages.MQ_BROKER_RESOURCE,
        ),
        StatefulFacts(
            type="AWS::DocDB::DBCluster",
            label="Amazon DocumentDB cluster",
            holds="documents and change events",
            create_only=(
                "SnapshotIdentifier",
                "KmsKeyId",
                "MasterUsername",
                "SourceDBClusterIdentifier",
                "DBClusterIdentifier",
                "AvailabilityZones",
                "DBSubnetGroupName",
                "StorageEncrypted",
            ),
            name="DBClusterIdentifier",
            page=pages.DOCUMENTDB_CLUSTER_RESOURCE,
        ),
    )
}
"""CloudFormation's type to facts."""
