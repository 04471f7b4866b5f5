"""What a poller needs its role for: the actions of the fact sheet, each on the neighbours that a mapping has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from cdk_esm.facts import Grant, SourceFacts, Unknowable
from cdk_esm.plan import Cluster, FailurePath, Source, TableStream
from cdk_esm.sources import broker_settings, msk_settings
from cdk_esm.sources.destinations import DESTINATIONS, OBJECT_PREFIX
from cdk_esm.sources.kafka_settings import MSK_REGISTRY, ON_FAILURE_ARN
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.resources import TABLES
from cdk_esm.sources.self_managed_kafka import SUBNET
from cdk_esm.template.cloudformation.arns import recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, identity, listed
from cdk_esm.template.iam.keys import key_of, own_key
from cdk_esm.template.iam.policies import Scope, followed, scope_of
from cdk_esm.template.iam.roles import EVERYWHERE, Target
from cdk_esm.template.resources.streams import stream_of_consumer

_PASSWORD: Final = "SASL_SCRAM_512_AUTH"  # noqa: S105 - a type of credentials
_BELOW_CONSUMER: Final = "/consumer/"
_ITS_OWN: Final = "its-own"
_DESTINATION_KEY: Final = "destination-key"


@dataclass(frozen=True)
class MappingInTemplate:
    """A mapping, as far as it decides what its poller needs.

    Args:
        evaluator: the evaluator.
        given: its evaluated properties.
        stack: the template that it stands in.
        source: what is known of its source.
        failure: where its failed records end.
    """

    evaluator: Evaluator
    given: Mapping[str, Evaluated]
    stack: Stack
    source: Source
    failure: FailurePath | Unknowable

    def named(self, value: Evaluated) -> Evaluated:
        """The resource that a value of the mapping names, or the value."""
        return followed(self.evaluator, recognized(self.evaluator, value, self.stack))

    def setting(self, name: str) -> Evaluated:
        """A property of the mapping; a dot leads into a nested record."""
        value: Evaluated = self.given
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return value

    @property
    def arn(self) -> Evaluated:
        """What the mapping names as its source."""
        return self.named(self.given.get("EventSourceArn"))

    @property
    def stream(self) -> Evaluated:
        """The source itself, where the mapping names something that belongs to it."""
        value = self.arn
        if isinstance(value, Pointer) and value.resource.kind in TABLES:
            return Pointer(value.resource, "StreamArn")
        through_consumer = isinstance(value, Pointer) and value.resource.kind is Kind.CONSUMER
        if through_consumer or "/consumer/" in (identity(value) or ""):
            return stream_of_consumer(self.evaluator, value)
        return value

    def accesses(self) -> Iterator[tuple[str, Evaluated]]:
        """The source access configurations, as types and URIs."""
        for entry in listed(self.given.get(broker_settings.ACCESS.name)):
            if isinstance(entry, dict):
                yield str(identity(entry.get("Type"))), self.named(entry.get("URI"))

    def secrets(self) -> list[Resource]:
        """The secrets of the template among them."""
        found = (uri.resource for _, uri in self.accesses() if isinstance(uri, Pointer))
        return [resource for resource in found if resource.kind is Kind.SECRET]


Need = tuple[Grant, str, Target]
"""A grant of the sheet, the action, and what it is needed on."""


def needs_of_mapping(mapped: MappingInTemplate, sheet: SourceFacts) -> Iterator[Need]:
    """Yield what the poller of a mapping needs, as far as it can be told."""
    nothing_to_read = isinstance(mapped.source, TableStream) and mapped.source.has_stream is False  # ESM222 says it
    for grant in () if nothing_to_read else sheet.grants:
        if grant.when is None or _APPLIES.get(grant.when, _never)(mapped):
            for target in _TARGETS.get(grant.on, _everywhere)(mapped):
                yield from ((grant, action, target) for action in grant.actions)
    yield from _of_destination(mapped)


def _of_destination(mapped: MappingInTemplate) -> Iterator[Need]:
    if not isinstance(mapped.failure, FailurePath) or mapped.failure.destination is None:
        return
    facts = DESTINATIONS.get(mapped.failure.kind)
    if facts is None:
        return
    if facts.arn_service is None:  # a topic: with whatever the cluster takes, and with IAM if that is the role's
        for grant in facts.grants if _with_iam(mapped) else ():
            targets = _TARGETS.get(grant.on, _everywhere)(mapped)
            yield from ((grant, action, target) for target in targets for action in grant.actions)
        return
    value = mapped.named(mapped.setting(ON_FAILURE_ARN.name))
    for grant in facts.grants:
        target = _objects(mapped, value) if grant.on == "destination-objects" else _on(mapped, value)
        yield from ((grant, action, one) for one in target for action in grant.actions)
    if isinstance(value, Pointer):
        key = Grant(facts.key_actions, on=_DESTINATION_KEY)
        yield from ((key, action, one) for one in _on_key(mapped, value.resource) for action in facts.key_actions)


def _on(mapped: MappingInTemplate, value: Evaluated) -> list[Target]:
    scope = scope_of(mapped.evaluator, value, mapped.stack)
    return [] if scope is None else [Target(scopes=(scope,))]


def _objects(mapped: MappingInTemplate, bucket: Evaluated) -> list[Target]:
    """The objects that Lambda writes into a bucket; the prefix of a policy may go on below theirs."""
    below = [
        Scope(f"{scope.text}/{OBJECT_PREFIX}", scope.resource, scope.certain, scope.service)
        for target in _on(mapped, bucket)
        for scope in target.scopes
    ]
    return [
        Target(scopes=(Scope(one.text + _ITS_OWN, one.resource, one.certain, one.service),), below=one.text)
        for one in below
    ]


def _on_key(mapped: MappingInTemplate, resource: Resource) -> list[Target]:
    key = own_key(mapped.evaluator, key_of(mapped.evaluator, resource))
    return [] if key is None else _on(mapped, Pointer(key, "Arn"))


def _on_source(mapped: MappingInTemplate) -> list[Target]:
    """The source; that of a table has a label in its ARN which a policy may name in part."""
    stream = mapped.stream
    if not isinstance(stream, Pointer) or stream.attribute != "StreamArn":
        return _on(mapped, stream)
    return [replace(one, below=one.scopes[0].text.removesuffix(_ITS_OWN)) for one in _on(mapped, stream)]


def _on_consumer(mapped: MappingInTemplate) -> list[Target]:
    """A consumer, by its own ARN or below that of its stream."""
    own, stream = (scope_of(mapped.evaluator, value, mapped.stack) for value in (mapped.arn, mapped.stream))
    if own is None:
        return []
    if stream is None:
        return [Target(scopes=(own,))]
    below = stream.text + _BELOW_CONSUMER
    by_stream = Scope(below + _ITS_OWN, stream.resource, stream.certain, stream.service)
    return [Target(scopes=(own, by_stream), below=below)]


def _on_source_key(mapped: MappingInTemplate) -> list[Target]:
    source = mapped.stream
    return _on_key(mapped, source.resource) if isinstance(source, Pointer) else []


def _on_secrets(mapped: MappingInTemplate) -> list[Target]:
    return [target for secret in mapped.secrets() for target in _on(mapped, Pointer(secret, "Ref"))]


def _on_secret_keys(mapped: MappingInTemplate) -> list[Target]:
    return [target for secret in mapped.secrets() for target in _on_key(mapped, secret)]


def _everywhere(mapped: MappingInTemplate) -> list[Target]:
    del mapped
    return [EVERYWHERE]


def _never(mapped: MappingInTemplate) -> bool:
    del mapped
    return False


def _with_iam(mapped: MappingInTemplate) -> bool:
    """Whether Lambda signs in to the cluster with the role: it does where IAM is on and nothing else is named."""
    offered = mapped.source.authentications if isinstance(mapped.source, Cluster) else frozenset()
    named = mapped.given.get(broker_settings.ACCESS.name)
    return not isinstance(offered, Unknowable) and "Iam" in offered and named in (None, [])


def _with_glue(mapped: MappingInTemplate) -> bool:
    named = mapped.named(mapped.setting(f"{MSK_REGISTRY}.SchemaRegistryURI"))
    is_own = isinstance(named, Pointer) and named.resource.kind is Kind.REGISTRY
    return is_own or ":glue:" in (identity(named) or "")


_APPLIES: Final[Mapping[str, Callable[[MappingInTemplate], bool]]] = {
    msk_settings.WITH_IAM: _with_iam,
    msk_settings.WITH_PASSWORD: lambda mapped: any(kind == _PASSWORD for kind, _ in mapped.accesses()),
    msk_settings.WITH_GLUE: _with_glue,
    broker_settings.WITH_NETWORK: lambda mapped: any(kind == SUBNET for kind, _ in mapped.accesses()),
    broker_settings.WITH_CREDENTIALS: lambda mapped: bool(mapped.secrets()),
    broker_settings.WITH_CREDENTIALS_OR_ROOT: lambda mapped: bool(mapped.secrets()),
    broker_settings.WITH_CREDENTIALS_KEY: lambda mapped: bool(mapped.secrets()),
    broker_settings.WITH_CREDENTIALS_OR_CLUSTER_KEY: lambda mapped: bool(mapped.secrets()),
}
_TARGETS: Final[Mapping[str, Callable[[MappingInTemplate], list[Target]]]] = {
    "source": _on_source,
    "source-key": _on_source_key,
    "consumer": _on_consumer,
    "secret": _on_secrets,
    "secret-key": _on_secret_keys,
}
