"""Consumer groups of mappings on Kafka: another one cannot reach a mapping that is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cdk_esm.diff.changes import Change
from cdk_esm.diff.inputs import MappingHere, Side
from cdk_esm.diff.kinds import mappings as kinds
from cdk_esm.diff.sources import comparable, has_hole
from cdk_esm.sources.kafka_settings import MSK_GROUP_ID, SELF_MANAGED_GROUP_ID
from cdk_esm.template.cloudformation.values import Evaluated, Text

GROUPS: Final = (MSK_GROUP_ID, SELF_MANAGED_GROUP_ID)
"""Where a mapping names its group, by kind of cluster."""


def regrouped(old: Side, new: Side, before: MappingHere, after: MappingHere) -> Iterator[Change]:
    """Whether a mapping that is there gets a group in the template which the deployment completes, and another one.

    A mapping that is made anew reads in the new group, and begins at the offsets of that.
    """
    one, other = before.resource, after.resource
    create_only = {setting.name for plan in after.plans for setting in plan.facts.settings if setting.create_only}
    for name in create_only & {*one.properties, *other.properties}:
        if comparable(old.evaluator(one).property(one, name)) != comparable(new.evaluator(other).property(other, name)):
            return
    for name in GROUPS:
        record, member = name.split(".")
        was, is_now = (
            side.evaluator(resource).property(resource, record, member) for side, resource in ((old, one), (new, other))
        )
        if (has_hole(was) or has_hole(is_now)) and _certainly_others(was, is_now):
            yield kinds.SETTING_STAYS.change(
                after.place,
                f"{name}: {_said(was)} becomes {_said(is_now)} in the template only",
                setting=name,
                before=comparable(was),
                after=comparable(is_now),
                fix=keeping(None if was is None else _said(was)),
            )


def _certainly_others(one: Evaluated, other: Evaluated) -> bool:
    """Whether two groups differ, whatever the deployment makes of the parts that only it knows."""
    if one is None or other is None:
        given = other if one is None else one
        return given is not None and (isinstance(given, Text) or not has_hole(given))
    (start, end), (other_start, other_end) = _ends(one), _ends(other)
    same_start = start.startswith(other_start) or other_start.startswith(start)
    same_end = end.endswith(other_end) or other_end.endswith(end)
    return not (same_start and same_end)


def _ends(value: Evaluated) -> tuple[str, str]:
    """The fixed parts at both ends of a text."""
    parts = value.parts if isinstance(value, Text) else (value,)
    first, last = ("" if not isinstance(part, str) else part for part in (parts[0], parts[-1]))
    return first, last


def _said(value: Evaluated) -> str:
    return "none" if value is None else str(comparable(value))


def keeping(was: str | None) -> str:
    """The line that keeps a group, in the words of a construct and of a template."""
    if was is None:
        return (
            "leave the group to Lambda: consumer_group_id=ServiceGroup(UUID) at a construct, no ConsumerGroupId in a "
            f"template; or reset or copy the offsets, and change it {kinds.TWO_STEPS}"
        )
    return (
        f'keep the group: consumer_group_id="{was}" at a construct, ConsumerGroupId: {was} in a template; or reset or '
        f"copy the offsets, and change it {kinds.TWO_STEPS}"
    )
