"""On-failure destinations: what is known of one, how a new one is made, and what the role needs to write there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct, IConstruct

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
    l2, label = _L2[chosen.kind], DESTINATIONS[chosen.kind].label
    fits = {f"an {label}": lambda one: looks_like(one, l2.arn, l2.grant)}
    if not intake.one_of(f"on_failure.{chosen.kind}", chosen.target, fits):
        return not_taken
    return FailurePath(kind=chosen.kind, destination=_existing(chosen.kind, chosen.target))


def _never(_: object) -> bool:
    return False


def _existing(kind: str, target: Any) -> Destination:
    facts, arn = DESTINATIONS[kind], getattr(target, _L2[kind].arn)
    return Destination(
        identity=arn,
        existing=True,
        fifo=facts.can_be_fifo and (bool(getattr(target, "fifo", False)) or arn.endswith(".fifo")),
        region=place(target, "region", arn_part(arn, 3)) if facts.arn_names_place else UNKNOWN,
        account=place(target, "account", arn_part(arn, 4)) if facts.arn_names_place else UNKNOWN,
    )


def build_destination(
    scope: Construct, chosen: OnFailure, failure: FailurePath, where: Surroundings, removal_policy: cdk.RemovalPolicy
) -> tuple[BuiltDestination | None, FailurePath]:
    """Make the destination, or take the existing one; ``None`` where failed records are given up."""
    if failure.destination is None:
        return None, failure
    construct = chosen.target
    if construct is None:
        construct = _L2[failure.kind].make(scope, where, removal_policy)
    arn = getattr(construct, _L2[failure.kind].arn)
    key = getattr(construct, _L2[failure.kind].key, None) if chosen.target is not None else None
    built = BuiltDestination(construct, arn, None if key is None else key.key_arn, ours=chosen.target is None)
    return built, replace(failure, destination=replace(failure.destination, identity=arn))


def _bucket(scope: Construct, where: Surroundings, removal_policy: cdk.RemovalPolicy) -> s3.Bucket:
    """The bucket that the mappings of a stack share."""
    del scope
    bucket = where.memory.buckets.get(where.stack_path)
    if bucket is None:
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
        where.memory.buckets[where.stack_path] = bucket
    return bucket


def _queue(scope: Construct, where: Surroundings, removal_policy: cdk.RemovalPolicy) -> sqs.Queue:
    del where
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


def _topic(scope: Construct, where: Surroundings, removal_policy: cdk.RemovalPolicy) -> sns.Topic:
    del where, removal_policy  # a topic holds nothing that could be kept
    return sns.Topic(scope, "OnFailure", enforce_ssl=True)


@dataclass(frozen=True)
class _DestinationL2:
    """What CDK's L2 of a kind of destination calls things.

    Args:
        arn: the attribute with its ARN.
        grant: the method that only this L2 and its interface have.
        key: the attribute with its own key.
        make: makes a new one.
    """

    arn: str
    grant: str
    key: str
    make: Callable[[Construct, Surroundings, cdk.RemovalPolicy], IConstruct]


_L2: Final[Mapping[str, _DestinationL2]] = {
    "bucket": _DestinationL2("bucket_arn", "grant_put", "encryption_key", _bucket),
    "queue": _DestinationL2("queue_arn", "grant_send_messages", "encryption_master_key", _queue),
    "topic": _DestinationL2("topic_arn", "grant_publish", "master_key", _topic),
}


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
