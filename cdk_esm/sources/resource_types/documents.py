"""Document clusters.

Read from the CloudFormation resource schemas and the return values on the types' own pages on 2026-11-28.
"""

from typing import Final

from cdk_esm.sources.resource_facts import ArnForm, Gives, Kind, ResourceFacts

DOCUMENT_CLUSTER: Final = ResourceFacts(
    type="AWS::DocDB::DBCluster",
    kind=Kind.DOCUMENT_CLUSTER,
    label="Amazon DocumentDB cluster",
    ref=Gives.NAME,
    attributes={"ClusterResourceId": Gives.ID},
    itself=("Ref",),
    name="DBClusterIdentifier",
    arn=ArnForm(service="rds", before="cluster:", holds=Gives.NAME),
    key=("KmsKeyId",),
    security_groups=("VpcSecurityGroupIds",),
    sources=("documentdb",),
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
)
GLOBAL_DOCUMENT_CLUSTER: Final = ResourceFacts(
    type="AWS::DocDB::GlobalCluster",
    kind=Kind.GLOBAL_DOCUMENT_CLUSTER,
    label="Amazon DocumentDB global cluster",
    ref=Gives.NAME,
    attributes={"GlobalClusterArn": Gives.ARN, "GlobalClusterResourceId": Gives.ID},
    itself=("GlobalClusterArn", "Ref"),
    name="GlobalClusterIdentifier",
    arn=ArnForm(service="rds", before="global-cluster:", holds=Gives.NAME, has_region=False),
    sources=("documentdb",),
    create_only=("Engine", "EngineVersion", "GlobalClusterIdentifier", "SourceDBClusterIdentifier", "StorageEncrypted"),
)
ELASTIC_DOCUMENT_CLUSTER: Final = ResourceFacts(
    type="AWS::DocDBElastic::Cluster",
    kind=Kind.ELASTIC_DOCUMENT_CLUSTER,
    label="Amazon DocumentDB elastic cluster",
    ref=Gives.ARN,
    attributes={"ClusterArn": Gives.ARN},
    itself=("ClusterArn", "Ref"),
    name="ClusterName",
    arn=ArnForm(service="docdb-elastic", before="cluster/"),
    key=("KmsKeyId",),
    sources=("documentdb",),
    holds="documents and change events",
    create_only=("AdminUserName", "AuthType", "ClusterName", "KmsKeyId"),
)
DOCUMENT_SETTINGS: Final = ResourceFacts(
    type="AWS::DocDB::DBClusterParameterGroup",
    kind=Kind.DOCUMENT_SETTINGS,
    label="Amazon DocumentDB cluster parameter group",
    ref=Gives.NAME,
    itself=("Ref",),
    name="Name",
    arn=ArnForm(service="rds", before="cluster-pg:", holds=Gives.NAME),
    create_only=("Family", "Description", "Name"),
)
DOCUMENT_SUBNETS: Final = ResourceFacts(
    type="AWS::DocDB::DBSubnetGroup",
    kind=Kind.DOCUMENT_SUBNETS,
    label="Amazon DocumentDB subnet group",
    ref=Gives.NAME,
    itself=("Ref",),
    name="DBSubnetGroupName",
    arn=ArnForm(service="rds", before="subgrp:", holds=Gives.NAME),
    subnets=("SubnetIds",),
    create_only=("DBSubnetGroupName",),
)
