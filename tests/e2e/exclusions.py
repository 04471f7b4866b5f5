"""What of our templates the local AWS cannot take: one list, each with its reason, and nothing else is changed.

CloudFormation takes all of it. ``test_exclusions.py`` deploys without each exclusion, and fails once that works: then
the exclusion goes.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

Template = dict[str, Any]


@dataclass(frozen=True)
class Exclusion:
    """A gap of the local AWS.

    Args:
        name: what it is called in the tests and in the README.
        without: takes it out of a copy of a template, which it changes.
        refusal: what the local AWS says if it is left in.
        why: what is missing there.
    """

    name: str
    without: Callable[[Template], None]
    refusal: str
    why: str


def _without_metric_math(template: Template) -> None:
    for logical_id in _of_type(template, "AWS::CloudWatch::Alarm"):
        if "Metrics" in template["Resources"][logical_id]["Properties"]:
            del template["Resources"][logical_id]


def _without_consumers(template: Template) -> None:
    consumers = _of_type(template, "AWS::Kinesis::StreamConsumer")
    streams = {one: template["Resources"][one]["Properties"]["StreamARN"] for one in consumers}
    template["Resources"] = {
        logical_id: _on_the_stream(resource, streams)
        for logical_id, resource in template["Resources"].items()
        if logical_id not in streams and not _names(resource.get("Properties", {}).get("Dimensions"), streams)
    }


def _on_the_stream(part: Any, streams: dict[str, Any]) -> Any:
    """The same part of a template, in which a stream has the place of its consumer."""
    if isinstance(part, dict):
        match part.get("Fn::GetAtt"):
            case [consumer, "ConsumerARN"] if consumer in streams:
                return streams[consumer]
        return {name: _on_the_stream(value, streams) for name, value in part.items()}
    return [_on_the_stream(value, streams) for value in part] if isinstance(part, list) else part


def _names(part: Any, logical_ids: dict[str, Any]) -> bool:
    """Whether a part of a template refers to one of these resources otherwise than by the ARN of a consumer."""
    if isinstance(part, dict):
        match part.get("Fn::GetAtt"):
            case [logical_id, attribute]:
                return logical_id in logical_ids and attribute != "ConsumerARN"
        return part.get("Ref") in logical_ids or any(_names(value, logical_ids) for value in part.values())
    return isinstance(part, list) and any(_names(value, logical_ids) for value in part)


def _of_type(template: Template, kind: str) -> list[str]:
    return [logical_id for logical_id, resource in template["Resources"].items() if resource["Type"] == kind]


METRIC_MATH: Final = Exclusion(
    name="alarms on an expression over metrics",
    without=_without_metric_math,
    refusal="metric math) is not supported",
    why="it has no metric math; the other alarms are deployed",
)
CONSUMERS: Final = Exclusion(
    name="consumers of Kinesis streams (enhanced fan-out)",
    without=_without_consumers,
    refusal="AWS::Kinesis::StreamConsumer",
    why="it does not know the resource, and polls no mapping on one: the mapping reads the stream itself instead",
)
EXCLUSIONS: Final = (METRIC_MATH, CONSUMERS)


def deployable(template: Template, exclusions: tuple[Exclusion, ...] = EXCLUSIONS) -> Template:
    """A copy of a template, without what the local AWS cannot take."""
    changed = copy.deepcopy(template)
    for exclusion in exclusions:
        exclusion.without(changed)
    return changed


def touched(template: Template) -> Iterator[str]:
    """The logical ids of a template that the exclusions take out or change."""
    changed = deployable(template)
    for logical_id, resource in template["Resources"].items():
        if changed["Resources"].get(logical_id) != resource:
            yield logical_id
