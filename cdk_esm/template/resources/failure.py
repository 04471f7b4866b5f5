"""On-failure destinations of mappings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import Destination, FailureKind, FailurePath
from cdk_esm.sources.destinations import DESTINATIONS, KAFKA_TOPIC_PREFIX
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.arns import own_place, parsed, place_of, recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, flag, identity
from cdk_esm.template.iam.keys import name_of_key
from cdk_esm.template.resources.queues import read_queue

_BY_SERVICE: Final = {facts.arn_service: FailureKind(kind) for kind, facts in DESTINATIONS.items()}


def destination_of(evaluator: Evaluator, settings: Mapping[str, Evaluated], stack: Stack) -> FailurePath | Unknowable:
    """Where a mapping's failed records end, as its own settings say."""
    value: Any = settings
    for name in ("DestinationConfig", "OnFailure", "Destination"):
        if isinstance(value, Hole):
            return value.why
        value = value.get(name) if isinstance(value, Mapping) else None
    if value is None:
        return FailurePath(kind=FailureKind.NONE)
    value = recognized(evaluator, value, stack)
    kind = value.resource.kind if isinstance(value, Pointer) else None
    if kind is not None and kind in DESTINATIONS:
        return FailurePath(kind=FailureKind(kind), destination=evaluator.once(_own, value.resource))
    return _elsewhere(value)


def _elsewhere(value: Evaluated) -> FailurePath | Unknowable:
    """A destination outside the templates, as far as its ARN tells."""
    name, arn = identity(value) or "", parsed(value)
    if name.startswith(KAFKA_TOPIC_PREFIX):
        return FailurePath(kind=FailureKind.KAFKA_TOPIC, destination=Destination(identity=name, existing=True))
    if arn is None or arn.service not in _BY_SERVICE:
        return UNKNOWN
    kind = _BY_SERVICE[arn.service]
    facts = DESTINATIONS[kind]
    region, account = place_of(value) if facts.arn_names_place else (UNKNOWN, UNKNOWN)
    destination = Destination(
        identity=name,
        existing=True,
        fifo=facts.can_be_fifo and arn.name.endswith(".fifo"),
        encryption_key=UNKNOWN,
        region=region,
        account=account,
    )
    return FailurePath(kind=kind, destination=destination)


def _own(evaluator: Evaluator, resource: Resource) -> Destination:
    region, account = own_place(resource)
    fifo: bool | Unknowable | None = None
    if resource.kind is Kind.QUEUE:
        fifo = read_queue(evaluator, Pointer(resource, "Arn"), resource.stack).fifo
    elif resource.kind is Kind.TOPIC:
        fifo = flag(evaluator.property(resource, "FifoTopic"))
    return Destination(
        identity=resource.identity,
        fifo=False if fifo is None else fifo,
        encryption_key=name_of_key(evaluator, resource),
        region=region,
        account=account,
    )
