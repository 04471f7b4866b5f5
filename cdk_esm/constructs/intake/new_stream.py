"""The Kinesis stream that a bundle makes, with what may be chosen: all that CDK's own constructor of streams takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import InitVar, dataclass

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms

from cdk_esm.constructs.intake.calls import explains_keywords


@explains_keywords
@dataclass(frozen=True, kw_only=True)
class NewStream:
    """A Kinesis data stream that the construct makes: encrypted and retained.

    It takes what the constructor of ``kinesis.Stream`` takes, under CDK's names and with CDK's values. Where we have an
    opinion, it is the default, and yours wins.

    Args:
        shard_count: its shards. By default it scales by itself (on-demand).
        stream_mode: whether it scales by itself or has a number of shards. By default provisioned with ``shard_count``,
            and on-demand without it.
        retention_period: how long it keeps a record, 24 hours to 365 days. By default 72 hours. Our choice: a fault on
            Friday evening can be mended on Monday.
        encryption: how it is encrypted. By default with the key that AWS manages for Kinesis, and with
            ``encryption_key`` by that key.
        encryption_key: a KMS key. By default none.
        shard_level_metrics: metrics that Kinesis counts for each shard. By default none.
        stream_name: its name. By default CloudFormation chooses one, so that the stream can be replaced.
        removal_policy: what becomes of it when the stack goes. By default the construct's ``removal_policy``.
        retention: the former name of ``retention_period``.
    """

    shard_count: int | None = None
    stream_mode: kinesis.StreamMode | None = None
    retention_period: Duration | None = None
    encryption: kinesis.StreamEncryption | None = None
    encryption_key: kms.IKey | kms.Key | None = None
    shard_level_metrics: Sequence[kinesis.ShardLevelMetrics] | None = None
    stream_name: str | None = None
    removal_policy: RemovalPolicy | None = None
    retention: InitVar[Duration | None] = None
