"""The keywords of the constructs for Apache Kafka, and the plan that they make before anything is built."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aws_cdk import aws_lambda as lambda_

from cdk_esm.constructs.draft import EVENT_COUNT, Drafted, Hooks
from cdk_esm.constructs.intake.kafka_options import SchemaRegistry, ServiceGroup
from cdk_esm.constructs.intake.options import ProvisionedPollers
from cdk_esm.constructs.intake.positions import take_position
from cdk_esm.constructs.intake.tokens import is_token, known_or_unresolved
from cdk_esm.constructs.records_keywords import RETRIES, RecordsDraft, RecordsKeywords
from cdk_esm.constructs.resources.registries import RegistryFound, take_registry
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable, Value
from cdk_esm.plan import Cluster, FailurePath
from cdk_esm.sources import SOURCES
from cdk_esm.sources.broker_settings import ACCESS
from cdk_esm.sources.kafka_settings import (
    BISECT,
    CONSUMER_GROUP,
    ERROR_COUNT,
    KAFKA_METRICS,
    LOGGING,
    MSK_CONFIG,
    REGISTRY,
    SELF_MANAGED_CONFIG,
    TOPICS,
)
from cdk_esm.sources.kafka_settings import RETRIES as RETRY_ATTEMPTS
from cdk_esm.sources.live_mapping import MAPPING_UUID


class KafkaKeywords(RecordsKeywords):
    """The keywords that the constructs for Apache Kafka have, and that are no setting taken by its form."""

    topic: str
    authentication: Any
    starting_position: lambda_.StartingPosition | None
    consumer_group_id: str | ServiceGroup | None
    provisioned_poller_config: ProvisionedPollers | None
    schema_registry: SchemaRegistry | None
    log_level: lambda_.EventSourceMappingLogLevel | None


class KafkaDraft(RecordsDraft[Cluster]):
    """What Apache Kafka adds: a topic, how the poller signs in, as whom it reads, and what needs provisioned pollers.

    Attributes:
        group: the consumer group, or a token for it; ``None`` if Lambda names it after the mapping.
        registry: the schema registry, if there is one.
    """

    keywords: KafkaKeywords
    group: str | None = None
    registry: RegistryFound | None = None

    def drafted(self) -> Drafted:
        """Make the plan, with what is known of the schema registry."""
        drafted = super().drafted()
        if self.registry is None:
            return drafted
        return replace(drafted, plan=replace(drafted.plan, schema_registry=self.registry.facts))

    @abstractmethod
    def _source(self) -> Cluster:
        """Say what is known of the cluster."""

    @abstractmethod
    def _access(self, source: Cluster, failure: object) -> list[dict[str, Value[str]]] | Unknowable | None:
        """How the poller signs in and gets to the cluster."""

    def _neighbours(self, window: Value[int]) -> tuple[Cluster, FailurePath]:
        del window
        return self._source(), self._failure_path()

    @property
    def has_pollers(self) -> bool:
        """Whether the mapping has provisioned pollers, without which AWS takes no retry controls."""
        return self.keywords["provisioned_poller_config"] is not None

    def _in_queue_mode(self) -> bool:
        return False

    def _defaults(self, source: Cluster) -> dict[str, Any]:
        del source
        if not self.has_pollers or self._in_queue_mode():
            return {}
        return {BISECT.name: True, RETRY_ATTEMPTS.name: RETRIES}

    def _knobs(self) -> dict[str, Any]:
        given = self.keywords["consumer_group_id"]
        return {CONSUMER_GROUP: given.uuid if isinstance(given, ServiceGroup) else None}

    def _metrics_by_default(self) -> tuple[str, ...]:
        return (EVENT_COUNT, ERROR_COUNT, KAFKA_METRICS)

    def _response_types(self, *_: object) -> list[str]:
        given = self.keywords.get("report_batch_item_failures")
        return super()._response_types() if self.has_pollers or given is not None else []

    def _hooks(self) -> Hooks[Cluster]:
        sheet = SOURCES[self.kind].by_name
        record = MSK_CONFIG if MSK_CONFIG.name in sheet else SELF_MANAGED_CONFIG
        own = {
            TOPICS.name: self._topics,
            "StartingPosition": self._position,
            LOGGING.name: self._log_level,
            record.name: lambda *_: self._group_and_registry(record.name),
        }
        return {**super()._hooks(), **own} | ({ACCESS.name: self._access} if ACCESS.name in sheet else {})

    def _topics(self, *_: object) -> list[Value[str]]:
        topic = self.intake.text("topic", self.keywords["topic"], required=True)
        if topic is UNRESOLVED:
            self.intake.tokens[TOPICS.name] = [self.keywords["topic"]]
        return [topic]

    def _position(self, *_: object) -> Value[str]:
        given = self.keywords["starting_position"]
        if given is None and self._in_queue_mode():
            return None
        if given is None:
            self.intake.refuse(
                "starting_position",
                None,
                "a lambda_.StartingPosition",
                problem="missing-keyword",
                fix="write starting_position=lambda_.StartingPosition.TRIM_HORIZON, which reads all that the topic "
                "still holds; AT_TIMESTAMP reads from a moment on; LATEST misses what is written while the mapping is "
                "made; a consumer group with committed offsets goes on from there, whatever you say",
            )
            return UNKNOWN
        return take_position(self.intake, given)

    def _log_level(self, *_: object) -> dict[str, Any] | None:
        given, kind = self.keywords["log_level"], lambda_.EventSourceMappingLogLevel
        self.intake.record("log_level", given, "a lambda_.EventSourceMappingLogLevel", kind)
        return {"SystemLogLevel": given.name} if isinstance(given, kind) else None

    def _group_and_registry(self, record: str) -> dict[str, Any] | None:
        """The record that holds the consumer group and the schema registry."""
        found = {"ConsumerGroupId": self._group(record), REGISTRY: self._registry(record), **self._further()}
        return {name: value for name, value in found.items() if value is not None} or None

    def _further(self) -> dict[str, Any]:
        """What else the record holds."""
        return {}

    def _group(self, record: str) -> Value[str]:
        """The consumer group: by default a name that no other mapping has, so that the role can be limited to it."""
        given = self.keywords["consumer_group_id"]
        if isinstance(given, ServiceGroup):
            if given.uuid is not None and not (isinstance(given.uuid, str) and MAPPING_UUID.fullmatch(given.uuid)):
                self.intake.refuse(
                    "consumer_group_id.uuid",
                    given.uuid,
                    "the UUID of a mapping",
                    fix="pass the UUID that this prints: aws lambda list-event-source-mappings --function-name NAME "
                    "--query 'EventSourceMappings[].UUID'",
                )
            return None
        if given is not None:
            accepted = {"a text that is not empty": _is_text, "a ServiceGroup": lambda _: False}
            if not self.intake.one_of("consumer_group_id", given, accepted):
                return UNKNOWN
        self.group = self._default_group() if given is None else given
        group = known_or_unresolved(self.group)
        if group is UNRESOLVED:
            self.intake.tokens[f"{record}.ConsumerGroupId"] = self.group
        return group  # type: ignore[no-any-return]

    def _default_group(self) -> str:
        topic = self.keywords["topic"]
        return default_group(self.where.stack_name, self.where.region_text, self.where.account_text, self.path, topic)

    def _registry(self, record: str) -> Mapping[str, Any] | Unknowable | None:
        given = self.keywords["schema_registry"]
        if given is None:
            return None
        self.registry = take_registry(self.intake, given, self.secret)
        if self.registry is None:
            return UNKNOWN
        for name, value in self.registry.tokens.items():
            self.intake.tokens[f"{record}.{REGISTRY}.{name}"] = value
        return self.registry.settings


def default_group(stack: str, region: str, account: str, path: str, topic: object) -> str:
    """The consumer group of a mapping for which nobody chose one: no other mapping, Region or account has it.

    A construct that is moved in its app, and a stack that is renamed, get another group, which knows of no offsets. A
    topic that only the deployment knows is left out, because its token may be another one in each synthesis.
    """
    read = f"{path}/{topic}" if isinstance(topic, str) and not is_token(topic) else path
    return f"{stack}-{region}-{account}-{hashlib.sha256(read.encode()).hexdigest()[:8]}"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
