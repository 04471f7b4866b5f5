"""On-failure destinations: what is known of one, and how a new one is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct, IConstruct

from cdk_esm.constructs.app.surroundings import Surroundings, surroundings_of
from cdk_esm.constructs.intake.constants import duration
from cdk_esm.constructs.intake.keywords import Intake, looks_like
from cdk_esm.constructs.intake.new_bucket import NewBucket
from cdk_esm.constructs.intake.options import OnFailure
from cdk_esm.constructs.intake.tokens import arn_part, is_token
from cdk_esm.constructs.resources.buckets import BUCKET_ID, draft_bucket, own_bucket, shared_bucket
from cdk_esm.constructs.resources.existing import place
from cdk_esm.constructs.resources.keys import ByAlias, KeyPlace, place_of_key
from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import Destination, FailureKind, FailurePath
from cdk_esm.sources.destinations import DESTINATIONS, KAFKA_TOPIC_PREFIX
from cdk_esm.sources.kafka_settings import TOPICS
from cdk_esm.sources.sqs_queue import QUEUE


@dataclass(frozen=True)
class BuiltDestination:
    """A destination with what the mapping and the role want of it.

    Args:
        construct: the bucket, queue or topic; ``None`` for a topic of Kafka, which is no resource of AWS.
        arn: its ARN, or how the mapping names a topic of Kafka.
        key: where its own key is; ``None`` if it has none.
        ours: it was made for this mapping or for its stack.
        owner: the account that owns it, if CDK knows another one than that of the stack.
    """

    construct: Any
    arn: str
    key: KeyPlace | None
    ours: bool
    owner: str | None = None


def draft_destination(
    intake: Intake, value: Any, offered: Sequence[str], where: Surroundings, path: str
) -> FailurePath:
    """Say where failed records end.

    Args:
        intake: remembers what cannot be taken.
        value: what was given; ``None`` is a new bucket.
        offered: the kinds of destinations that the source has.
        where: where the construct is.
        path: its path.
    """
    chosen = OnFailure.bucket() if value is None else value
    not_taken = FailurePath(
        kind=FailureKind.BUCKET, destination=Destination(identity=path + "/OnFailure", fifo=UNKNOWN)
    )
    if not isinstance(chosen, OnFailure) or chosen.kind not in (*offered, "discard"):
        ways = ", .".join(_CALLS[kind] for kind in offered)
        intake.one_of("on_failure", value, {f"OnFailure.{ways} or .discard(reason=…)": _never})
        return not_taken
    kind = FailureKind(chosen.kind)
    if kind == FailureKind.DISCARD:
        reason = intake.reason("on_failure.reason", chosen.reason)
        return FailurePath(kind=FailureKind.DISCARD, reason=reason) if reason else not_taken
    if kind == FailureKind.KAFKA_TOPIC:
        destination = Destination(identity=f"{KAFKA_TOPIC_PREFIX}{chosen.target}", existing=True)
        return FailurePath(kind=kind, destination=destination) if _names_topic(intake, chosen.target) else not_taken
    if chosen.target is None:
        identity = f"{where.stack_path}/{BUCKET_ID}" if kind == FailureKind.BUCKET else path + "/OnFailure"
        key = None if key_for(kind, where) is None else UNKNOWN
        destination = Destination(identity=identity, region=where.region, account=where.account, encryption_key=key)
        return FailurePath(kind=kind, destination=destination)
    if kind == FailureKind.BUCKET and isinstance(chosen.target, NewBucket):
        return FailurePath(kind=kind, destination=draft_bucket(intake, with_key(chosen.target, where), where, path))
    return _taken(intake, kind, chosen.target) or not_taken


def _names_topic(intake: Intake, name: Any) -> bool:
    """Whether a value is the name of a Kafka topic, or a token for one; the scheme of AWS's URL is not part of it."""
    keyword = "on_failure.kafka_topic"
    taken = intake.text(keyword, name, required=True)
    if not isinstance(taken, str):
        return taken is not UNKNOWN
    fits = re.fullmatch(str(TOPICS.pattern), name) is not None and len(name) <= int(TOPICS.longest_member or 0)
    if not fits:
        bare = name.removeprefix(KAFKA_TOPIC_PREFIX)
        fix = f"write on_failure=esm.OnFailure.kafka_topic({bare!r})" if bare != name else ""
        accepted = f"the name of a topic, at most {TOPICS.longest_member} characters that match {TOPICS.pattern}"
        intake.refuse(keyword, name, accepted, fix=fix)
    return fits


def _taken(intake: Intake, kind: FailureKind, target: Any) -> FailurePath | None:
    """A bucket, queue or topic that exists."""
    l2, label = _L2[kind], DESTINATIONS[kind].label
    fits = {f"an {label}": lambda one: looks_like(one, l2.arn, l2.grant)}
    if not intake.one_of(f"on_failure.{kind}", target, fits):
        return None
    return FailurePath(kind=kind, destination=_existing(kind, target))


_CALLS: Final[Mapping[str, str]] = {
    "bucket": "bucket()",
    "queue": "queue()",
    "topic": "topic()",
    "kafka-topic": "kafka_topic(name)",
}


def _never(_: object) -> bool:
    return False


def _existing(kind: FailureKind, target: Any) -> Destination:
    facts, arn = DESTINATIONS[kind], getattr(target, _L2[kind].arn)
    return Destination(
        identity=arn,
        existing=True,
        fifo=facts.can_be_fifo and (bool(getattr(target, "fifo", False)) or arn.endswith(".fifo")),
        encryption_key=UNKNOWN,
        region=place(target, "region", arn_part(arn, 3)) if facts.arn_names_place else UNKNOWN,
        account=place(target, "account", arn_part(arn, 4) if facts.arn_names_place else UNKNOWN),
    )


def build_destination(
    scope: Construct, chosen: OnFailure, failure: FailurePath, where: Surroundings, removal_policy: cdk.RemovalPolicy
) -> tuple[BuiltDestination | None, FailurePath]:
    """Make the destination, or take the existing one; ``None`` if failed records are given up."""
    if failure.destination is None:
        return None, failure
    if failure.kind == FailureKind.KAFKA_TOPIC:
        return BuiltDestination(None, failure.destination.identity, None, ours=False), failure
    l2, construct, key = _L2[failure.kind], chosen.target, None
    ours = construct is None or isinstance(construct, NewBucket)
    if construct is None:
        key = key_for(failure.kind, where)
        construct, arn = l2.make(scope, where, removal_policy, key)
    elif isinstance(construct, NewBucket):
        construct, arn, key = own_bucket(scope, with_key(construct, where), removal_policy)
    else:
        arn, key = getattr(construct, l2.arn), getattr(construct, l2.key, None)
    if ours and where.injected:  # an injector may have chosen a key, which the role then has to be allowed
        key = getattr(construct, l2.key)
    owner = None if ours else _known_owner(construct, where)
    built = BuiltDestination(construct, arn, place_of_key(key, where), ours, owner)
    own_key = built.key.alias if isinstance(built.key, ByAlias) else built.key
    known_key = failure.destination.encryption_key if own_key is None else own_key
    return built, replace(failure, destination=replace(failure.destination, identity=arn, encryption_key=known_key))


def _known_owner(construct: Any, where: Surroundings) -> str | None:
    """The account of an existing destination, where it is known and is not ours."""
    account: str = construct.env.account
    return None if is_token(account) or account == where.account_text else account


def key_for(kind: FailureKind, where: Surroundings) -> Any:
    """The key of a new destination that nobody spoke of: the organization's; the bucket of a stack has the stack's."""
    return (surroundings_of(where.stack) if kind == FailureKind.BUCKET else where).org.encryption_key


def with_key(new: NewBucket, where: Surroundings) -> NewBucket:
    """A bucket of a mapping's own, with the organization's key if nobody spoke of one."""
    key = where.org.encryption_key
    return replace(new, encryption_key=key) if new.encryption is None and new.encryption_key is None else new


def _queue(scope: Construct, where: Surroundings, removal_policy: cdk.RemovalPolicy, key: Any) -> tuple[sqs.Queue, str]:
    del where
    longest = QUEUE.by_name["MessageRetentionPeriod"].maximum
    assert longest is not None
    queue = sqs.Queue(
        scope,
        "OnFailure",
        retention_period=duration(longest),
        encryption=sqs.QueueEncryption.SQS_MANAGED if key is None else sqs.QueueEncryption.KMS,
        encryption_master_key=key,
        enforce_ssl=True,
        removal_policy=removal_policy,
    )
    return queue, queue.queue_arn


def _topic(scope: Construct, where: Surroundings, removal_policy: cdk.RemovalPolicy, key: Any) -> tuple[sns.Topic, str]:
    del where, removal_policy  # a topic holds nothing that could be kept
    topic = sns.Topic(scope, "OnFailure", enforce_ssl=True, master_key=key)
    return topic, topic.topic_arn


@dataclass(frozen=True)
class _DestinationL2:
    """What CDK's L2 of a kind of destination calls things.

    Args:
        arn: the attribute with its ARN.
        grant: the method that only this L2 and its interface have.
        key: the attribute with its own key.
        make: makes a new one, with a key if there is one, and reads its ARN.
    """

    arn: str
    grant: str
    key: str
    make: Callable[[Construct, Surroundings, cdk.RemovalPolicy, Any], tuple[IConstruct, str]]


_L2: Final[Mapping[str, _DestinationL2]] = {
    "bucket": _DestinationL2("bucket_arn", "grant_put", "encryption_key", shared_bucket),
    "queue": _DestinationL2("queue_arn", "grant_send_messages", "encryption_master_key", _queue),
    "topic": _DestinationL2("topic_arn", "grant_publish", "master_key", _topic),
}
