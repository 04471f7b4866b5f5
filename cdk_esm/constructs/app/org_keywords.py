"""The keywords of a construct with the defaults of its organization in the place of what it was not given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

from aws_cdk import aws_lambda as lambda_

from cdk_esm.constructs.app.org_values import OrgValues
from cdk_esm.constructs.app.surroundings import Surroundings, surroundings_of
from cdk_esm.constructs.intake.alarm_choice import Alarms
from cdk_esm.constructs.intake.options import NewBucket, NewFunction, NewQueue, NewStream, NewTable, OnFailure
from cdk_esm.plan import MappingPlan

K = TypeVar("K", bound=Mapping[str, Any])
ORG = "org"


def with_org_defaults(keywords: K, where: Surroundings) -> tuple[K, Mapping[str, str]]:
    """The keywords, and the origin of what the organization said: a value of a record by a dot.

    A record that nobody gave is still our default, but for that value.
    """
    if not where.memory.org:
        return keywords, {}
    changed: Any = dict(keywords)
    origin = {}
    for name, keyword, value in chain(_said(changed, where.org), _said_of_destination(changed, where)):
        changed[keyword] = value
        origin[name] = ORG
        if keywords[keyword] is None:
            origin.setdefault(keyword, "default")
    return changed, origin


def of_org(plan: MappingPlan, origin: Mapping[str, str]) -> MappingPlan:
    """The plan, with the organization as the origin of what it said."""
    return replace(plan, origin={**plan.origin, **dict(sorted(origin.items()))}) if origin else plan


def leave_tags_out(mapping: lambda_.CfnEventSourceMapping, keywords: Mapping[str, Any], where: Surroundings) -> None:
    """Keep the tags of ``cdk.Tags`` off a mapping, where the organization wants none."""
    if where.memory.org and where.org.tags is False and keywords["tags"] is None:
        mapping.add_property_deletion_override("Tags")


def _said(keywords: dict[str, Any], org: OrgValues) -> Iterator[tuple[str, str, Any]]:
    """What the organization says: its name, the keyword, and the keyword's value.

    A step sees what the steps before it have changed.
    """
    if org.removal_policy is not None and keywords["removal_policy"] is None:
        yield "removal_policy", "removal_policy", org.removal_policy
    if org.visibility_timeout_factor is not None and _derives_visibility(keywords):
        yield "visibility_timeout_factor", "visibility_timeout_factor", org.visibility_timeout_factor
    if org.notify is not None:
        chosen = Alarms() if keywords["alarms"] is None else keywords["alarms"]
        if isinstance(chosen, Alarms) and chosen.notify == ():  # what is empty on purpose is a list
            yield "alarms.notify", "alarms", replace(chosen, notify=org.notify)
    function = keywords["function"]
    if org.log_retention is not None and isinstance(function, NewFunction) and _makes_its_log_group(function):
        yield "function.log_retention", "function", replace(function, log_retention=org.log_retention)
    if org.encryption_key is not None:
        yield from _encrypted(keywords, org.encryption_key)
    if isinstance(org.tags, Mapping) and isinstance(keywords["tags"], Mapping | None):
        yield "tags", "tags", {**org.tags, **(keywords["tags"] or {})}


def _said_of_destination(keywords: Mapping[str, Any], where: Surroundings) -> Iterator[tuple[str, str, Any]]:
    """The key of where failed records go, which is chosen when that is made: the bucket of a stack has the stack's."""
    if "on_failure" not in keywords:
        return
    value = keywords["on_failure"]
    chosen = OnFailure.bucket() if value is None else value
    if not isinstance(chosen, OnFailure) or chosen.kind not in {"bucket", "queue", "topic"}:
        return
    new, org = chosen.target, where.org
    if new is None and chosen.kind == "bucket":
        org = surroundings_of(where.stack).org
    elif new is not None and not (isinstance(new, NewBucket) and new.encryption is None and new.encryption_key is None):
        return
    if org.encryption_key is not None:
        yield "on_failure.encryption_key", "on_failure", value


def _derives_visibility(keywords: Mapping[str, Any]) -> bool:
    """Whether there is a new queue whose visibility timeout follows from the function's."""
    if keywords.get("visibility_timeout_factor", "not offered") is not None:
        return False
    queue = keywords["queue"]
    return queue is None or (isinstance(queue, NewQueue) and queue.visibility_timeout is None)


def _makes_its_log_group(function: NewFunction) -> bool:
    return function.log_retention is None and function.log_group is None


def _encrypted(keywords: Mapping[str, Any], key: Any) -> Iterator[tuple[str, str, Any]]:
    """The new sources, and a new dead-letter queue that is spoken of: one that is not has its source's key."""
    if "queue" in keywords:
        queue = NewQueue() if keywords["queue"] is None else keywords["queue"]
        for name, one in (("queue", queue), ("dead_letter_queue", keywords["dead_letter_queue"])):
            if isinstance(one, NewQueue) and one.encryption is None and one.encryption_master_key is None:
                yield f"{name}.encryption_master_key", name, replace(one, encryption_master_key=key)
    if "stream" in keywords:
        stream = NewStream() if keywords["stream"] is None else keywords["stream"]
        if isinstance(stream, NewStream) and stream.encryption is None and stream.encryption_key is None:
            yield "stream.encryption_key", "stream", replace(stream, encryption_key=key)
    table = keywords.get("table")
    if isinstance(table, NewTable) and table.encryption is None:
        yield "table.encryption", "table", replace(table, encryption=key)
