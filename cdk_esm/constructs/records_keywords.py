"""The keywords of every source of records, and what becomes of them: streams and Apache Kafka alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Generic, NotRequired

from cdk_esm.constructs.common_keywords import CommonKeywords
from cdk_esm.constructs.draft import EVENT_COUNT, Draft, Hooks, S
from cdk_esm.constructs.intake.options import OnFailure
from cdk_esm.constructs.intake.positions import take_timestamp
from cdk_esm.constructs.intake.tokens import known_or_unresolved
from cdk_esm.constructs.resources.destinations import draft_destination
from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.plan import FailurePath
from cdk_esm.sources import SOURCES

RETRIES: Final = 10
"""Our choice: retries that end, wherever the source has them."""


class RecordsKeywords(CommonKeywords):
    """The keywords that every source of records has, and that are no setting taken by its form."""

    starting_position_timestamp: NotRequired[datetime | float | None]
    on_failure: OnFailure | None


class RecordsDraft(Draft[S], Generic[S]):
    """What a source of records adds: from which moment on the mapping reads, and where failed records go."""

    keywords: RecordsKeywords

    def _failure_path(self) -> FailurePath:
        offered = SOURCES[self.kind].destinations
        return draft_destination(self.intake, self.keywords["on_failure"], offered, self.where, self.path)

    def _metrics_by_default(self) -> tuple[str, ...]:
        return (EVENT_COUNT,)  # what is dropped or delivered shows nowhere else

    def _hooks(self) -> Hooks[S]:
        return {
            **super()._hooks(),
            "StartingPositionTimestamp": self._timestamp,
            "DestinationConfig": self._destination,
        }

    def _timestamp(self, *_: object) -> Value[float]:
        return take_timestamp(self.intake, self.keywords.get("starting_position_timestamp"))

    def _destination(self, _: object, failure: FailurePath | Unknowable) -> dict[str, Any] | None:
        if not isinstance(failure, FailurePath) or failure.destination is None:
            return None
        destination = failure.destination.identity if failure.destination.existing else UNKNOWN
        return {"OnFailure": {"Destination": known_or_unresolved(destination)}}
