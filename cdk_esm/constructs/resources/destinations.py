"""On-failure destinations: what is known of one, how a new one is made, and what the role needs to write there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.constants import duration
from cdk_esm.constructs.intake.keywords import Intake, looks_like
from cdk_esm.constructs.intake.options import OnFailure
from cdk_esm.constructs.intake.tokens import arn_part
from cdk_esm.constructs.resources.existing import place
from cdk_esm.constructs.resources.roles import Statement
from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import Destination, FailurePath
from cdk_esm.sources.destinations import DESTINATIONS, OBJECT_PREFIX
from cdk_esm.sources.sqs_queue import QUEUE

BUCKET_ID: Final = "EsmFailures"
INVESTIGATION_DAYS: Final = 90
_SECONDS_A_DAY: Final = 86_400
_ARN_OF: Final = {"bucket": "bucket_arn", "queue": "queue_arn", "topic": "topic_arn"}
_GRANT_OF: Final = {"bucket": "grant_put", "queue": "grant_send_messages", "topic": "grant_publish"}
_KEY_OF: Final = {"bucket": "encryption_key", "queue": "encryption_master_key", "topic": "master_key"}


@dataclass(frozen=True)
class BuiltDestination:
    """A destination with what the mapping and the role want of it.

    Args:
        construct: the bucket, queue or topic.
        arn: its ARN.
        key_arn: the ARN of its own key; ``None`` where it has none.
        ours: it was made for this mapping or for its stack.
    """

    construct: Any
    arn: str
    key_arn: str | None
    ours: bool


def draft_destination(intake: Intake, value: Any, where: Surroundings, path: str) -> FailurePath:
    """Say where failed records end."""
    chosen = OnFailure.bucket() if value is None else value
    not_taken = FailurePath(kind="bucket", destination=Destination(identity=path + "/OnFailure", fifo=UNKNOWN))
    if not isinstance(chosen, OnFailure) or chosen.kind not in (*DESTINATIONS, "discard"):
        intake.one_of("on_failure", value, {"OnFailure.bucket(), .queue(), .topic() or .discard(reason=…)": _never})
        return not_taken
    if chosen.kind == "discard":
        reason = intake.reason("on_failure.reason", chosen.reason)
        return FailurePath(kind="discard", reason=reason) if reason else not_taken
    if chosen.target is None:
        identity = f"{where.stack_path}/{BUCKET_ID}" if chosen.kind == "bucket" else path + "/OnFailure"
        destination = Destination(identity=identity, region=where.region, account=where.account)
        return FailurePath(kind=chosen.kind, destination=destination)
    attribute, label = _ARN_OF[chosen.kind], DESTINATIONS[chosen.kind].label
    fits = {f"an {label}": lambda one: looks_like(one, attribute, _GRANT_OF[chosen.kind])}
    if not intake.one_of(f"on_failure.{chosen.kind}", chosen.target, fits):
        return not_taken
    return FailurePath(kind=chosen.kind, destination=_existing(chosen.kind, chosen.target))


def _never(_: object) -> bool:
    return False


def _existing(kind: str, target: Any) -> Destination:
    arn = getattr(target, _ARN_OF[kind])
    fifo = False if kind == "bucket" else bool(getattr(target, "fifo", False)) or arn.endswith(".fifo")
    bucket = kind == "bucket"  # a bucket's ARN names neither Region nor account
    return Destination(
        identity=arn,
        existing=True,
        fifo=fifo,
        region=UNKNOWN if bucket else place(target, "region", arn_part(arn, 3)),
        account=UNKNOWN if bucket else place(target, "account", arn_part(arn, 4)),
    )


def build_destination(
    scope: Construct, chosen: OnFailure, failure: FailurePath, where: Surroundings, removal_policy: cdk.RemovalPolicy
) -> tuple[BuiltDestination | None, FailurePath]:
    """Make the destination, or take the existing one; ``None`` where failed records are given up."""
    if failure.destination is None:
        return None, failure
    construct, key = chosen.target, None
    if construct is not None:
        arn, key = getattr(construct, _ARN_OF[failure.kind]), getattr(construct, _KEY_OF[failure.kind], None)
    elif failure.kind == "bucket":
        construct, arn = _bucket(where, removal_policy)
    else:
        construct = _queue(scope, removal_policy) if failure.kind == "queue" else _topic(scope)
        arn = getattr(construct, _ARN_OF[failure.kind])
    built = BuiltDestination(construct, arn, None if key is None else key.key_arn, ours=chosen.target is None)
    return built, replace(failure, destination=replace(failure.destination, identity=arn))


def _bucket(where: Surroundings, removal_policy: cdk.RemovalPolicy) -> tuple[s3.Bucket, str]:
    """The bucket that the mappings of a stack share, and its ARN."""
    made = where.memory.buckets.get(where.stack_path)
    if made is None:
        bucket = s3.Bucket(
            where.stack,
            BUCKET_ID,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            lifecycle_rules=[
                s3.LifecycleRule(
                    expiration=duration(INVESTIGATION_DAYS * _SECONDS_A_DAY),
                    abort_incomplete_multipart_upload_after=duration(7 * _SECONDS_A_DAY),
                )
            ],
            removal_policy=removal_policy,
        )
        made = where.memory.buckets[where.stack_path] = bucket, bucket.bucket_arn
    return made


def _queue(scope: Construct, removal_policy: cdk.RemovalPolicy) -> sqs.Queue:
    longest = QUEUE.by_name["MessageRetentionPeriod"].maximum
    assert longest is not None
    return sqs.Queue(
        scope,
        "OnFailure",
        retention_period=duration(longest),
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        removal_policy=removal_policy,
    )


def _topic(scope: Construct) -> sns.Topic:
    """A topic, which holds nothing that could be kept."""
    return sns.Topic(scope, "OnFailure", enforce_ssl=True)


def needs_of(built: BuiltDestination, kind: str, account: str) -> tuple[Statement, ...]:
    """What the execution role needs to write to the destination, as IAM JSON."""
    facts = DESTINATIONS[kind]
    resources = {"destination": built.arn, "destination-objects": f"{built.arn}/{OBJECT_PREFIX}*"}
    condition = {"Condition": {"StringEquals": {"s3:ResourceAccount": account}}} if facts.account_condition else {}
    needs: list[Statement] = [
        {"Action": list(grant.actions), "Effect": "Allow", "Resource": resources[grant.on], **condition}
        for grant in facts.grants
    ]
    if built.key_arn is not None:
        needs.append({"Action": list(facts.key_actions), "Effect": "Allow", "Resource": built.key_arn})
    return tuple(needs)
