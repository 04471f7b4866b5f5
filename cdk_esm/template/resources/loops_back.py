"""Ways by which what a function sends comes back to the source of its mapping: over a topic, a bus or a bucket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from cdk_esm.facts import UNRESOLVED, Value
from cdk_esm.plan import Loop, Way
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.senders import Via
from cdk_esm.template.cloudformation.arns import parsed, recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Hole, Pointer, identity, listed
from cdk_esm.template.iam.policies import Scope
from cdk_esm.template.iam.roles import Grants
from cdk_esm.template.resources.event_patterns import Pins, narrows, pins_of
from cdk_esm.template.resources.feeders import topic_of
from cdk_esm.template.resources.senders import Entry, entries_for

_SENDS: Final = "sqs:sendmessage"
_PUBLISHES: Final = "sns:publish"
_PUTS_EVENTS: Final = "events:putevents"
_PUTS_OBJECTS: Final = "s3:putobject"
_DEFAULT_BUS: Final = "default"
_IN_ARN: Final = "event-bus/"
_CREATED: Final = ("s3:ObjectCreated:*", "s3:ObjectCreated:Put")


@dataclass(frozen=True)
class _Outlets:
    """Where a function may send to, as its role says in so many words.

    Args:
        topics: the topics.
        queues: the queues.
        buckets: the buckets, as a whole.
        buses: the keys of each event bus, with what the policy says of the events that are put there.
    """

    topics: frozenset[str]
    queues: frozenset[str]
    buckets: frozenset[str]
    buses: Mapping[str, Pins]

    def __bool__(self) -> bool:
        return bool(self.topics or self.queues or self.buckets or self.buses)


def loops_of(evaluator: Evaluator, target: str, grants: Grants, *, filtered: bool) -> tuple[Loop, ...]:
    """The loops through the source of a mapping.

    Args:
        evaluator: the evaluator.
        target: the identity of the source.
        grants: what the role of the function is granted.
        filtered: the mapping has filters, which let only some of it through.
    """
    if grants.role is None:
        return ()
    outlets = evaluator.once(_outlets, grants.role, grants)
    if not outlets:
        return ()
    found = _once_each(_loops(evaluator, target, outlets))
    if not filtered:
        return tuple(found)
    words = "the filters of the mapping"
    return tuple(Loop(through=one.through, place=one.place, by=one.by, narrowed=one.narrowed or words) for one in found)


def _once_each(loops: Iterator[Loop]) -> list[Loop]:
    """Loops, each once: a bus goes by several names."""
    found: dict[tuple[Way, str], Loop] = {}
    for one in loops:
        found.setdefault((one.through, one.by), one)
    return list(found.values())


def _outlets(evaluator: Evaluator, role: Resource, grants: Grants) -> _Outlets:
    return _Outlets(
        topics=frozenset(_places(grants, _PUBLISHES)),
        queues=frozenset(grants.resources_of(_SENDS)),
        buckets=frozenset(one.removesuffix("/*") for one in _places(grants, _PUTS_OBJECTS) if one.endswith("/*")),
        buses=_buses(evaluator, grants, role.stack),
    )


def _places(grants: Grants, action: str) -> Iterator[str]:
    for one in grants.places_of(action):
        if one.statement.conditions == frozenset() and one.scope.text != "*":
            yield one.scope.text


def _buses(evaluator: Evaluator, grants: Grants, stack: Stack) -> dict[str, Pins]:
    found: dict[str, Pins] = {}
    for one in grants.places_of(_PUTS_EVENTS):
        pins = pins_of(one.statement.condition)
        if pins is not None:
            for key in _keys_of_scope(evaluator, one.scope, stack):
                found[key] = {} if key in found else pins
    return found


def _keys_of_scope(evaluator: Evaluator, scope: Scope, stack: Stack) -> frozenset[str]:
    """What a rule may call the event bus that a policy names."""
    if scope.resource is not None:
        return _keys_of_bus(scope.resource) if scope.resource.kind is Kind.EVENT_BUS else frozenset()
    before, found, name = scope.text.partition(f":{_IN_ARN}")
    account = before.rpartition(":")[2] if not before.endswith("AWS::AccountId") else ""
    own = account in ("", stack.root.account)
    if not found or not own or scope.is_pattern:
        return frozenset()
    return evaluator.once(_keys_by_reference, stack).get(name, frozenset({name}))


def _keys_of_bus(bus: Resource) -> frozenset[str]:
    name = bus.properties.get("Name")
    keys = {bus.identity, f"{bus.identity}.Ref", f"{bus.identity}.Name"}
    return frozenset(keys | ({name} if isinstance(name, str) else set()))


def _keys_by_reference(evaluator: Evaluator, stack: Stack) -> Mapping[str, frozenset[str]]:
    """The keys of each bus of a stack, by what a reference to its name comes to."""
    del evaluator
    buses = [_keys_of_bus(one) for one in stack.resources.values() if one.kind is Kind.EVENT_BUS]
    return {key: keys for keys in buses for key in keys}


def _bus_of_rule(evaluator: Evaluator, rule: Resource) -> frozenset[str]:
    """The keys of the bus that a rule listens to."""
    value = evaluator.property(rule, "EventBusName")
    if value is None:
        return frozenset({_DEFAULT_BUS})
    if isinstance(value, Pointer):
        return _keys_of_bus(value.resource) if value.resource.kind is Kind.EVENT_BUS else frozenset()
    arn = parsed(value)
    name = identity(value) if arn is None else arn.name.removeprefix(_IN_ARN)
    return frozenset() if name is None else frozenset({name})


def _loops(evaluator: Evaluator, target: str, outlets: _Outlets) -> Iterator[Loop]:
    by_origin = evaluator.once(_by_origin, target)
    for topic, entry in _met(by_origin, Via.SUBSCRIPTION, outlets.topics):
        yield Loop(through=Way.TOPIC, place=topic, by=entry.resource.logical_id, narrowed=_by_policy(entry))
    for bus, entry in _met(by_origin, Via.RULE, outlets.buses.keys()):
        yield _by_rule(evaluator, entry, bus, outlets.buses[bus])
    for bucket, entry in _met(by_origin, Via.NOTIFICATION, outlets.buckets):
        if _tells_of_new_objects(entry):
            narrowed = None if entry.setting("Filter") in (None, {}) else "the filter of the notification"
            yield Loop(through=Way.BUCKET, place=bucket, by=f"the notification of {bucket}", narrowed=narrowed)
    for queue, _ in _met(by_origin, Via.REDRIVE, outlets.queues):
        yield Loop(through=Way.DEAD_LETTERS, place=queue, by=f"the redrive policy of {queue}")


def _met(by_origin: Mapping[str, list[Entry]], via: Via, names: AbstractSet[str]) -> Iterator[tuple[str, Entry]]:
    """What sends in one way, and gets it from one of these: the shortest name first."""
    for name in sorted(names & by_origin.keys(), key=lambda name: (len(name), name)):
        yield from ((name, entry) for entry in by_origin[name] if entry.via is via)


def _by_origin(evaluator: Evaluator, target: str) -> dict[str, list[Entry]]:
    """What certainly sends to a target, by what it gets that from: a topic, a bus, a bucket, a queue."""
    found: dict[str, list[Entry]] = {}
    for entry in entries_for(evaluator, target):
        for origin in _origins(evaluator, entry) if entry.certain else ():
            found.setdefault(origin, []).append(entry)
    return found


def _origins(evaluator: Evaluator, entry: Entry) -> frozenset[str]:
    if entry.via is Via.RULE:
        return _bus_of_rule(evaluator, entry.resource) if _takes_events(evaluator, entry.resource) else frozenset()
    if entry.via is Via.SUBSCRIPTION:
        origin = topic_of(evaluator, entry)
    elif entry.via is Via.NOTIFICATION and entry.resource.kind is not Kind.BUCKET:
        named = evaluator.property(entry.resource, "BucketName")
        origin = recognized(evaluator, named, entry.resource.stack)
    else:
        return frozenset({entry.resource.identity})
    name = origin.resource.identity if isinstance(origin, Pointer) else identity(origin)
    return frozenset() if name is None else frozenset({name})


def _takes_events(evaluator: Evaluator, rule: Resource) -> bool:
    """Whether a rule takes events of a bus: one with a schedule alone takes none."""
    return evaluator.property(rule, "EventPattern") is not None


def _by_policy(entry: Entry) -> Value[str]:
    """What of a topic a subscription takes, in words; ``None`` if it takes all."""
    policy = entry.setting("FilterPolicy")
    if policy in (None, {}, "{}", ""):
        return None
    return UNRESOLVED if isinstance(policy, Hole) else "the filter policy of the subscription"


def _by_rule(evaluator: Evaluator, entry: Entry, bus: str, pins: Pins) -> Loop:
    rule = entry.resource
    narrowed = narrows(evaluator.property(rule, "EventPattern"), rule.stack, pins)
    return Loop(through=Way.EVENT_BUS, place=bus, by=rule.logical_id, narrowed=narrowed)


def _tells_of_new_objects(entry: Entry) -> bool:
    events = [identity(one) for one in [*listed(entry.setting("Event")), *listed(entry.setting("Events"))]]
    return bool(set(events) & set(_CREATED))
