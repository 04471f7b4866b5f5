"""A Kinesis data stream that invokes a Lambda function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from cdk_esm.alarms.recipes import Watched
from cdk_esm.constructs.intake.alarm_choice import Alarms
from cdk_esm.constructs.intake.calls import takes_keywords
from cdk_esm.constructs.intake.given import (
    GivenFanOut,
    GivenFanOut_co,
    GivenFunction,
    GivenOnFailure,
    GivenOnFailure_co,
    GivenStream,
    GivenStream_co,
)
from cdk_esm.constructs.intake.keywords import looks_like
from cdk_esm.constructs.intake.options import NewStream
from cdk_esm.constructs.intake.tokens import is_token
from cdk_esm.constructs.resources import roles
from cdk_esm.constructs.resources.keys import place_of_key
from cdk_esm.constructs.resources.streams import build_consumer, build_stream, draft_stream, existing_stream
from cdk_esm.constructs.stream_attributes import WithStream
from cdk_esm.constructs.stream_keywords import StreamDraft, StreamKeywords
from cdk_esm.facts import UNKNOWN, Neighbour, Unknowable, Value
from cdk_esm.filters import Pattern
from cdk_esm.plan import FailurePath, MappingPlan, Stream, TableStream


class KinesisKeywords(StreamKeywords):
    """The keywords that only ``KinesisToLambda`` has, and that are no setting taken by its form."""

    stream: kinesis.IStream | NewStream | None
    enhanced_fan_out: bool | kinesis.IStreamConsumer | None


@takes_keywords
class KinesisToLambda(WithStream[GivenFunction, GivenOnFailure_co, GivenStream_co, GivenFanOut_co]):
    """A data stream that invokes a function, with everything that production wants around it."""

    SOURCE = "kinesis"
    _keywords: KinesisKeywords

    def __init__(
        self: KinesisToLambda[GivenFunction, GivenOnFailure, GivenStream, GivenFanOut],
        scope: Construct,
        id: str,
        *,
        function: GivenFunction,
        stream: GivenStream = None,  # type: ignore[assignment]
        enhanced_fan_out: GivenFanOut = None,  # type: ignore[assignment]
        starting_position: lambda_.StartingPosition | None = None,
        starting_position_timestamp: datetime | float | None = None,
        batch_size: int | None = None,
        max_batching_window: Duration | None = None,
        parallelization_factor: int | None = None,
        report_batch_item_failures: bool | None = None,
        bisect_batch_on_error: bool | None = None,
        retry_attempts: int | None = None,
        max_record_age: Duration | None = None,
        tumbling_window: Duration | None = None,
        on_failure: GivenOnFailure = None,  # type: ignore[assignment]
        filters: Sequence[Pattern | Mapping[str, Any] | str] | None = None,
        filter_encryption: kms.IKey | kms.Key | None = None,
        metrics_config: lambda_.MetricsConfig | None = None,
        enabled: bool | None = None,
        grants: bool | None = None,
        removal_policy: RemovalPolicy | None = None,
        logical_id: str | None = None,
        alarms: Alarms | None = None,
        acknowledge: Mapping[str, str] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        """Make a data stream, a function, the mapping between them, a bucket for what fails, and alarms.

        Alone with its defaults it makes an encrypted stream, a function with its own role and log group, a mapping
        whose retries end and whose failed records go to a bucket, and alarms.

        Records of one partition key come in order. A batch that fails is halved and tried again; a record that still
        fails after ``retry_attempts``, or grows older than ``max_record_age``, goes to the bucket, and the shard moves
        on. Another stream, starting position or consumer makes a new mapping, which forgets how far the old one had
        read.

        Args:
            scope: the stack, or any construct in it.
            id: the construct's id; two mappings of one function on one stream are two constructs with two ids.
            function: a ``NewFunction``, or a function, version or alias that exists (imported ones too, with what you
                know of them as ``Imported(function, timeout=...)``).
            stream: a stream that exists, or a ``NewStream``. By default a new one that scales by itself.
            enhanced_fan_out: ``True`` registers a consumer with its own throughput; or pass one that exists, whose
                stream then need not be named. By default the mapping reads on the throughput that all readers share.
            starting_position: where a new mapping begins. By default ``TRIM_HORIZON`` on a new stream; required on one
                that exists, where it may replay a year. ``LATEST`` misses what is written while the mapping is made.
            starting_position_timestamp: the moment of ``AT_TIMESTAMP``: a datetime with a time zone, or Unix seconds.
            batch_size: the maximum number of records in one invocation, 1 to 10,000. By default the service's 100.
            max_batching_window: how long a poller gathers records, 0 to 300 seconds. By default it does not wait.
            parallelization_factor: batches of one shard at the same time, 1 to 10, in order by partition key. By
                default 1.
            report_batch_item_failures: whether the handler answers with the sequence numbers that failed. By default it
                does; a handler that answers nothing is still understood.
            bisect_batch_on_error: whether a failed batch is halved before it is tried again. By default it is.
            retry_attempts: retries of a batch, 0 to 10,000, or -1 for no end. By default 10. Our choice.
            max_record_age: how old a record may grow before it is given up, 60 seconds to 7 days. By default half of
                the stream's retention. Our choice.
            tumbling_window: the length of the windows that a handler aggregates over, 0 to 900 seconds. By default
                none.
            on_failure: where failed records go: ``OnFailure.bucket()``, ``.queue()``, ``.topic()``, or
                ``.discard(reason=…)``. By default a bucket that the mappings of the stack share, because it alone gets
                the records themselves.
            filters: patterns in the typed form of ``cdk_esm.filters.f`` or in AWS's own, as dicts or JSON texts; a
                record that matches none is passed over. By default every record is delivered.
            filter_encryption: a KMS key that encrypts the patterns. By default Lambda's own key does.
            metrics_config: the mapping's own metrics. By default ``EventCount``, without which nobody sees what is
                dropped or delivered to the destination.
            enabled: whether the mapping polls. By default it does.
            grants: whether the execution role is granted what the poller needs. By default it is.
            removal_policy: what becomes of new streams, buckets, queues and log groups when the stack goes. By default
                ``RETAIN_ON_UPDATE_OR_DELETE``: they stay, unless their first deployment fails.
            logical_id: the mapping's logical id, to keep that of a mapping that is already deployed. By default CDK's.
            alarms: who is told, and what differs from the derived alarms. By default alarms without an action.
            acknowledge: rule id to reason, for findings that you accept.
            tags: tags of the mapping itself. By default none.

        Raises:
            EsmTypeError: a keyword of the wrong type, misspelt or missing (ESM001 to ESM009).
            InvalidMappingError: AWS would refuse the mapping (``error``), or it would lose, duplicate, block or leak
                data without consent (``danger``); ``docs/reference/rules.md`` lists the rules.
            EsmError: CDK refused something that could not be seen beforehand.
        """

    def _draft(self, path: str) -> _Draft:
        kind = "kinesis" if self._keywords["enhanced_fan_out"] in (None, False) else "kinesis-efo"
        return _Draft(self._keywords, kind, path, self._where)

    def _make_source(self, plan: MappingPlan) -> MappingPlan:
        facts, fan_out = plan.source_as(Stream), self._keywords["enhanced_fan_out"]
        wanted = _wanted(self._keywords)
        if isinstance(wanted, NewStream):
            made, facts = build_stream(self, wanted, self._removal, facts, injected=self._injected)
            self._stream = made
        else:
            self._stream = wanted
        self._consumer = None
        if fan_out is True:
            self._consumer = build_consumer(self, self._stream, facts.identity, self._where, plan.path)
            self._guard.made_outside(self._take_consumer_away)
        elif not isinstance(fan_out, bool):
            self._consumer = fan_out
        if self._consumer is not None:
            facts = replace(facts, consumer=self._consumer.stream_consumer_arn)
        return self._make_destination(replace(plan, event_source=facts))

    def _take_consumer_away(self) -> None:
        """Forget the consumer: a later one must not wait for one that is gone."""
        for line in self._where.memory.consumers.values():
            if self._consumer in line:
                line.remove(self._consumer)

    def _source_arn(self, plan: MappingPlan) -> str:
        stream = plan.source_as(Stream)
        return stream.identity if stream.consumer is None else stream.consumer

    def _grantees(self, plan: MappingPlan) -> roles.Grantees:
        stream = plan.source_as(Stream)
        key = self._stream.encryption_key if stream.encryption_key is not None else None
        return {
            **super()._grantees(plan),
            Neighbour.CONSUMER: stream.consumer,
            Neighbour.SOURCE_KEY: place_of_key(key, self._where),
        }

    def _watched(self) -> Mapping[Watched, Any]:
        watched: dict[Watched, Any] = {Watched.SOURCE: self._stream}
        return watched if self._consumer is None else {**watched, Watched.CONSUMER: self._consumer}


class _Draft(StreamDraft):
    """What a Kinesis stream adds: the consumer that it may be read through."""

    keywords: KinesisKeywords

    def _source(self) -> Stream:
        intake, fan_out = self.intake, self.keywords["enhanced_fan_out"]
        value = _wanted(self.keywords)
        if isinstance(value, NewStream):
            facts = draft_stream(intake, value, self.where, self.path)
        elif intake.one_of("stream", value, {"a NewStream": lambda _: False, "a Kinesis stream": _is_stream}):
            facts = existing_stream(value, self.where)
        else:
            facts = Stream(identity=self.path + "/Stream", retention_hours=UNKNOWN, shard_count=UNKNOWN)
        accepted = {
            "True": lambda one: isinstance(one, bool) or one is None,
            "a Kinesis stream consumer": _is_consumer,
        }
        if not intake.one_of("enhanced_fan_out", fan_out, accepted) or fan_out is None or fan_out is False:
            return facts
        if fan_out is True:
            return replace(facts, consumer=self.path + "/Consumer")
        if _surely_of_another(value, fan_out.stream):
            intake.refuse(
                "enhanced_fan_out", fan_out, "a consumer of that stream", fix="leave stream out, or pass True"
            )
        return replace(facts, consumer=fan_out.stream_consumer_arn)

    def _source_arn(self, source: Stream | TableStream, failure: FailurePath | Unknowable) -> Value[str]:
        through_consumer = isinstance(source, Stream) and source.consumer is not None
        return UNKNOWN if through_consumer else super()._source_arn(source, failure)


def _wanted(keywords: KinesisKeywords) -> Any:
    """The stream as it was given, or else that of the consumer that was given; by default a new one."""
    stream, fan_out = keywords["stream"], keywords["enhanced_fan_out"]
    if stream is not None:
        return stream
    return NewStream() if fan_out is None or isinstance(fan_out, bool) or not _is_consumer(fan_out) else fan_out.stream


def _surely_of_another(stream: Any, of_consumer: kinesis.IStream) -> bool:
    """Whether a consumer reads another stream; of two ARNs that only the deployment knows, nobody can tell."""
    if isinstance(stream, NewStream):
        return True
    if not _is_stream(stream) or stream is of_consumer:
        return False
    if isinstance(stream, kinesis.Stream) and isinstance(of_consumer, kinesis.Stream):
        return True
    one, other = stream.stream_arn, of_consumer.stream_arn
    return one != other and not is_token(one) and not is_token(other)


def _is_consumer(value: object) -> bool:
    return looks_like(value, "stream_consumer_arn", "grant_read")


def _is_stream(value: object) -> bool:
    return looks_like(value, "stream_arn", "grant_read_write")
