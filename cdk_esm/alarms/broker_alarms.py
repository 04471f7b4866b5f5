"""Alarms of message brokers and of document clusters: what the service keeps no metrics of a mapping for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cdk_esm.alarms.recipes import MINUTE, Measure, Recipe, Watched, in_reach
from cdk_esm.plan import Broker, MappingPlan
from cdk_esm.sources.document_cluster import LARGEST_EVENT

_BROKER_METRICS: Final = "AWS/AmazonMQ"
_FUNCTION_METRICS: Final = "AWS/Lambda"
_RABBITMQ: Final = "RABBITMQ"
ON_STANDBY: Final = "standby"
"""The id of the measure on the second instance of a broker."""


def backlog(plan: MappingPlan) -> Iterator[Recipe]:
    """Messages wait on the broker, and nobody takes them.

    How many are too many follows from nothing in the configuration, because a broker tells no age of a message.
    """
    broker = plan.event_source
    if not isinstance(broker, Broker) or not in_reach(plan):
        return
    by_queue = broker.engine == _RABBITMQ
    measures = [Measure("MessageCount" if by_queue else "QueueSize", "Maximum")]
    if not by_queue and broker.standby is not False:
        # Each of the two instances has its own metric, and only that of the active one has data.
        measures.append(Measure("QueueSize", "Maximum", ON_STANDBY))
    yield Recipe(
        key="backlog",
        watched=Watched.BROKER_QUEUE,
        namespace=_BROKER_METRICS,
        dimensions=("Broker", "VirtualHost", "Queue") if by_queue else ("Broker", "Queue"),
        measures=tuple(measures),
        expression="MAX(METRICS())" if len(measures) > 1 else None,
        period_seconds=MINUTE,
        threshold=None,
        evaluation_periods=15,
        datapoints_to_alarm=15,
        description=f"{plan.path}: for {{span}} {{threshold}} messages or more have waited in the "
        "broker's queue, so the function falls behind, fails, or is not invoked at all. Look at its errors and "
        "throttles, then at the mapping's State and LastProcessingResult (GetEventSourceMapping): a revoked "
        "permission, changed credentials or a closed network stop it without a further sign.",
        reason="a broker tells no age of its messages, and only you know how many of them come in the time that you "
        "can wait; a quarter of an hour on end, because a burst is what a queue is for",
    )


def oversized(plan: MappingPlan) -> Iterator[Recipe]:
    """Events are too large for an invocation, and were dropped."""
    yield Recipe(
        key="oversized",
        watched=Watched.FUNCTION,
        namespace=_FUNCTION_METRICS,
        dimensions=("FunctionName",),
        measures=(Measure("OversizedRecordCount", "Sum"),),
        period_seconds=MINUTE,
        threshold=1,
        evaluation_periods=1,
        datapoints_to_alarm=1,
        description=f"{plan.path}: an event is larger than {LARGEST_EVENT.value} MB, and Lambda has dropped it. Read "
        "the document from the cluster, and process it from there; with another choice of full documents events are "
        "smaller.",
        reason="a lost event is never normal, and nothing else tells of it",
    )
