"""The alias that a mapping invokes, with what keeps instances of its function ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, TypeAlias

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_

from cdk_esm.constructs.intake.calls import explains_keywords

if TYPE_CHECKING:
    from aws_cdk import aws_lambda_destinations as destinations

    # CDK's classes name an argument otherwise than their interface does, and a type checker minds.
    Destination: TypeAlias = (
        lambda_.IDestination
        | destinations.EventBridgeDestination
        | destinations.LambdaDestination
        | destinations.S3Destination
        | destinations.SnsDestination
        | destinations.SqsDestination
    )
else:
    Destination = lambda_.IDestination


@explains_keywords
@dataclass(frozen=True)
class ScaledConcurrency:
    """Provisioned concurrency that follows the load: between two bounds, by the share of it that is in use.

    The alias starts with the minimum. CloudFormation knows no other number, so expect that a deployment which changes
    the alias, as each new version does, sets the minimum again, from which scaling goes on: no page of AWS was found
    that says so, nor one that says otherwise. CDK's own examples leave the number at the start out.

    Args:
        minimum: instances that are always ready, at least 1.
        maximum: the most that are kept ready; what goes beyond starts cold.
        utilization_target: the share in use that scaling aims at, 0.1 to 0.9. By default 0.7. Our choice: a third of
            what is ready takes a rise until more is.
        scale_in_cooldown: how long nothing is taken away after the last change. By default the service's.
        scale_out_cooldown: how long nothing is added after the last change. By default the service's.
    """

    minimum: int
    maximum: int
    _: KW_ONLY
    utilization_target: float = 0.7
    scale_in_cooldown: Duration | None = None
    scale_out_cooldown: Duration | None = None


@explains_keywords
@dataclass(frozen=True)
class NewAlias:
    """An alias on the new function's current version, which the mapping invokes.

    Args:
        alias_name: its name.
        provisioned_concurrent_executions: instances that are kept ready: a number that stays, or a
            ``ScaledConcurrency``. By default none, and invocations may start cold.
        additional_versions: other versions that take a share of the batches, by weight. A batch that is tried again may
            meet the other version. By default none.
        description: what it is for. By default nothing.
        on_failure: the destination of failed asynchronous invocations; nothing from the mapping arrives there. By
            default none.
        on_success: the destination of other asynchronous invocations. By default none.
        max_event_age: how long an asynchronous invocation may wait, 60 seconds to 6 hours. By default the longest.
        retry_attempts: how often an asynchronous invocation is tried again, 0 to 2 times. By default 2.
    """

    alias_name: str
    _: KW_ONLY
    provisioned_concurrent_executions: int | ScaledConcurrency | None = None
    additional_versions: Sequence[lambda_.VersionWeight] | None = None
    description: str | None = None
    on_failure: Destination | None = None
    on_success: Destination | None = None
    max_event_age: Duration | None = None
    retry_attempts: int | None = None
