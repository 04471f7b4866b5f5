"""What the two rules about the length of a role's inline policies share: one speaks of what is certain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cdk_esm.plan import Door, InlinePolicies, MappingPlan
from cdk_esm.rules.groups import paths

COUNTED: Final = "what only the deployment knows is counted with its usual length"


def roles_with_inline_policies(plans: Sequence[MappingPlan]) -> Iterator[tuple[InlinePolicies, list[MappingPlan]]]:
    """Every role of which the inline policies are known, with its mappings, also those that are disabled."""
    groups: dict[str, tuple[InlinePolicies, list[MappingPlan]]] = {}
    for plan in plans:
        inline = None if plan.role.access is None else plan.role.access.inline
        if inline is not None:
            groups.setdefault(inline.role, (inline, []))[1].append(plan)
    yield from groups.values()


def subject(inline: InlinePolicies) -> str:
    """What the message is about."""
    policies = "inline policy" if inline.count == 1 else "inline policies"
    return f"the role {inline.role} has {inline.count} {policies}"


def users(group: Sequence[MappingPlan]) -> str:
    """Whose role it is, if several mappings have it."""
    return "" if len(group) == 1 else f"; it is the role of {paths(group)}"


def fix(plan: MappingPlan) -> str:
    """What to do about it, in the words of the door."""
    ours = ", with grants=False at their constructs" if plan.door == Door.CONSTRUCT else ""
    return (
        "give some of the functions roles of their own, or write the statements of several mappings into a managed "
        f"policy of the role, which has a quota of its own{ours}"
    )
