"""What a run needs to know of a mapping: every value known, or assumed by the user; nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from cdk_esm.errors import EsmError
from cdk_esm.facts import Shape, SourceFacts, Unknowable
from cdk_esm.filters import FilterCriteria
from cdk_esm.filters import compile as compile_filters
from cdk_esm.plan import MappingPlan
from cdk_esm.simulator.arguments import meant
from cdk_esm.simulator.clock import ticks
from cdk_esm.simulator.values import check_assumption, check_value
from cdk_esm.sources import SHEETS
from cdk_esm.sources.broker_settings import DEFAULT_WINDOW

T = TypeVar("T")

SPELT: Final = (
    "BatchSize, VisibilityTimeout, MessageRetentionPeriod, DelaySeconds, maxReceiveCount, ShardCount, "
    "RetentionPeriodHours, StreamViewType, Timeout, MemorySize, ReservedConcurrentExecutions, Partitions, "
    "CommittedOffset, DeliveryCountLimit, ChangeStreamSeconds, DeadLetterRetention, FilterCriteria, "
    "DestinationConfig, Engine"
)
"""What ``assume`` can name, beside the settings of the mapping."""
_MORE: Final = frozenset(SPELT.split(", "))
_FIELDS: Final[Mapping[str, str]] = {
    "visibility_timeout_seconds": "VisibilityTimeout",
    "retention_seconds": "MessageRetentionPeriod",
    "delay_seconds": "DelaySeconds",
    "max_receive_count": "maxReceiveCount",
    "shard_count": "ShardCount",
    "retention_hours": "RetentionPeriodHours",
    "view_type": "StreamViewType",
    "timeout_seconds": "Timeout",
    "memory_mb": "MemorySize",
    "reserved_concurrency": "ReservedConcurrentExecutions",
}
"""What the records of a plan call the same: both words will do."""
_HIDES: Final = {"ShardCount": "an import hides it, or the stream scales by itself"}


class HiddenValueError(EsmError):
    """A value that is hidden, and that nothing is assumed for."""

    as_command: str
    """The same as ``cdk-esm`` says it, with its own option in the place of Python."""


@dataclass(frozen=True)
class Common:
    """What a run knows of any mapping.

    Args:
        plan: the mapping.
        path: what it is called in the run.
        facts: the sheet of its source.
        batch_size: records of a batch, at most.
        window: the batching window in virtual time.
        listens: partial batch responses count.
        enabled: it polls from the start.
        filters: its filters; ``None`` without any.
        counts_events: it writes its own metrics.
    """

    plan: MappingPlan
    path: str
    facts: SourceFacts
    batch_size: int
    window: int
    listens: bool
    enabled: bool
    filters: FilterCriteria | None
    counts_events: bool


class Reading:
    """Reads a plan, and takes what is hidden from ``assume``; what is missing then is told all at once."""

    def __init__(self, plan: MappingPlan, assume: Mapping[str, Any]) -> None:
        self.plan = plan
        own = assume.get(plan.path)
        given = {name: value for name, value in assume.items() if not isinstance(value, Mapping)}
        if isinstance(own, Mapping):
            given |= own
        self._assumed = {_FIELDS.get(name, name): value for name, value in given.items()}
        self._missing: dict[str, str] = {}

    def take(self, name: str, value: Any, fallback: T) -> T:
        """A value that the plan knows, or the one that is assumed for it.

        Args:
            name: what ``assume`` calls it.
            value: what the plan says.
            fallback: what takes its place until the missing ones are told, and where the plan says nothing.
        """
        if name in self._assumed and (value is None or isinstance(value, Unknowable)):
            found: T = self._assumed[name]
            return found
        if isinstance(value, Unknowable):
            hides = _HIDES.get(name, "an import hides it")
            self._missing[name] = hides if value is Unknowable.UNKNOWN else "only the deployment knows it"
            return fallback
        if value is None:
            return fallback
        check_value(name, value, self.plan.path)
        known: T = value
        return known

    def setting(self, name: str, fallback: T, *, called: str | None = None) -> T:
        """A setting of the mapping as AWS will see it; ``fallback`` for a source that does not have it."""
        value = self.plan.setting(name) if name in self.plan.facts.by_name else None
        return self.take(called or name.rpartition(".")[2], value, fallback)

    def seconds(self, name: str, value: Any, fallback: float) -> int:
        """A duration in virtual time."""
        return ticks(self.take(name, value, fallback))

    def finished(self) -> None:
        """Tell what is missing.

        Raises:
            EsmError: a value is hidden, and nothing is assumed for it.
        """
        if not self._missing:
            return
        lines = [f"{self.plan.path}: {name} is not known: {why}" for name, why in self._missing.items()]
        example = ", ".join(f'"{name}": …' for name in self._missing)
        error = HiddenValueError(
            "\n".join([*lines, f"  fix: say what holds: simulate(…, assume={{{example}}}), or for this mapping alone "])
            + f'assume={{"{self.plan.path}": {{{example}}}}}'
        )
        words = " ".join(f"--assume {name}=…" for name in self._missing)
        error.as_command = f"{'; '.join(lines)}; say what holds: {words}"
        raise error


def check_assumed(assume: Mapping[str, Any], plans: list[MappingPlan]) -> None:
    """Refuse a name that nothing reads.

    Raises:
        EsmError: a name is none of what can be assumed, or its value makes no sense.
    """
    if not isinstance(assume, Mapping):
        raise EsmError(
            f'assume is what holds for values by name, as in {{"Partitions": 3}}, got {type(assume).__name__}'
        )
    paths = {plan.path for plan in plans}
    settings = {name.rpartition(".")[2] for sheet in SHEETS.values() for name in sheet.by_name}
    given: list[tuple[Any, Any]] = []
    for key, value in assume.items():
        if key in paths and not isinstance(value, Mapping):
            raise EsmError(f"assume: what holds for {key} alone is named in an object, got {type(value).__name__}")
        given += value.items() if key in paths else [(key, value)]
    known = _MORE | settings | _FIELDS.keys()
    unknown = sorted({str(name) for name, _ in given if name not in known})
    if unknown:
        close = meant(unknown[0], known | paths)
        spelt = f"it can name {SPELT}, or a mapping's setting{close}"
        raise EsmError(f"assume: nothing is called {', '.join(unknown)}; {spelt}")
    for name, value in given:
        check_assumption(_FIELDS.get(name, name), value)


def facts_of(plan: MappingPlan, reading: Reading) -> SourceFacts:
    """The sheet of a mapping's source; of a broker whose engine nobody tells, the assumed one.

    Raises:
        EsmError: the mapping reads nothing that can be simulated.
    """
    if plan.source == "mq":
        engine = reading.take("Engine", Unknowable.UNKNOWN, "activemq")
        return SHEETS[str(engine).lower()]
    facts = SHEETS.get(plan.source)
    if facts is None or facts.kind == "none":
        raise EsmError(f"{plan.path}: it reads no event source that could be simulated")
    return facts


def common(plan: MappingPlan, reading: Reading) -> Common:
    """What every source has."""
    facts = facts_of(plan, reading)
    late = facts.shape in (Shape.CLUSTER, Shape.BROKER, Shape.DOCUMENT_CLUSTER)
    given = reading.setting("MaximumBatchingWindowInSeconds", DEFAULT_WINDOW.value / 1000 if late else 0)
    types = reading.setting("FunctionResponseTypes", ())
    metrics = reading.setting("MetricsConfig.Metrics", ())
    return Common(
        plan=plan,
        path=plan.path,
        facts=facts,
        batch_size=reading.setting("BatchSize", 1),
        window=ticks(given),
        listens="ReportBatchItemFailures" in types,
        enabled=reading.setting("Enabled", True) is not False,  # noqa: FBT003 - the value of a setting
        filters=_filters(plan, reading, facts),
        counts_events="EventCount" in metrics,
    )


def _filters(plan: MappingPlan, reading: Reading, facts: SourceFacts) -> FilterCriteria | None:
    filters = plan.filters
    hidden = isinstance(filters, Unknowable) or any(isinstance(one, Unknowable) for one in filters)
    known: Any = reading.take("FilterCriteria", Unknowable.UNKNOWN if hidden else filters, ())
    if not known:
        return None
    return compile_filters(facts.kind, known)
