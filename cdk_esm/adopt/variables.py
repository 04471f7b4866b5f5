"""What the printed statements call the mappings."""

from __future__ import annotations

from collections.abc import Mapping
from keyword import iskeyword
from typing import Final

from cdk_esm.adopt.python import snake, without_hash
from cdk_esm.plan import MappingPlan, Stream
from cdk_esm.plan.identity import STREAM
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.consent import construct_path_of

_MEANT: Final = frozenset({"self", "esm"})
"""What a statement calls its stack and this library: a mapping is called otherwise."""


def variable_of(plan: MappingPlan, resources: Mapping[str, Resource], taken: set[str]) -> str:
    """A name for the mapping: its function and its source, or the construct that they are a part of, as it is."""
    source = plan.event_source.identity
    if isinstance(plan.event_source, Stream) and plan.event_source.consumer is not None:
        source = plan.event_source.consumer
    topics = plan.given("Topics") or plan.given("Queues")
    what = (
        topics[0] if isinstance(topics, list) and topics and isinstance(topics[0], str) else source.partition(STREAM)[0]
    )
    words = [_short(one, plan, resources) for one in (plan.function.pool or plan.function.identity, what)]
    wanted = free = "_".join(dict.fromkeys(words))
    if not wanted[0].isalpha() or iskeyword(wanted) or wanted in _MEANT:
        wanted = free = f"mapping_{wanted}"
    count = 1
    while free in taken:
        count += 1
        free = f"{wanted}_{count}"
    taken.add(free)
    return free


def _short(identity: str, plan: MappingPlan, resources: Mapping[str, Resource]) -> str:
    resource = resources.get(identity)
    if resource is None:
        return snake(identity.rpartition(":")[2].rpartition("/")[2])
    path = (construct_path_of(resource) or "").removesuffix("/Resource").removesuffix("/Default")
    if path.startswith(f"{plan.path}/"):  # its own name says what it is, such as a queue, and not of what
        path = plan.path
    return snake(path.rpartition("/")[2] or without_hash(resource.logical_id))
