"""Buckets for failed records: the one that the mappings of a stack share, and one of a mapping's own."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from constructs import Construct

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.constants import duration
from cdk_esm.constructs.intake.keywords import Intake, is_key
from cdk_esm.constructs.intake.new_bucket import NewBucket
from cdk_esm.constructs.intake.properties import check_given, given, settled
from cdk_esm.durations import SECONDS_A_DAY
from cdk_esm.facts import UNKNOWN, Value
from cdk_esm.plan import Destination

BUCKET_ID: Final = "EsmFailures"
INVESTIGATION_DAYS: Final = 90
UNFINISHED_DAYS: Final = 7
"""Our choice: Lambda writes an object in minutes, so parts that are a week old belong to one that never will be."""
LEAST_TLS: Final = 1.2
_MANAGED_KEY: Final = "alias/aws/s3"
_LOGS_BY_POLICY: Final = "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy"


def shared_bucket(
    scope: Construct, where: Surroundings, removal_policy: cdk.RemovalPolicy, key: Any
) -> tuple[s3.Bucket, str]:
    """The bucket that the mappings of a stack share, and its ARN; with a key if the organization wants one."""
    del scope
    made = where.memory.buckets.get(where.stack_path)
    if made is None:
        how = s3.BucketEncryption.S3_MANAGED if key is None else s3.BucketEncryption.KMS
        ours = {**_ours(), "encryption": how, "encryption_key": key, "removal_policy": removal_policy}
        bucket = s3.Bucket(where.stack, BUCKET_ID, **ours)
        made = where.memory.buckets[where.stack_path] = bucket, bucket.bucket_arn
    return made


def draft_bucket(intake: Intake, new: NewBucket, where: Surroundings, path: str) -> Destination:
    """Say what a bucket of a mapping's own will be."""
    keyword = "on_failure.bucket"
    if new.encryption_key is not None:
        intake.one_of(f"{keyword}.encryption_key", new.encryption_key, {"a KMS key": is_key})
    check_given(intake, keyword, new, elsewhere={"encryption_key"})
    if new.enforce_ssl is False and new.minimum_tls_version is not None:
        fix = "leave minimum_tls_version out, or enforce_ssl=False"
        intake.refuse(f"{keyword}.minimum_tls_version", new.minimum_tls_version, "nothing without enforce_ssl", fix=fix)
    return Destination(
        identity=path + "/OnFailure", region=where.region, account=where.account, encryption_key=_key_of(new)
    )


def _key_of(new: NewBucket) -> Value[str]:
    """What encrypts the bucket, if that is a key which a role must be allowed to use."""
    if new.encryption_key is not None or new.encryption in {s3.BucketEncryption.KMS, s3.BucketEncryption.DSSE}:
        return UNKNOWN
    managed = {s3.BucketEncryption.KMS_MANAGED, s3.BucketEncryption.DSSE_MANAGED}
    return _MANAGED_KEY if new.encryption in managed else None


def own_bucket(
    scope: Construct, new: NewBucket, removal_policy: cdk.RemovalPolicy
) -> tuple[s3.Bucket, str, kms.IKey | None]:
    """Make a bucket of a mapping's own; return it with its ARN, and with its key if a role must use it."""
    ours: dict[str, Any] = {**_ours(), "removal_policy": removal_policy}
    if new.encryption is None and new.encryption_key is None:
        ours["encryption"] = s3.BucketEncryption.S3_MANAGED
    if _has_access_list(scope, new):
        del ours["object_ownership"]  # with which there is no such list; CDK chooses the one that has it
    if new.enforce_ssl is False:
        del ours["minimum_tls_version"]  # which only the same policy could deny
    bucket = s3.Bucket(scope, "OnFailure", **settled(ours, given(new)))
    return bucket, bucket.bucket_arn, bucket.encryption_key if _key_of(new) is UNKNOWN else None


def _has_access_list(scope: Construct, new: NewBucket) -> bool:
    """Whether others than the owner are on its access list, as the writer of access logs is without bucket policies."""
    if new.access_control is not None:
        return new.access_control not in {
            s3.BucketAccessControl.PRIVATE,
            s3.BucketAccessControl.BUCKET_OWNER_READ,
            s3.BucketAccessControl.BUCKET_OWNER_FULL_CONTROL,
        }
    logs_to_itself = new.server_access_logs_prefix is not None and new.server_access_logs_bucket is None
    return logs_to_itself and not cdk.FeatureFlags.of(scope).is_enabled(_LOGS_BY_POLICY)


@cache
def _ours() -> dict[str, Any]:
    """What we choose of every bucket for failed records."""
    return {
        "block_public_access": s3.BlockPublicAccess.BLOCK_ALL,
        "enforce_ssl": True,
        "minimum_tls_version": LEAST_TLS,
        "object_ownership": s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        "lifecycle_rules": [
            s3.LifecycleRule(
                expiration=duration(INVESTIGATION_DAYS * SECONDS_A_DAY),
                abort_incomplete_multipart_upload_after=duration(UNFINISHED_DAYS * SECONDS_A_DAY),
            )
        ],
    }
