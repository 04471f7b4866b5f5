"""A mapping under a new logical id of which nobody knows whether Lambda takes it beside the one that it replaces.

Lambda knows a mapping by its source, its function, and some settings more. Of some settings nobody has said whether
they are among these. CloudFormation makes the new mapping first, so that the deployment shows it.
"""

from __future__ import annotations

from collections.abc import Iterable

from cdk_esm.diff.changes import Change
from cdk_esm.diff.inputs import MappingHere
from cdk_esm.diff.kinds import mappings as kinds
from cdk_esm.diff.updates import hidden, said
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.conflicts import source_named


def renewal(old: MappingHere, added: Iterable[MappingHere]) -> tuple[MappingHere, MappingPlan, MappingPlan] | None:
    """The new mapping that may be the same to Lambda as one that is no longer there, and the plans of both."""
    for plan in old.plans:
        if not plan.facts.id_holds:
            continue
        for mapping in added:
            for other in mapping.plans:
                if _may_be_the_same(plan, other):
                    return mapping, plan, other
    return None


def of_renewal(old: MappingHere, new: MappingHere, before: MappingPlan, after: MappingPlan, keeping: str) -> Change:
    """What is to be told of it.

    Args:
        old: the mapping that goes.
        new: the one that comes.
        before: what the old one is.
        after: what the new one is.
        keeping: how to keep a logical id, in words.
    """
    for name in before.facts.id_holds:
        values = before.given(name), after.given(name)
        if values[0] != values[1] and not any(map(hidden, values)):
            message = f"{name}: {said(values[0])} becomes {said(values[1])}, as a new mapping beside the old one"
            return kinds.MAPPING_MAY_BE_REFUSED.change(
                new.place, message, setting=name, before=values[0], after=values[1]
            )
    ids = old.resource.logical_id, new.resource.logical_id
    message = f"the logical id {ids[1]} takes the place of {ids[0]}, with the same source and the same function"
    return kinds.MAPPING_MAY_BE_REFUSED.change(new.place, message, before=ids[0], after=ids[1], fix=keeping)


def _may_be_the_same(one: MappingPlan, other: MappingPlan) -> bool:
    if one.source != other.source or source_named(one) != source_named(other):
        return False
    if one.function.name != other.function.name or one.function.identity != other.function.identity:
        return False
    apart = ((one.given(name), other.given(name)) for name in one.facts.told_apart_by)
    return not any(first != second and not hidden(first) and not hidden(second) for first, second in apart)
