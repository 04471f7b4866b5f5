"""What the constructs for streams and for Apache Kafka have in common: where failed records go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, overload

from aws_cdk import aws_s3 as s3
from constructs import IConstruct

from cdk_esm.constructs.app.nag_reasons import (
    ON_DEAD_LETTER_QUEUE,
    ON_DISCARDING_MAPPING,
    ON_FAILURE_BUCKET,
    ON_FAILURE_QUEUE,
)
from cdk_esm.constructs.bundle import MappingBundle
from cdk_esm.constructs.intake.given import Attribute, GivenFunction, GivenOnFailure_co
from cdk_esm.constructs.intake.options import Destination_co, OnFailure
from cdk_esm.constructs.records_keywords import RecordsKeywords
from cdk_esm.constructs.resources import roles
from cdk_esm.constructs.resources.buckets import BUCKET_ID
from cdk_esm.constructs.resources.destinations import BuiltDestination, build_destination
from cdk_esm.facts import Neighbour, Unknowable
from cdk_esm.plan import FailureKind, FailurePath, MappingPlan
from cdk_esm.sources.destinations import OBJECT_PREFIX


class _OnFailure(Attribute):
    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> _OnFailure: ...
        @overload
        def __get__(self, instance: RecordsToLambda[Any, None], owner: Any) -> s3.Bucket: ...
        @overload
        def __get__(self, instance: RecordsToLambda[Any, OnFailure[Destination_co]], owner: Any) -> Destination_co: ...
        @overload
        def __get__(self, instance: RecordsToLambda, owner: Any) -> IConstruct | None: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...


class RecordsToLambda(MappingBundle[GivenFunction], Generic[GivenFunction, GivenOnFailure_co]):
    """What the constructs for sources of records have in common; not for direct use."""

    _keywords: RecordsKeywords

    @_OnFailure
    def on_failure(self) -> IConstruct | None:
        """What gets failed records: a bucket, queue or topic; ``None`` for a Kafka topic, and if they are given up."""
        return None if self._destination is None else self._destination.construct

    def _make_destination(self, plan: MappingPlan) -> MappingPlan:
        """Make the destination, or take the existing one."""
        assert isinstance(plan.failure, FailurePath)
        chosen = self._keywords["on_failure"] or OnFailure.bucket()
        known_before = self._where.stack_path in self._where.memory.buckets
        built, failure = build_destination(self, chosen, plan.failure, self._where, self._removal)
        self._destination: BuiltDestination | None = built
        shared = chosen.target is None
        ours = failure.kind == FailureKind.BUCKET and built is not None and built.ours
        self._made_bucket = ours and not (shared and known_before)
        if self._made_bucket and shared:
            self._guard.made_outside(self._take_bucket_away)
        if built is None or built.construct is None:  # a topic of Kafka is named in the plan already
            return plan
        settings = {**plan.settings, "DestinationConfig": {"OnFailure": {"Destination": Unknowable.UNRESOLVED}}}
        return replace(plan, failure=failure, settings=settings)

    def _late(self, plan: MappingPlan) -> Mapping[str, Any]:
        del plan
        return {} if self._destination is None else {"DestinationConfig.OnFailure.Destination": self._destination.arn}

    def _grantees(self, plan: MappingPlan) -> roles.Grantees:
        grantees = super()._grantees(plan)
        if self._destination is None:
            return grantees
        return {
            **grantees,
            Neighbour.DESTINATION: self._destination.arn,
            Neighbour.DESTINATION_OBJECTS: f"{self._destination.arn}/{OBJECT_PREFIX}*",
            Neighbour.DESTINATION_KEY: self._destination.key,
        }

    def _owner_of_destination(self) -> str:
        owner = None if self._destination is None else self._destination.owner
        return super()._owner_of_destination() if owner is None else owner

    def _for_nag(self) -> list[tuple[IConstruct, Mapping[str, str]]]:
        if self._destination is None:
            return [(self._mapping, ON_DISCARDING_MAPPING)]
        if not self._destination.ours:
            return []
        kind = (self._keywords["on_failure"] or OnFailure.bucket()).kind
        if kind == FailureKind.QUEUE:
            return [(self._destination.construct, {**ON_FAILURE_QUEUE, **ON_DEAD_LETTER_QUEUE})]
        return [(self._destination.construct, ON_FAILURE_BUCKET)] if self._made_bucket else []

    def _take_bucket_away(self) -> None:
        """Take the stack's bucket away again, because this construct made it and then failed."""
        del self._where.memory.buckets[self._where.stack_path]
        self._where.stack.node.try_remove_child(BUCKET_ID)
