"""What the constructs for Apache Kafka have in common: a topic of a cluster that exists, and a group that reads it."""

from __future__ import annotations

import hashlib
from typing import Any

from cdk_esm.constructs.bundle import DEFAULT_CHILD
from cdk_esm.constructs.kafka_keywords import KafkaDraft, KafkaKeywords
from cdk_esm.constructs.records_bundle import RecordsToLambda
from cdk_esm.constructs.resources import roles
from cdk_esm.facts import Neighbour, Unknowable
from cdk_esm.plan import MappingPlan


class KafkaToLambda(RecordsToLambda):
    """What the constructs for Apache Kafka have in common; not for direct use."""

    _keywords: KafkaKeywords
    _drafted: KafkaDraft

    @property
    def consumer_group(self) -> str | None:
        """The consumer group, or a token for it; ``None`` if Lambda names it after the mapping."""
        return self._drafted.group

    def _make_source(self, plan: MappingPlan) -> MappingPlan:
        return self._make_destination(plan)

    def _mapping_id(self, plan: MappingPlan) -> str:
        return DEFAULT_CHILD + hash_of(plan)

    def _grantees(self, plan: MappingPlan) -> roles.Grantees:
        registry = self._drafted.registry
        return {
            **super()._grantees(plan),
            Neighbour.SOURCE: None,
            Neighbour.DESTINATION_TOPIC: None,
            Neighbour.REGISTRY: None if registry is None else registry.arn,
            Neighbour.SCHEMAS: None if registry is None else registry.schemas,
        }


def hash_of(plan: MappingPlan) -> str:
    """A few characters for what an update cannot change and a replacement can, as far as it is known.

    What only the deployment knows is left out: its token may be another one in each synthesis.
    """
    held = {name: _known(plan.given(name)) for name in plan.facts.id_holds}
    values = {name: value for name, value in held.items() if value is not None}
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()[:8] if values else ""


def _known(value: Any) -> Any:
    """A value, if the deployment has no part in it."""
    parts = value if isinstance(value, list | tuple) else [value]
    return None if any(isinstance(one, Unknowable) for one in parts) else value
