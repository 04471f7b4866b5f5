"""What ``KinesisToLambda`` and ``DynamoDbToLambda`` have in common: retries that end, and where failed records go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from aws_cdk import aws_lambda as lambda_
from constructs import IConstruct

from cdk_esm.constructs.app.nag_reasons import (
    ON_DEAD_LETTER_QUEUE,
    ON_DISCARDING_MAPPING,
    ON_FAILURE_BUCKET,
    ON_FAILURE_QUEUE,
)
from cdk_esm.constructs.bundle import MappingBundle
from cdk_esm.constructs.intake.options import OnFailure
from cdk_esm.constructs.resources import roles
from cdk_esm.constructs.resources.destinations import BuiltDestination, build_destination
from cdk_esm.constructs.stream_keywords import StreamKeywords
from cdk_esm.facts import Neighbour, Unknowable
from cdk_esm.plan import FailureKind, FailurePath, MappingPlan
from cdk_esm.sources.destinations import OBJECT_PREFIX


class StreamToLambda(MappingBundle):
    """What the stream constructs have in common; not for direct use."""

    _given: StreamKeywords

    @property
    def on_failure(self) -> IConstruct | None:
        """The bucket, queue or topic that gets failed records; ``None`` where they are given up."""
        return None if self._destination is None else self._destination.construct

    def _make_destination(self, plan: MappingPlan) -> MappingPlan:
        """Make the destination, or take the existing one."""
        assert isinstance(plan.failure, FailurePath)
        chosen = self._given.on_failure or OnFailure.bucket()
        known_before = self._where.stack_path in self._where.memory.buckets
        built, failure = build_destination(self, chosen, plan.failure, self._where, self._removal)
        self._destination: BuiltDestination | None = built
        self._made_bucket = failure.kind == FailureKind.BUCKET and built is not None and built.ours and not known_before
        if built is None:
            return plan
        settings = {**plan.settings, "DestinationConfig": {"OnFailure": {"Destination": Unknowable.UNRESOLVED}}}
        return replace(plan, failure=failure, settings=settings)

    def _own_l1(self, plan: MappingPlan) -> Mapping[str, Any]:
        given, settings, l1 = self._given, plan.settings, lambda_.CfnEventSourceMapping
        moment = given.starting_position_timestamp
        destination = None
        if self._destination is not None:
            target = l1.OnFailureProperty(destination=self._destination.arn)
            destination = l1.DestinationConfigProperty(on_failure=target)
        return {
            "starting_position": settings["StartingPosition"],
            "starting_position_timestamp": settings["StartingPositionTimestamp"]
            if isinstance(moment, datetime)
            else moment,
            "parallelization_factor": given.parallelization_factor,
            "bisect_batch_on_function_error": _raw(given.bisect_batch_on_error, settings["BisectBatchOnFunctionError"]),
            "maximum_record_age_in_seconds": settings["MaximumRecordAgeInSeconds"]
            if given.max_record_age is None
            else given.max_record_age.to_seconds(),
            "maximum_retry_attempts": _raw(given.retry_attempts, settings["MaximumRetryAttempts"]),
            "tumbling_window_in_seconds": None if given.tumbling_window is None else given.tumbling_window.to_seconds(),
            "destination_config": destination,
        }

    def _grantees(self, plan: MappingPlan) -> roles.Grantees:
        grantees = super()._grantees(plan)
        if self._destination is None:
            return grantees
        return {
            **grantees,
            Neighbour.DESTINATION: self._destination.arn,
            Neighbour.DESTINATION_OBJECTS: f"{self._destination.arn}/{OBJECT_PREFIX}*",
            Neighbour.DESTINATION_KEY: self._destination.key_arn,
        }

    def _for_nag(self) -> list[tuple[IConstruct, Mapping[str, str]]]:
        if self._destination is None:
            return [(self._mapping, ON_DISCARDING_MAPPING)]
        if not self._destination.ours:
            return []
        kind = (self._given.on_failure or OnFailure.bucket()).kind
        if kind == FailureKind.QUEUE:
            return [(self._destination.construct, {**ON_FAILURE_QUEUE, **ON_DEAD_LETTER_QUEUE})]
        return [(self._destination.construct, ON_FAILURE_BUCKET)] if self._made_bucket else []

    def _undo(self) -> None:
        """Take the stack's bucket away again, where this construct made it and then failed."""
        if getattr(self, "_made_bucket", False):
            self._where.memory.buckets.pop(self._where.stack_path, None)
            assert self._destination is not None
            self._where.stack.node.try_remove_child(self._destination.construct.node.id)


def _raw(given: Any, settled: Any) -> Any:
    """What the user gave, which may be a token that the plan does not keep; else what was settled on."""
    return settled if given is None else given
