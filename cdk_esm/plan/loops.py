"""What a loop means for a mapping, in words that rules and the report share."""

from __future__ import annotations

from cdk_esm.facts import Unknowable
from cdk_esm.plan.feeders import Loop, Way
from cdk_esm.plan.mapping import MappingPlan
from cdk_esm.plan.source import Queue
from cdk_esm.sources.lambda_function import RECURSION_LIMIT

_ALLOW = "Allow"


def who_stops_it(plan: MappingPlan, loop: Loop | None = None) -> str:
    """Whether Lambda stops a loop.

    Args:
        plan: the mapping.
        loop: the way back; absent for a function that sends to its own source.
    """
    if not isinstance(plan.event_source, Queue):
        return "Lambda never stops it: it does not look for loops through a stream"
    if loop is not None and loop.through is Way.EVENT_BUS:
        return "Lambda never stops it: it does not look for loops through Amazon EventBridge"
    setting = plan.function.recursive_loop
    if setting == _ALLOW:
        return f"Lambda does not stop it, because RecursiveLoop of the function is {_ALLOW}"
    unless = f" unless RecursiveLoop of the function is {_ALLOW}" if isinstance(setting, Unknowable) else ""
    return (
        f"Lambda stops it after about {RECURSION_LIMIT.value} invocations{unless}, if the function sends with a "
        "supported version of an AWS SDK"
    )
