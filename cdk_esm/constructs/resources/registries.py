"""Schema registries: what a mapping says of one, and what the role is granted there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from aws_cdk import aws_glue as glue

from cdk_esm.constructs.intake.kafka_options import KafkaAuthentication, SchemaRegistry
from cdk_esm.constructs.intake.keywords import Intake
from cdk_esm.constructs.intake.tokens import is_token, known_or_unresolved, parts_around
from cdk_esm.constructs.resources.secrets import SecretFound
from cdk_esm.facts import UNKNOWN, Value
from cdk_esm.plan import SchemaRegistry as RegistryFacts
from cdk_esm.sources.broker_settings import ROOT_CERTIFICATE

_REGISTRY: Final = ":registry/"
_ARN: Final = re.compile(r"arn:[^:]+:glue:[^:]+:[0-9]{12}:registry/.+")
_URL: Final = re.compile(r"https?://\S+")
_KEYWORD: Final = "schema_registry"
_WAYS: Final = ("BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH", "OAUTHBEARER_AUTH")
Take = Callable[[str, object, str], SecretFound | None]


@dataclass(frozen=True)
class RegistryFound:
    """A schema registry as it was given.

    Args:
        facts: what is known of it.
        settings: what the mapping says of it, as a plan keeps it.
        tokens: what of that only the deployment knows, by name.
        arn: the ARN of a registry of AWS Glue; ``None`` for others.
    """

    facts: RegistryFacts
    settings: Mapping[str, Any]
    tokens: Mapping[str, Any]
    arn: str | None

    @property
    def schemas(self) -> str | None:
        """What all schemas of a registry of AWS Glue have in their ARNs."""
        if self.arn is None:
            return None
        if not is_token(self.arn):
            return f"{self.arn.replace(_REGISTRY, ':schema/')}/*"
        before, after = parts_around(_REGISTRY, self.arn)
        return f"{before}:schema/{after}/*"


def take_registry(intake: Intake, value: object, take_secret: Take) -> RegistryFound | None:
    """A schema registry from its slot; ``None`` if it cannot be taken, which ``intake`` remembers.

    Args:
        intake: remembers what cannot be taken.
        value: a ``SchemaRegistry``.
        take_secret: takes a secret, and remembers it for the role.
    """
    ways = {"SchemaRegistry.glue(…) or SchemaRegistry.confluent(…)": lambda one: isinstance(one, SchemaRegistry)}
    if not intake.one_of(_KEYWORD, value, ways):
        return None
    assert isinstance(value, SchemaRegistry)
    named = _named(intake, value)
    refused = len(intake.malformed)
    validated = intake.text_list(f"{_KEYWORD}.validate", value.validate)
    validations: Any = [{"Attribute": one} for one in validated] if len(intake.malformed) == refused else UNKNOWN
    format_ = intake.text(f"{_KEYWORD}.event_record_format", value.event_record_format, required=True)
    access, access_tokens = _access(intake, value, take_secret)
    if named is None:
        return None
    settings = {
        "SchemaRegistryURI": known_or_unresolved(named),
        "EventRecordFormat": format_,
        "SchemaValidationConfigs": validations,
    }
    tokens: dict[str, Any] = {"SchemaRegistryURI": named} if is_token(named) else {}
    if access:
        settings["AccessConfigs"] = access
    if access_tokens:
        tokens["AccessConfigs"] = access_tokens
    of_glue = value.kind == "glue"
    facts = RegistryFacts(identity=named, of_glue=of_glue)
    return RegistryFound(facts, settings, tokens, named if of_glue else None)


def _named(intake: Intake, value: SchemaRegistry) -> str | None:
    """The ARN of a registry of AWS Glue, or the URL of another one."""
    registry = value.registry
    if value.kind == "glue" and isinstance(registry, glue.CfnRegistry):
        return registry.attr_arn
    form, accepted = (
        (_ARN, "a registry of AWS Glue, or its ARN") if value.kind == "glue" else (_URL, "the URL of a registry")
    )
    if isinstance(registry, str) and (is_token(registry) or form.fullmatch(registry)):
        return registry
    intake.refuse(f"{_KEYWORD}.{value.kind}", registry, accepted)
    return None


def _access(
    intake: Intake, value: SchemaRegistry, take_secret: Take
) -> tuple[list[dict[str, Value[str]]], list[dict[str, str]]]:
    """How the poller signs in to the registry: as a plan keeps it, and with its tokens if there are any."""
    entries: list[dict[str, str]] = []
    given = value.authentication
    if given is not None:
        ways = {
            "KafkaAuthentication.basic(…), .mutual_tls(…) or .oauth_bearer(…)": lambda one: (
                isinstance(one, KafkaAuthentication) and one.kind in _WAYS and not one.parts
            )
        }
        if intake.one_of(f"{_KEYWORD}.authentication", given, ways):
            call = f"{_KEYWORD}=SchemaRegistry.confluent({_escaped(value.registry)}, authentication={given.written})"
            found = take_secret(f"{_KEYWORD}.authentication.secret", given.secret, call)
            entries += [] if found is None else [{"Type": given.kind, "URI": found.arn}]
    if value.root_certificate is not None:
        call = f"{_KEYWORD}=SchemaRegistry.confluent({_escaped(value.registry)}, root_certificate=SecretArn({{}}))"
        found = take_secret(f"{_KEYWORD}.root_certificate", value.root_certificate, call)
        entries += [] if found is None else [{"Type": ROOT_CERTIFICATE, "URI": found.arn}]
    written: list[dict[str, Value[str]]] = [
        {name: known_or_unresolved(one) for name, one in entry.items()} for entry in entries
    ]
    return written, entries if any(is_token(entry["URI"]) for entry in entries) else []


def _escaped(url: object) -> str:
    """A URL as Python writes it, in a text that is to be formatted."""
    return "url" if not isinstance(url, str) or is_token(url) else repr(url).replace("{", "{{").replace("}", "}}")
