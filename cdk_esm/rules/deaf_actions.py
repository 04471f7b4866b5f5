"""What the rules about alarms that tell nobody have in common: each topic is told of once, with the way to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from cdk_esm.plan import DeafAction, Door, MappingPlan


def one_for_each_topic(
    plans: Sequence[MappingPlan], concerns: Callable[[DeafAction], bool]
) -> Iterator[tuple[MappingPlan, DeafAction]]:
    """Yield each topic once, with the first of the mappings whose alarms it should tell."""
    told: set[str] = set()
    for plan in plans:
        for one in plan.deaf:
            if concerns(one) and one.topic not in told:
                told.add(one.topic)
                yield plan, one


def with_our_way(plan: MappingPlan, fix: str) -> str:
    """A fix, with the way that a construct has besides."""
    if plan.door != Door.CONSTRUCT:
        return fix
    return f"{fix}\nor leave it to alarms=Alarms(notify=[topic]), with the topic itself and grant=True"
