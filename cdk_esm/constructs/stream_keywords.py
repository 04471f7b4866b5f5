"""The keywords of the stream constructs, and the plan that they make before anything is built."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from aws_cdk import aws_lambda as lambda_

from cdk_esm.constructs.draft import Hooks
from cdk_esm.constructs.intake.positions import take_position
from cdk_esm.constructs.records_keywords import RETRIES, RecordsDraft, RecordsKeywords
from cdk_esm.durations import SECONDS_AN_HOUR
from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.plan import FailurePath, Stream, TableStream
from cdk_esm.sources.destinations import LONGEST_RECORD_AGE
from cdk_esm.sources.kinesis_stream import STREAM


class StreamKeywords(RecordsKeywords):
    """The keywords that only stream constructs have, and that are no setting taken by its form."""

    starting_position: lambda_.StartingPosition | None


def half_of_retention(source: Stream | TableStream) -> int:
    """The record age that a mapping gets by default: our choice, so that what fails ends well before it expires."""
    retention = source.effective_retention_seconds
    if isinstance(retention, Unknowable):  # an imported stream keeps records for at least 24 hours
        default = STREAM.by_name["RetentionPeriodHours"].default
        assert isinstance(default, int)
        retention = default * SECONDS_AN_HOUR
    return min(retention // 2, LONGEST_RECORD_AGE.value)


class StreamDraft(RecordsDraft[Stream | TableStream]):
    """What a stream adds: where the mapping begins, and retries that end."""

    keywords: StreamKeywords

    @abstractmethod
    def _source(self) -> Stream | TableStream:
        """Say what the source is or will be."""

    def _neighbours(self, window: Value[int]) -> tuple[Stream | TableStream, FailurePath]:
        del window
        return self._source(), self._failure_path()

    def _defaults(self, source: Stream | TableStream) -> dict[str, Any]:
        return {
            "BisectBatchOnFunctionError": True,
            "MaximumRecordAgeInSeconds": half_of_retention(source),
            "MaximumRetryAttempts": RETRIES,
        }

    def _origins(self, source: Stream | TableStream) -> dict[str, str]:
        del source
        return {} if self.keywords.get("max_record_age") is not None else {"max_record_age": "derived"}

    def _hooks(self) -> Hooks[Stream | TableStream]:
        return {**super()._hooks(), "StartingPosition": self._position}

    def _position(self, source: Stream | TableStream, _: object) -> Value[str]:
        """From the beginning if that is certainly meant: a new stream, or a table, whose stream holds a day."""
        given = self.keywords["starting_position"]
        if given is None and source.existing and isinstance(source, Stream):
            self.intake.refuse(
                "starting_position",
                None,
                "a lambda_.StartingPosition for an existing stream",
                problem="missing-keyword",
                fix="write starting_position=lambda_.StartingPosition.TRIM_HORIZON, which reads all that the stream "
                "still holds; AT_TIMESTAMP reads from a moment on; LATEST misses what is written while the mapping is "
                "made",
            )
            return UNKNOWN
        return take_position(self.intake, given) or "TRIM_HORIZON"
