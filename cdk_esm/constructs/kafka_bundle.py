"""What the constructs for Apache Kafka have in common: a topic of a cluster that exists, and a group that reads it."""

from __future__ import annotations

from cdk_esm.constructs.intake.given import GivenFunction, GivenOnFailure_co
from cdk_esm.constructs.intake.hashes import id_with
from cdk_esm.constructs.kafka_keywords import KafkaDraft, KafkaKeywords
from cdk_esm.constructs.records_bundle import RecordsToLambda
from cdk_esm.constructs.resources import roles
from cdk_esm.facts import Neighbour
from cdk_esm.plan import MappingPlan


class KafkaToLambda(RecordsToLambda[GivenFunction, GivenOnFailure_co]):
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
        return id_with(super()._mapping_id(plan), plan)

    def _grantees(self, plan: MappingPlan) -> roles.Grantees:
        registry = self._drafted.registry
        return {
            **super()._grantees(plan),
            Neighbour.SOURCE: None,
            Neighbour.DESTINATION_TOPIC: None,
            Neighbour.REGISTRY: None if registry is None else registry.arn,
            Neighbour.SCHEMAS: None if registry is None else registry.schemas,
        }
