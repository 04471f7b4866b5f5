"""What ``ActiveMqToLambda`` and ``RabbitMqToLambda`` have in common: a broker that exists, and a queue of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from constructs import IConstruct

from cdk_esm.alarms.broker_alarms import ON_STANDBY
from cdk_esm.alarms.recipes import Watched
from cdk_esm.constructs.app.nag_reasons import ON_BROKER_MAPPING
from cdk_esm.constructs.broker_keywords import BrokerDraft, BrokerKeywords
from cdk_esm.constructs.bundle import MappingBundle
from cdk_esm.constructs.intake.given import GivenFunction
from cdk_esm.constructs.intake.hashes import id_with
from cdk_esm.plan import MappingPlan


class BrokerToLambda(MappingBundle[GivenFunction]):
    """What the constructs for Amazon MQ have in common; not for direct use."""

    _keywords: BrokerKeywords
    _DRAFT: type[BrokerDraft] = BrokerDraft

    def _draft(self, path: str) -> BrokerDraft:
        self._drafted = self._DRAFT(self._keywords, self.SOURCE, path, self._where)
        return self._drafted

    def _mapping_id(self, plan: MappingPlan) -> str:
        return id_with(super()._mapping_id(plan), plan)

    def _watched(self) -> Mapping[Watched, Any]:
        return {Watched.BROKER_QUEUE: self._dimensions}

    def _dimensions(self, measure: str) -> tuple[str, ...]:
        """The dimensions of the queue's metrics: the names of the broker and of the queue."""
        return f"{self._broker_name}-{2 if measure == ON_STANDBY else 1}", self._keywords["queue_name"]

    @property
    def _broker_name(self) -> str:
        found = self._drafted.found
        assert found is not None
        return found.name()

    def _for_nag(self) -> list[tuple[IConstruct, Mapping[str, str]]]:
        return [(self._mapping, ON_BROKER_MAPPING)]
