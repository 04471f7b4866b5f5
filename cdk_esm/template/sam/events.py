"""Events of a function: those that Lambda polls for become mappings, each in the words of the event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from cdk_esm.plan import Wording
from cdk_esm.sources import SOURCES
from cdk_esm.sources.resource_types.functions import MAPPING
from cdk_esm.sources.resource_types.messages import QUEUE
from cdk_esm.sources.sam_events import (
    BATCH_SIZE_OF_SUBSCRIBED_QUEUE,
    FOR_THE_ROLE,
    OTHER_EVENTS,
    PULL_EVENTS,
    SAME,
    EventFacts,
)
from cdk_esm.sources.senders import SUBSCRIPTION_TYPE
from cdk_esm.template.sam.event_policies import give_for_event
from cdk_esm.template.sam.made import Made, Origin, attribute, by_macro, is_function, is_nothing, record
from cdk_esm.template.sam.policies import RolePolicies
from cdk_esm.template.sam.words import wording_of

_KINDS: Final[Mapping[str, str]] = {
    sheet.sam_event: kind for kind, sheet in SOURCES.items() if sheet.sam_event is not None
}
"""The type of an event to the kind of source that it says."""
_BY_A_SUBSCRIPTION: Final = "SQS"
"""The type of event that a queue counts as which an SNS event subscribes."""
_NEVER: Final = ("Tags", "EventSourceArn", "FunctionName")
_SUBSCRIPTION: Final = "SqsSubscription"
_OF_THE_SUBSCRIPTION: Final = ("FilterPolicy", "FilterPolicyScope", "RedrivePolicy", "Region")


@dataclass(frozen=True)
class EventsOf:
    """The function that events belong to.

    Args:
        logical_id: the function.
        invoked: what its mappings invoke: the function, or its alias.
        metadata: what the function says for its mappings too.
        policies: what its role has; events give it more.
        has_own_role: the role is one that SAM makes.
    """

    logical_id: str
    invoked: Mapping[str, Any]
    metadata: Mapping[str, Any]
    policies: RolePolicies
    has_own_role: bool


def add_events(made: Made, function: EventsOf, events: Any) -> None:
    """Make the mappings of a function's events."""
    if events is None or is_nothing(events):
        return
    if not isinstance(events, dict) or is_function(events) or by_macro(events):
        reason = "its events are made by a function or a macro, so nobody can tell what it reads"
        made.refuse(function.logical_id, "Events", reason, "write them out")
        return
    for name, event in events.items():
        _add_event(made, function, str(name), event)


def _add_event(made: Made, function: EventsOf, name: str, event: Any) -> None:
    place = f"Events/{name}"
    kind = record(event).get("Type")
    written = record(event).get("Properties", {})
    if not isinstance(kind, str) or (kind not in PULL_EVENTS and kind not in OTHER_EVENTS):
        fix = f"write one of {', '.join(PULL_EVENTS)}, if Lambda polls for it"
        made.refuse(function.logical_id, place, f"SAM has no type of events {_shown(kind)}", fix)
    elif kind not in PULL_EVENTS and kind != "SNS":
        return
    elif not isinstance(written, dict) or is_function(written) or by_macro(written) or by_macro(event):
        reason = "its properties are made by a function or a macro"
        made.refuse(function.logical_id, place, reason, "write them out")
    elif kind == "SNS":
        _add_subscription(made, function, name, written)
    else:
        _add_pull_event(made, function, name, kind, written)


def _shown(kind: object) -> str:
    return kind[:80] if isinstance(kind, str) else "that is no text"


def _add_pull_event(made: Made, function: EventsOf, name: str, kind: str, written: Mapping[str, Any]) -> None:
    facts = PULL_EVENTS[kind]
    foreign = sorted(_of_cloudformation(facts) & written.keys())
    if foreign:
        own_name = _own_name(facts, foreign[0])
        fix = "take it out" if own_name is None else f"write {own_name}, which is SAM's own name"
        reason = f"SAM takes no {foreign[0]} in an event of type {kind}"
        made.refuse(function.logical_id, f"Events/{name}", reason, fix)
        return
    properties: dict[str, Any] = {"FunctionName": function.invoked}
    for own, value in written.items():
        if own not in FOR_THE_ROLE:
            _set(properties, facts.renamed.get(own, own), _without_type(value) if own == "DestinationConfig" else value)
    made.add(
        f"{function.logical_id}{name}",
        MAPPING.type,
        properties,
        of=function.logical_id,
        origin=Origin(
            function.logical_id,
            ("Events", name),
            _wording(kind, name, has_own_role=function.has_own_role),
            _KINDS.get(kind),
        ),
        metadata=function.metadata,
    )
    give_for_event(function.policies, facts, written)


def _of_cloudformation(facts: EventFacts) -> frozenset[str]:
    """The names that CloudFormation has for what SAM names otherwise."""
    theirs = {name.partition(".")[0] for event in PULL_EVENTS.values() for name in event.renamed.values()}
    return frozenset((*theirs, *_NEVER)) - facts.renamed.keys()


def _own_name(facts: EventFacts, name: str) -> str | None:
    return next((own for own, theirs in facts.renamed.items() if theirs.partition(".")[0] == name), None)


def _set(properties: dict[str, Any], name: str, value: Any) -> None:
    """Set a property; a dot leads into a nested record."""
    *outer, last = name.split(".")
    inner = properties
    for one in outer:
        inner = inner.setdefault(one, {})
    inner[last] = value


def _without_type(config: Any) -> Any:
    """A destination without the type, which is SAM's alone."""
    on_failure = record(config).get("OnFailure")
    if not isinstance(on_failure, dict):
        return config
    return {**config, "OnFailure": {name: value for name, value in on_failure.items() if name != "Type"}}


@lru_cache(maxsize=512)
def _wording(kind: str, name: str, *, has_own_role: bool) -> Wording:
    theirs = {cloudformation: own for own, cloudformation in PULL_EVENTS[kind].renamed.items()}
    same = {one: one for one in SAME}
    return wording_of(
        name, {**same, **theirs}, PULL_EVENTS[kind].managed_policy if has_own_role else None, has_own_role=has_own_role
    )


def _add_subscription(made: Made, function: EventsOf, name: str, written: Mapping[str, Any]) -> None:
    """The mapping of a queue that SAM subscribes to a topic, and the queue itself where SAM makes it."""
    subscription = written.get(_SUBSCRIPTION)
    if not subscription or is_nothing(subscription):
        return
    if is_function(subscription) or by_macro(subscription):
        reason = "a function or a macro tells whether there is a queue"
        made.refuse(function.logical_id, f"Events/{name}", reason, f"write {_SUBSCRIPTION} out")
        return
    event = f"{function.logical_id}{name}"
    queue = record(subscription).get("QueueArn")
    batch_size = record(subscription).get("BatchSize") or BATCH_SIZE_OF_SUBSCRIBED_QUEUE
    if queue is None:
        topic = record(written.get("Topic")).get("Ref")
        fifo = made.fifo_topics.get(topic) if isinstance(topic, str) else None
        made.add(f"{event}Queue", QUEUE.type, {} if fifo is None else {"FifoQueue": fifo}, of=function.logical_id)
        queue = attribute(f"{event}Queue", "Arn")
    feed = {name: written[name] for name in _OF_THE_SUBSCRIPTION if name in written}
    made.add(
        event,
        SUBSCRIPTION_TYPE,
        {"Protocol": _BY_A_SUBSCRIPTION.lower(), "Endpoint": queue, "TopicArn": written.get("Topic"), **feed},
        of=function.logical_id,
    )
    made.add(
        f"{event}EventSourceMapping",
        MAPPING.type,
        {"FunctionName": function.invoked, "EventSourceArn": queue, "BatchSize": batch_size, "Enabled": True},
        of=function.logical_id,
        origin=Origin(
            function.logical_id,
            ("Events", name),
            _wording_of_subscription(name, has_own_role=function.has_own_role),
            _KINDS[_BY_A_SUBSCRIPTION],
        ),
        metadata=function.metadata,
    )
    give_for_event(function.policies, PULL_EVENTS[_BY_A_SUBSCRIPTION], {})


def _wording_of_subscription(name: str, *, has_own_role: bool) -> Wording:
    inside = {"EventSourceArn": f"{_SUBSCRIPTION}.QueueArn", "BatchSize": f"{_SUBSCRIPTION}.BatchSize"}
    return wording_of(name, inside, PULL_EVENTS[_BY_A_SUBSCRIPTION].managed_policy, has_own_role=has_own_role)
