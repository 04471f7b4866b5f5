"""What an alarm is made of: a pure record, which the constructs turn into a CloudWatch alarm in one place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from cdk_esm.durations import in_words
from cdk_esm.plan import MappingPlan

_SPANS: Final = {300: "five minutes", 900: "a quarter of an hour", 1800: "half an hour"}
MINUTE: Final = 60
"""Seconds: every period is a whole number of them."""


class Watched(Enum):
    """Whose metric an alarm reads, and so where its dimension's value comes from."""

    SOURCE = "the source: a queue, a stream"
    DEAD_LETTER_QUEUE = "QueueName of the dead-letter queue"
    FUNCTION = "FunctionName"
    MAPPING = "EventSourceMappingUUID"
    BROKER_QUEUE = "Broker and Queue of a message broker, and VirtualHost of RabbitMQ"
    CONSUMER = "StreamName and ConsumerName of an enhanced fan-out consumer"


@dataclass(frozen=True)
class Measure:
    """One metric of an alarm: its name, its statistic, and the id that an expression calls it by."""

    metric: str
    statistic: str
    id: str = "m1"


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """One alarm.

    Args:
        key: what users call it, in ``thresholds``, in ``off`` and in ``construct.alarms``.
        watched: whose metric it reads.
        namespace: CloudWatch's namespace.
        dimensions: the names of its dimensions.
        measures: the metrics; several only under an expression.
        expression: metric math over the measures; ``None`` reads the one measure as it is.
        period_seconds: the length of one data point.
        threshold: in the metric's unit; ``None`` if nothing in the configuration tells it, so that the user has to.
        comparison: CloudWatch's comparison operator.
        evaluation_periods: the data points looked at.
        datapoints_to_alarm: how many of them must breach.
        missing: what no data means: ``notBreaching`` or ``breaching``.
        description: what happened and what to do, as the person who is woken reads it; ``{threshold}`` is replaced
            by the threshold, and ``{span}`` by the time that it takes to alarm, so that both are right even if the user
            set others.
        scale: what the threshold is divided by in the description: 1000 for milliseconds that are told in seconds.
        reason: why this threshold and this way to count.
    """

    key: str
    watched: Watched
    namespace: str
    dimensions: tuple[str, ...]
    measures: tuple[Measure, ...]
    expression: str | None = None
    period_seconds: int
    threshold: float | None
    comparison: str = "GreaterThanOrEqualToThreshold"
    evaluation_periods: int
    datapoints_to_alarm: int
    missing: str = "notBreaching"
    description: str
    scale: int = 1
    reason: str

    @property
    def said(self) -> str:
        """The description with its threshold, and with the time that it takes to alarm."""
        described = self.description.replace("{span}", _SPANS.get(self.span_seconds, in_words(self.span_seconds)))
        if self.threshold is None:
            return described
        return described.replace("{threshold}", f"{self.threshold / self.scale:g}")

    @property
    def span_seconds(self) -> int:
        """How long a state has to last at least until the alarm fires."""
        return self.period_seconds * self.datapoints_to_alarm


def in_reach(plan: MappingPlan) -> bool:
    """Whether the source's metrics are in the account and Region that the alarm will be in."""
    source, function = plan.event_source, plan.function
    return all(
        not isinstance(there, str) or not isinstance(here, str) or there == here
        for there, here in ((source.account, function.account), (source.region, function.region))
    )
