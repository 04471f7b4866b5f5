"""The values of the dimensions of a metric: what CloudWatch calls the resource behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import aws_cdk as cdk

from cdk_esm.alarms.recipes import Measure, Watched
from cdk_esm.constructs.intake.tokens import is_token

DIMENSIONS: Final[Mapping[Watched, Callable[[Any, Measure], tuple[str, ...]]]] = {
    Watched.MAPPING: lambda uuid, _: (uuid(),),
    Watched.CONSUMER: lambda consumer, _: (consumer.stream.stream_name, consumer.stream_consumer_name),
    Watched.BROKER_QUEUE: lambda queue, measure: queue(measure.id),
}
"""The dimension values of resources that CDK gives no metrics, in the order in which a recipe names them."""

_NAMES: Final = ("function_name", "queue_name", "stream_name")
_NAME_OF_L1: Final = {"function_name": "function_name", "queue_name": "queue_name", "stream_name": "name"}


def values_of(watched: Watched, resource: Any, measure: Measure) -> tuple[str, ...]:
    """The values, in the order in which a recipe names them: also of what CDK would make a metric of itself."""
    if watched in DIMENSIONS:
        return DIMENSIONS[watched](resource, measure)
    (name,) = (one for one in _NAMES if hasattr(type(resource), one))
    return (getattr(resource, name),)


def fixed_values_of(watched: Watched, resource: Any, measure: Measure) -> tuple[str, ...] | None:
    """The values as another stack can write them without an import, if names were chosen; ``None`` if not."""
    if watched is Watched.MAPPING:
        return None  # Lambda makes its id up
    values = values_of(watched, resource, measure)
    if not is_token(list(values)):
        return values
    if watched in DIMENSIONS:
        return None
    (name,) = (one for one in _NAMES if hasattr(type(resource), one))
    chosen = getattr(resource.node.default_child, _NAME_OF_L1[name], None)
    return (chosen,) if isinstance(chosen, str) and not is_token(chosen) else None


def fixed_alarm_arn(alarm: Any, stack: cdk.Stack) -> str | None:
    """The ARN of an alarm as another stack of its account and Region can write it; ``None`` without a chosen name."""
    chosen = alarm.alarm_name
    if not isinstance(chosen, str) or is_token(chosen):
        return None
    return stack.format_arn(
        service="cloudwatch", resource="alarm", resource_name=chosen, arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME
    )
