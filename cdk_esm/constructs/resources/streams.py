"""Kinesis streams and their consumers: what is known of one, and how a new one is made."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_kinesis as kinesis
from constructs import Construct

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.constants import duration
from cdk_esm.constructs.intake.keywords import Intake, is_key
from cdk_esm.constructs.intake.options import NewStream
from cdk_esm.constructs.intake.properties import check_given, given, settled
from cdk_esm.constructs.intake.tokens import arn_part, is_token, number
from cdk_esm.constructs.resources.existing import place
from cdk_esm.durations import SECONDS_AN_HOUR
from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.plan import Stream
from cdk_esm.printed import counted
from cdk_esm.sources.kinesis_stream import CONSUMERS_AT_ONCE

RETENTION_HOURS: Final = 72
_NAME_SHARE: Final = 100  # of the 128 characters that Kinesis allows a consumer's name


def draft_stream(intake: Intake, new: NewStream, where: Surroundings, path: str) -> Stream:
    """Say what a new stream will be."""
    retention = intake.duration("stream.retention_period", new.retention_period, "hours")
    hours: Value[int] = RETENTION_HOURS
    if isinstance(retention, Unknowable):
        hours = retention
    elif retention is not None:
        hours, rest = divmod(retention, SECONDS_AN_HOUR)
        if rest:
            intake.refuse(
                "stream.retention_period",
                f"a Duration of {counted(retention, 'second', '')}",
                "whole hours",
                problem="fraction",
            )
            hours = UNKNOWN
    shards = intake.integer("stream.shard_count", new.shard_count)
    if new.encryption_key is not None:
        intake.one_of("stream.encryption_key", new.encryption_key, {"a KMS key": is_key})
    check_given(intake, "stream", new, elsewhere={"retention_period", "shard_count", "encryption_key"})
    on_demand = new.stream_mode is kinesis.StreamMode.ON_DEMAND
    if on_demand and new.shard_count is not None:
        intake.refuse("stream.shard_count", new.shard_count, "nothing on a stream that scales by itself")
    return Stream(
        identity=path + "/Stream",
        retention_hours=hours,
        shard_count=UNKNOWN if shards is None else shards,
        encryption_key=UNKNOWN if _has_key(new) else None,
        region=where.region,
        account=where.account,
    )


def _has_key(new: NewStream) -> bool:
    """Whether it is encrypted with a key that a role must be allowed to use."""
    return new.encryption_key is not None or new.encryption is kinesis.StreamEncryption.KMS


def existing_stream(stream: kinesis.IStream, where: Surroundings) -> Stream:
    """Say what is known of a stream that was made elsewhere."""
    arn = stream.stream_arn
    facts = Stream(
        identity=arn,
        existing=True,
        retention_hours=UNKNOWN,
        shard_count=UNKNOWN,
        largest_record_kib=UNKNOWN,
        encryption_key=UNKNOWN,
        region=place(stream, "region", arn_part(arn, 3)),
        account=place(stream, "account", arn_part(arn, 4)),
        weakly_referenced=is_token(arn) and where.weakly_refers_to(stream),
    )
    child: Any = stream.node.default_child if isinstance(stream, kinesis.Stream) else None
    return read_stream(child, facts) if isinstance(child, kinesis.CfnStream) else facts


def read_stream(child: kinesis.CfnStream, facts: Stream) -> Stream:
    """Read what CDK made of a stream from its L1."""
    shards = number(child.shard_count)
    return replace(
        facts,
        retention_hours=number(child.retention_period_hours),
        shard_count=UNKNOWN if shards is None else shards,
        largest_record_kib=number(getattr(child, "max_record_size_in_kib", None)),
    )


def build_stream(
    scope: Construct, new: NewStream, removal_policy: cdk.RemovalPolicy, facts: Stream, *, injected: bool
) -> tuple[kinesis.Stream, Stream]:
    """Make a stream as planned; return it with what CDK made of it."""
    has_key = new.encryption_key is not None
    ours = {
        "stream_mode": kinesis.StreamMode.ON_DEMAND if new.shard_count is None else kinesis.StreamMode.PROVISIONED,
        "retention_period": new.retention_period or duration(RETENTION_HOURS * SECONDS_AN_HOUR),
        "encryption": kinesis.StreamEncryption.KMS if has_key else kinesis.StreamEncryption.MANAGED,
        "removal_policy": removal_policy,
    }
    stream = kinesis.Stream(
        scope,
        "Stream",
        **settled(ours, given(new)),
    )
    facts = replace(facts, identity=stream.stream_arn)
    if injected:
        facts = replace(facts, encryption_key=None if stream.encryption_key is None else UNKNOWN)
    child: Any = stream.node.default_child if injected else None
    return stream, read_stream(child, facts) if isinstance(child, kinesis.CfnStream) else facts


def build_consumer(
    scope: Construct, stream: kinesis.IStream, identity: str, where: Surroundings, path: str
) -> kinesis.StreamConsumer:
    """Register an enhanced fan-out consumer, never more than a few of one stream at the same time.

    Kinesis refuses the sixth of a stream while five are in creation, so each waits for the fifth before it.
    """
    consumer = kinesis.StreamConsumer(
        scope, "Consumer", stream=stream, stream_consumer_name=_consumer_name(where, path)
    )
    line = where.memory.consumers.setdefault((where.stack_path, identity), [])
    if len(line) >= CONSUMERS_AT_ONCE.value:
        consumer.node.add_dependency(line[-CONSUMERS_AT_ONCE.value])
    line.append(consumer)
    return consumer


def _consumer_name(where: Surroundings, path: str) -> str:
    """A name that no other consumer of the stream has, also not one of another stage of the same app."""
    distinct = hashlib.sha256(path.encode()).hexdigest()[:8]
    return f"{re.sub('[^a-zA-Z0-9_.-]', '-', where.deployed_name)[:_NAME_SHARE]}-{distinct}"
