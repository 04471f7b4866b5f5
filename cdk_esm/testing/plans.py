"""Changes of a mapping with nothing wrong, one thing at a time, for tests and examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cdk_esm.facts import Neighbour
from cdk_esm.plan import Access, FailurePath, Feeder, Feeders, InlinePolicies, MappingPlan, Permission
from cdk_esm.rules.engine import check
from cdk_esm.testing.legal import mapping

__all__ = [
    "ids",
    "mapping",
    "with_dead_letter_queue",
    "with_destination",
    "with_failure",
    "with_feeders",
    "with_function",
    "with_inline_policies",
    "with_permission",
    "with_permissions",
    "with_queue",
    "with_settings",
    "with_source",
]


def with_source(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its event source changed."""
    return replace(plan, event_source=replace(plan.event_source, **changes))


with_queue = with_source
"""The same, if the source is a queue."""


def with_settings(plan: MappingPlan, **settings: Any) -> MappingPlan:
    """The plan, with settings changed; ``None`` takes one away."""
    changed = {**plan.settings, **settings}
    return replace(plan, settings={name: value for name, value in changed.items() if value is not None})


def with_function(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its function changed."""
    return replace(plan, function=replace(plan.function, **changes))


def with_failure(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its failure path changed."""
    assert isinstance(plan.failure, FailurePath)
    return replace(plan, failure=replace(plan.failure, **changes))


def with_dead_letter_queue(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its dead-letter queue changed."""
    assert isinstance(plan.failure, FailurePath)
    assert plan.failure.queue is not None
    return with_failure(plan, queue=replace(plan.failure.queue, **changes))


def with_destination(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its on-failure destination changed."""
    assert isinstance(plan.failure, FailurePath)
    assert plan.failure.destination is not None
    return with_failure(plan, destination=replace(plan.failure.destination, **changes))


def with_permissions(plan: MappingPlan, *permissions: Permission, managed: Sequence[str] = ()) -> MappingPlan:
    """The plan, with a role of which these permissions are known, and these policies that AWS manages."""
    access = Access(permissions=permissions, managed=tuple(managed))
    return replace(plan, role=replace(plan.role, access=access))


def with_inline_policies(plan: MappingPlan, inline: InlinePolicies) -> MappingPlan:
    """The plan, with a role of which only the length of its inline policies is known."""
    return replace(plan, role=replace(plan.role, access=Access(inline=inline)))


def with_permission(plan: MappingPlan, action: str, *, on: str = "source", **about: Any) -> MappingPlan:
    """The plan, with a role of which one permission is known: held, unless something else is said."""
    return with_permissions(
        plan, Permission(action=action, on=Neighbour(on), resource=plan.event_source.identity, **about)
    )


def with_feeders(plan: MappingPlan, *envelopes: str | None, others: bool = False) -> MappingPlan:
    """The plan, with a source to which somebody sends each of these envelopes; ``None`` is the payload itself."""
    shown = tuple(Feeder(name=f"Feed{place}", envelope=one) for place, one in enumerate(envelopes))
    return replace(plan, feeders=Feeders(shown=shown, others=others))


def ids(*plans: MappingPlan, select: Sequence[str] = ()) -> list[str]:
    """The ids of what is found in the plans, acknowledged findings left out."""
    return [finding.rule.id for finding in check(plans, select=select) if finding.acknowledged is None]
