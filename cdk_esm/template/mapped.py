"""A mapping as its template has it: what its properties name, and what is known of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cdk_esm.facts import UNKNOWN, Value
from cdk_esm.plan import SchemaRegistry, Secret
from cdk_esm.plan.identity import split_consumer
from cdk_esm.sources import broker_settings
from cdk_esm.sources.kafka_settings import MSK_REGISTRY, SELF_MANAGED_REGISTRY
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.resources import TABLES
from cdk_esm.template.cloudformation.arns import parsed, recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, identity, listed, text
from cdk_esm.template.iam.keys import name_of_key
from cdk_esm.template.iam.policies import followed
from cdk_esm.template.resources.streams import stream_of_consumer

_SECRETS: Final = "secretsmanager"


@dataclass(frozen=True)
class MappingInTemplate:
    """A mapping, as far as its own properties say what is beside it.

    Args:
        evaluator: the evaluator.
        given: its evaluated properties.
        stack: the template that it is in.
    """

    evaluator: Evaluator
    given: Mapping[str, Evaluated]
    stack: Stack

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
        """The source itself, if the mapping names something that belongs to it."""
        value = self.arn
        if isinstance(value, Pointer) and value.resource.kind in TABLES:
            return Pointer(value.resource, "StreamArn")
        through_consumer = isinstance(value, Pointer) and value.resource.kind is Kind.CONSUMER
        if through_consumer or split_consumer(identity(value) or "") is not None:
            return stream_of_consumer(self.evaluator, value)
        return value

    @property
    def registry(self) -> Evaluated:
        """The schema registry that the mapping names; a source has one place for it."""
        found = (self.setting(f"{record}.SchemaRegistryURI") for record in (MSK_REGISTRY, SELF_MANAGED_REGISTRY))
        return self.named(next((value for value in found if value is not None), None))

    def secrets(self) -> Iterator[Resource]:
        """The secrets of the template among the access configurations, of the source and of the schema registry."""
        for _, secret in self._secrets():
            yield secret

    def _secrets(self) -> Iterator[tuple[Value[str], Resource]]:
        """Those secrets, each with the type of access to the source that names it."""
        records = (MSK_REGISTRY, SELF_MANAGED_REGISTRY)
        of_registry = [one for record in records for one in listed(self.setting(f"{record}.AccessConfigs"))]
        of_source = listed(self.given.get(broker_settings.ACCESS.name))
        for entry in (*of_source, *of_registry):
            value = self.named(entry.get("URI")) if isinstance(entry, dict) else None
            if isinstance(entry, dict) and isinstance(value, Pointer) and value.resource.kind is Kind.SECRET:
                yield (text(entry.get("Type")) if entry in of_source else None), value.resource

    def secrets_elsewhere(self) -> Iterator[str]:
        """The ARNs of the secrets among the access configurations that are in no template."""
        for entry in listed(self.given.get(broker_settings.ACCESS.name)):
            value = self.named(entry.get("URI")) if isinstance(entry, dict) else None
            arn = parsed(value) if isinstance(value, str) else None
            if arn is not None and arn.service == _SECRETS:
                yield str(value)

    def secrets_known(self) -> tuple[Secret, ...]:
        """What is known of those secrets."""
        return tuple(
            Secret(
                identity=secret.identity,
                encryption_key=name_of_key(self.evaluator, secret),
                name=text(self.evaluator.property(secret, "Name")),
                type=kind,
            )
            for kind, secret in self._secrets()
        )

    def registry_known(self) -> SchemaRegistry | None:
        """What is known of the schema registry; ``None`` if the mapping names none."""
        value = self.registry
        name = identity(value)
        if name is None:
            return None
        if isinstance(value, Pointer):
            return SchemaRegistry(identity=name, of_glue=value.resource.kind is Kind.REGISTRY)
        arn = parsed(value)
        if arn is not None:
            return SchemaRegistry(identity=name, of_glue=arn.service == "glue")
        return SchemaRegistry(identity=name, of_glue=False if isinstance(value, str) else UNKNOWN)
