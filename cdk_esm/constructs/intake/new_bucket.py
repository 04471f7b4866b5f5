"""A bucket of a mapping's own for failed records, with what may be chosen: what CDK's own constructor takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

from cdk_esm.constructs.intake.calls import explains_keywords


@explains_keywords
@dataclass(frozen=True, kw_only=True)
class NewBucket:
    """A bucket that the construct makes for this mapping alone: private, encrypted, TLS-only, emptied, retained.

    ``OnFailure.bucket(NewBucket(...))`` has a bucket for itself, where ``OnFailure.bucket()`` shares that of the stack.
    It takes what the constructor of ``s3.Bucket`` takes, under CDK's names and with CDK's values, but for what makes a
    bucket public or a web site (ESM008). Where we have an opinion, it is the default, and yours wins.

    Args:
        lifecycle_rules: when objects go. By default after 90 days, and parts of an upload that was never finished after
            7 days. Our choice.
        encryption: how it is encrypted. By default by S3 with its own keys, and with ``encryption_key`` by that key.
        encryption_key: a KMS key, which the role may then use. By default none.
        bucket_key_enabled: whether S3 asks KMS less often, by a key that the bucket keeps. By default it does not.
        blocked_encryption_types: kinds of encryption that are refused. By default the service's.
        block_public_access: what is closed to the public. By default everything.
        enforce_ssl: whether its policy denies what comes without TLS. By default it does.
        minimum_tls_version: the oldest version of TLS. By default 1.2; not together with ``enforce_ssl=False``.
        object_ownership: who owns the objects. By default the owner of the bucket, without access lists, but for an
            ``access_control`` that needs one.
        access_control: a ready-made access list. By default none.
        abac_status: whether tags of the bucket decide on access. By default they do not.
        bucket_name: its name. By default CloudFormation chooses one, so that the bucket can be replaced.
        bucket_name_prefix: the beginning of its name in the namespace of the account. By default none.
        bucket_namespace: the namespace of its name. By default the global one.
        versioned: whether overwritten and deleted objects are kept. By default they are not.
        object_lock_enabled: whether objects can be locked. By default they cannot.
        object_lock_default_retention: for how long each object is locked. By default it is not.
        event_bridge_enabled: whether EventBridge hears of each object. By default it does not.
        notifications_handler_role: the role that sets notifications. By default CDK makes one.
        notifications_skip_destination_validation: whether S3 does not try a destination first. By default it does.
        server_access_logs_bucket: where accesses are logged. By default nowhere.
        server_access_logs_prefix: the beginning of the keys of access logs. By default none.
        target_object_key_format: how the keys of access logs are made. By default the service's.
        metrics: metrics of its requests. By default none.
        inventories: lists of its objects that S3 writes. By default none.
        intelligent_tiering_configurations: when S3 moves objects to cheaper tiers. By default never.
        transition_default_minimum_object_size: the smallest object that lifecycle rules move. By default the service's.
        replication_rules: which objects are copied to other buckets. By default none.
        replication_role: the role that copies objects. By default CDK makes one.
        transfer_acceleration: whether transfers go through edge locations. By default they do not.
        cors: what browsers of other sites may do. By default nothing.
        auto_delete_objects: whether it is emptied when the stack goes, so that it can be deleted; it needs
            ``removal_policy=RemovalPolicy.DESTROY``. By default it is not.
        removal_policy: what becomes of it when the stack goes. By default the construct's ``removal_policy``.
    """

    lifecycle_rules: Sequence[s3.LifecycleRule] | None = None
    encryption: s3.BucketEncryption | None = None
    encryption_key: kms.IKey | kms.Key | None = None
    bucket_key_enabled: bool | None = None
    blocked_encryption_types: Sequence[s3.BlockedEncryptionType] | None = None
    block_public_access: s3.BlockPublicAccess | None = None
    enforce_ssl: bool | None = None
    minimum_tls_version: float | None = None
    object_ownership: s3.ObjectOwnership | None = None
    access_control: s3.BucketAccessControl | None = None
    abac_status: bool | None = None
    bucket_name: str | None = None
    bucket_name_prefix: str | None = None
    bucket_namespace: s3.BucketNamespace | None = None
    versioned: bool | None = None
    object_lock_enabled: bool | None = None
    object_lock_default_retention: s3.ObjectLockRetention | None = None
    event_bridge_enabled: bool | None = None
    notifications_handler_role: iam.IRole | iam.Role | None = None
    notifications_skip_destination_validation: bool | None = None
    server_access_logs_bucket: s3.IBucket | s3.BucketBase | None = None
    server_access_logs_prefix: str | None = None
    target_object_key_format: s3.TargetObjectKeyFormat | None = None
    metrics: Sequence[s3.BucketMetrics] | None = None
    inventories: Sequence[s3.Inventory] | None = None
    intelligent_tiering_configurations: Sequence[s3.IntelligentTieringConfiguration] | None = None
    transition_default_minimum_object_size: s3.TransitionDefaultMinimumObjectSize | None = None
    replication_rules: Sequence[s3.ReplicationRule] | None = None
    replication_role: iam.IRole | iam.Role | None = None
    transfer_acceleration: bool | None = None
    cors: Sequence[s3.CorsRule] | None = None
    auto_delete_objects: bool | None = None
    removal_policy: RemovalPolicy | None = None
