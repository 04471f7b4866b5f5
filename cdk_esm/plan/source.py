"""What is known of an event source: a queue, a stream, or the stream of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cdk_esm.durations import SECONDS_AN_HOUR
from cdk_esm.facts import UNKNOWN, Setting, Unknowable, Value
from cdk_esm.plan.wording import A_TIME, HIDDEN, seconds_in_words, shown
from cdk_esm.sources.dynamodb_table import STREAM_RETENTION
from cdk_esm.sources.kinesis_stream import STREAM
from cdk_esm.sources.sqs_queue import QUEUE, SCOPE_OF_GROUPS


def effective(value: Value[int], setting: Setting) -> int | Unknowable:
    """A number as AWS will see it: absent means the service's default."""
    if value is not None:
        return value
    assert isinstance(setting.default, int), f"{setting.name} has no default to fall back on"
    return setting.default


@dataclass(frozen=True, kw_only=True)
class Source:
    """What is known of any source.

    Args:
        identity: what makes it the same source in two plans: an ARN, or a token for it.
        existing: it was made elsewhere, so what it lacks is a finding and never a change.
        region: the Region in its ARN or of its stack.
        account: the account in its ARN or of its stack.
        encryption_key: the key's ARN or alias; absent if the service holds the key itself.
        weakly_referenced: the template would carry its ARN as ``Fn::GetStackOutput``.
        lets_in: its own policy lets the execution role of another account read it; ``UNKNOWN`` if nobody sees.
    """

    identity: str
    existing: bool = False
    region: Value[str] = None
    account: Value[str] = None
    encryption_key: Value[str] = None
    weakly_referenced: bool = False
    lets_in: bool | Unknowable = UNKNOWN

    @property
    def effective_retention_seconds(self) -> int | Unknowable:
        """How long it keeps what nobody has read; ``UNKNOWN`` if that is set inside of it, out of our sight."""
        return UNKNOWN

    @property
    def described(self) -> str:
        """What it is, with what matters to whoever reads it, in words."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Queue(Source):
    """What is known of an SQS queue.

    Args:
        fifo: it is a FIFO queue.
        visibility_timeout_seconds: absent means the service's default.
        retention_seconds: how long it keeps a message; absent means the service's default.
        delay_seconds: the delivery delay; absent means none.
        name: the name that its template gives it; absent if CloudFormation chooses one.
        name_ends: how that name ends, if only the deployment knows how it begins.
        fifo_attributes: what only a FIFO queue takes, by CloudFormation's names, as far as it is set.
        other_numbers: numbers that only have a range, by CloudFormation's names, as far as they are set.
    """

    fifo: bool | Unknowable = False
    visibility_timeout_seconds: Value[int] = None
    retention_seconds: Value[int] = None
    delay_seconds: Value[int] = None
    name: Value[str] = None
    name_ends: str | None = None
    fifo_attributes: Mapping[str, bool | str | Unknowable] = field(default_factory=dict)
    other_numbers: Mapping[str, int | Unknowable] = field(default_factory=dict)

    @property
    def effective_visibility_seconds(self) -> int | Unknowable:
        """The visibility timeout that the poller meets."""
        return effective(self.visibility_timeout_seconds, QUEUE.by_name["VisibilityTimeout"])

    @property
    def effective_retention_seconds(self) -> int | Unknowable:
        """How long a message really stays."""
        return effective(self.retention_seconds, QUEUE.by_name["MessageRetentionPeriod"])

    @property
    def described(self) -> str:
        """How long a message is hidden, and how long it is kept."""
        visibility = seconds_in_words(self.effective_visibility_seconds, A_TIME)
        retention = seconds_in_words(self.effective_retention_seconds, A_TIME)
        scope = self.fifo_attributes.get("DeduplicationScope")
        groups = "; deduplication is per message group" if scope == SCOPE_OF_GROUPS else ""
        return f"queue; a message stays hidden for {visibility} after a receive, and is kept for {retention}{groups}"


@dataclass(frozen=True, kw_only=True)
class Stream(Source):
    """What is known of a Kinesis data stream.

    Args:
        retention_hours: how long it keeps a record; absent means the service's default.
        shard_count: its shards; ``UNKNOWN`` if it scales by itself.
        largest_record_kib: the size that a record may have; absent means the service's default.
        consumer: the enhanced fan-out consumer that the mapping reads through; absent on shared throughput.
        consumer_is_new: the consumer is made in the same deployment.
    """

    retention_hours: Value[int] = None
    shard_count: Value[int] = None
    largest_record_kib: Value[int] = None
    consumer: str | None = None
    consumer_is_new: bool = False

    @property
    def effective_retention_seconds(self) -> int | Unknowable:
        """How long a record really stays."""
        hours = effective(self.retention_hours, STREAM.by_name["RetentionPeriodHours"])
        return hours if isinstance(hours, Unknowable) else hours * SECONDS_AN_HOUR

    @property
    def described(self) -> str:
        """How it is read, and how long a record is kept."""
        how = "through its own consumer" if self.consumer else "on the shared throughput"
        kept = seconds_in_words(self.effective_retention_seconds, A_TIME)
        return f"stream, read {how}; a record is kept for {kept}"


@dataclass(frozen=True, kw_only=True)
class TableStream(Source):
    """What is known of a DynamoDB table and its stream.

    Args:
        has_stream: the table has a stream at all.
        view_type: which images a record carries, in CloudFormation's words.
        replicated: it is a global table, whose replication reads the stream too.
        keys: each attribute of the primary key with the letter of its type, ``None`` for a type that is not known.
    """

    has_stream: bool | Unknowable = True
    view_type: Value[str] = None
    replicated: bool | Unknowable = False
    keys: tuple[tuple[str, str | None], ...] | Unknowable = UNKNOWN

    @property
    def effective_retention_seconds(self) -> int | Unknowable:
        """How long a record stays: DynamoDB offers no choice."""
        return STREAM_RETENTION.value

    @property
    def described(self) -> str:
        """What a record of its stream carries, and how long it is kept."""
        view = HIDDEN if self.view_type is None else shown(self.view_type)
        return f"table; its stream carries {view} and keeps a record for {seconds_in_words(STREAM_RETENTION.value)}"
