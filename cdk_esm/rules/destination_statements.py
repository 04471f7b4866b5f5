"""What the policy of a destination of another account has to allow, for the rules that tell its owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdk_esm.facts import Neighbour
from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.rules.permissions import role_arn
from cdk_esm.sources.destinations import DESTINATIONS, OBJECT_PREFIX


def needed(plan: MappingPlan, failure: FailurePath, arn: str) -> Iterator[dict[str, Any]]:
    """What the policy of the destination has to allow: what the role needs of it."""
    principal = {"AWS": role_arn(plan)}
    places = {Neighbour.DESTINATION: arn, Neighbour.DESTINATION_OBJECTS: f"{arn}/{OBJECT_PREFIX}*"}
    for grant in DESTINATIONS[failure.kind].grants:
        if grant.on in places:
            yield {
                "Effect": "Allow",
                "Principal": principal,
                "Action": list(grant.actions),
                "Resource": places[grant.on],
            }
