"""The DynamoDB table that a bundle makes, with what may be chosen: all that CDK's own ``TableV2`` takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, InitVar, dataclass

from aws_cdk import CfnTag, RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms

from cdk_esm.constructs.intake.calls import explains_keywords


@explains_keywords
@dataclass(frozen=True)
class NewTable:
    """A DynamoDB table that the construct makes: on-demand, with point-in-time recovery, a stream, and retained.

    It takes what the constructor of ``dynamodb.TableV2`` takes, under CDK's names and with CDK's values. Where we have
    an opinion, it is the default, and yours wins.

    Args:
        partition_key: the partition key's name and type.
        sort_key: the sort key's name and type. By default there is none.
        dynamo_stream: which images the stream carries. By default the new and the old one.
        encryption: how it is encrypted; a KMS key means ``TableEncryptionV2.customer_managed_key``. By default
            with the key that DynamoDB owns.
        billing: on-demand or provisioned. By default on-demand.
        global_secondary_indexes: indexes with another partition key. By default none.
        local_secondary_indexes: indexes with the table's partition key. By default none.
        time_to_live_attribute: the attribute that tells when DynamoDB deletes an item. By default nothing is deleted.
        table_name: its name. By default CloudFormation chooses one, so that the table can be replaced.
        replicas: the table in other Regions, each with its differences. Their writes are in the stream too
            (ESM353). By default none.
        global_table_settings_replication_mode: whether settings are the same in all Regions. By default the service's.
        multi_region_consistency: how consistent replicas are. By default eventually.
        witness_region: a Region that takes part without a replica. By default none.
        point_in_time_recovery_specification: how far back it can be restored. By default as far as the service goes.
        point_in_time_recovery: CDK's former name of ``point_in_time_recovery_specification``, as yes or no.
        deletion_protection: whether the table cannot be deleted. By default it can.
        contributor_insights_specification: whether CloudWatch ranks the keys by use. By default it does not.
        contributor_insights: CDK's former name of ``contributor_insights_specification``, as yes or no.
        kinesis_stream: a Kinesis stream that gets the changes, too. By default none.
        table_class: the storage class. By default the service's.
        warm_throughput: what it bears from the first moment on. By default the service's.
        resource_policy: a policy of the table. By default none.
        stream_resource_policy: a policy of its stream. By default none.
        tags: tags of the table. By default none.
        removal_policy: what becomes of it when the stack goes. By default the construct's ``removal_policy``.
        stream_view: the former name of ``dynamo_stream``.
        encryption_key: the former name of ``encryption`` with a KMS key.
    """

    partition_key: dynamodb.Attribute
    _: KW_ONLY
    sort_key: dynamodb.Attribute | None = None
    dynamo_stream: dynamodb.StreamViewType | None = None
    encryption: dynamodb.TableEncryptionV2 | kms.IKey | kms.Key | None = None
    billing: dynamodb.Billing | None = None
    global_secondary_indexes: Sequence[dynamodb.GlobalSecondaryIndexPropsV2] | None = None
    local_secondary_indexes: Sequence[dynamodb.LocalSecondaryIndexProps] | None = None
    time_to_live_attribute: str | None = None
    table_name: str | None = None
    replicas: Sequence[dynamodb.ReplicaTableProps] | None = None
    global_table_settings_replication_mode: dynamodb.GlobalTableSettingsReplicationMode | None = None
    multi_region_consistency: dynamodb.MultiRegionConsistency | None = None
    witness_region: str | None = None
    point_in_time_recovery_specification: dynamodb.PointInTimeRecoverySpecification | None = None
    point_in_time_recovery: bool | None = None
    deletion_protection: bool | None = None
    contributor_insights_specification: dynamodb.ContributorInsightsSpecification | None = None
    contributor_insights: bool | None = None
    kinesis_stream: kinesis.IStream | kinesis.Stream | None = None
    table_class: dynamodb.TableClass | None = None
    warm_throughput: dynamodb.WarmThroughput | None = None
    resource_policy: iam.PolicyDocument | None = None
    stream_resource_policy: iam.PolicyDocument | None = None
    tags: Sequence[CfnTag] | None = None
    removal_policy: RemovalPolicy | None = None
    stream_view: InitVar[dynamodb.StreamViewType | None] = None
    encryption_key: InitVar[kms.IKey | kms.Key | None] = None
