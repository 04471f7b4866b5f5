"""What a poller needs its role for: the needs of its plan, each on what a policy of the template may call it."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_esm.facts import Grant
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.needs import needs
from cdk_esm.template.iam.roles import Target
from cdk_esm.template.mapped import MappingInTemplate
from cdk_esm.template.targets import TARGETS

PlacedNeed = tuple[Grant, str, Target]
"""A grant of the sheet, the action, and what it is needed on."""


def needs_of_mapping(mapped: MappingInTemplate, plan: MappingPlan) -> Iterator[PlacedNeed]:
    """Yield what the poller of a mapping needs for certain: what may be needed, nobody can miss."""
    for need in needs(plan):
        if need.applies is True:
            for target in TARGETS[need.grant.on](mapped, plan):
                yield from ((need.grant, action, target) for action in need.grant.actions)
