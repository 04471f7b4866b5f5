"""What the rules about Kafka clusters, brokers and document clusters read from a mapping's settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cdk_esm.facts import UNKNOWN, NotApplicable, Unknowable, known
from cdk_esm.plan.broker import Cluster
from cdk_esm.plan.construct_notes import Door
from cdk_esm.plan.mapping import MappingPlan
from cdk_esm.plan.source import effective
from cdk_esm.sources.broker_settings import ACCESS, ACCESS_TYPE
from cdk_esm.sources.destinations import KAFKA_TOPIC_PREFIX
from cdk_esm.sources.kafka_settings import (
    MSK_CONFIG,
    MSK_GROUP_ID,
    ON_FAILURE_ARN,
    POLLERS,
    REGISTRY,
    RETRIES,
    RETRIES_WITH_DESTINATION,
    SELF_MANAGED_CONFIG,
    SELF_MANAGED_GROUP_ID,
    TOPICS,
)
from cdk_esm.sources.msk_settings import ACCESS_TYPES, AUTHENTICATION
from cdk_esm.sources.self_managed_kafka import (
    BOOTSTRAP_SERVERS,
    CONSUMPTION_MODE,
    QUEUE_MODE,
    RETRIES_IN_QUEUE_MODE,
)
from cdk_esm.sources.stream_settings import FOREVER


@dataclass(frozen=True)
class Access:
    """One entry of the source access configurations: its place in the list, type and URI."""

    index: int
    type: Any
    uri: Any


def access(plan: MappingPlan) -> list[Access]:
    """The source access configurations, as far as they are records.

    Raises:
        NotApplicable: the source takes none, or it is not known which there are.
    """
    if ACCESS.name not in plan.facts.by_name:
        raise NotApplicable
    entries = known(plan.given(ACCESS.name)) or ()
    if not isinstance(entries, list | tuple) or any(isinstance(entry, Unknowable) for entry in entries):
        raise NotApplicable
    return [
        Access(index, entry.get("Type"), entry.get("URI"))
        for index, entry in enumerate(entries)
        if isinstance(entry, Mapping)
    ]


def types(plan: MappingPlan) -> list[str]:
    """The types of the source access configurations, as far as the source offers them: of the rest ESM234 speaks.

    Raises:
        NotApplicable: one of them, or the list itself, is not known.
    """
    entries = access(plan)
    offered = plan.facts.by_name[ACCESS_TYPE.name].choices
    return [kind for entry in entries for kind in [known(entry.type)] if kind in offered]


def texts(plan: MappingPlan, name: str) -> list[str]:
    """The texts of a list that are written out in it."""
    members = plan.given(name)
    return [text for text in members if isinstance(text, str)] if isinstance(members, list | tuple) else []


def topics(plan: MappingPlan) -> list[str]:
    """The topics that the mapping reads, as far as they are known."""
    return texts(plan, TOPICS.name)


def servers(plan: MappingPlan) -> list[str]:
    """The bootstrap servers of a self-managed cluster, as far as they are known."""
    return texts(plan, BOOTSTRAP_SERVERS.name)


def cluster_of(plan: MappingPlan) -> Cluster:
    """The Kafka cluster that a mapping reads; ends a rule that has nothing to say about other sources.

    Raises:
        NotApplicable: the source is no Kafka cluster.
    """
    return plan.source_as(Cluster)


def without_pollers(plan: MappingPlan) -> bool:
    """Whether the source offers provisioned pollers and the mapping has none.

    Raises:
        NotApplicable: it is not known whether there are any.
    """
    return POLLERS.name in plan.facts.by_name and known(plan.given(POLLERS.name)) is None


def pollers_to_add(plan: MappingPlan) -> str:
    """Provisioned pollers as they are written at the door of the plan: the fewest that take over for one another."""
    least, most = 1, 2
    if plan.door == Door.CONSTRUCT and plan.wording is None:
        if plan.made_by is not None:
            return plan.say(POLLERS.name, {"MinimumPollers": least, "MaximumPollers": most})
        return f"{plan.say(POLLERS.name)}=ProvisionedPollers({least}, {most})"
    return f"{plan.say(POLLERS.name)}: {{MinimumPollers: {least}, MaximumPollers: {most}}}"


def settings_that_need_pollers(plan: MappingPlan, *names: str) -> Iterator[str]:
    """Yield those of the settings that are given, though the pollers that they need are not.

    A value that is what holds without the setting asks for nothing.
    """
    if not without_pollers(plan):
        return
    for name in names:
        value = plan.given(name)
        if name not in plan.facts.needs_pollers or isinstance(value, Unknowable) or value in (None, [], ()):
            continue
        if value != plan.facts.by_name[name].default:
            yield name


def group_name(plan: MappingPlan) -> str:
    """Where the consumer group of this source is named."""
    return MSK_GROUP_ID if MSK_GROUP_ID in plan.facts.by_name else SELF_MANAGED_GROUP_ID


def registry_name(plan: MappingPlan) -> str | None:
    """Where the schema registry of this source is named; ``None`` for a source that takes none."""
    records = (record.name for record in (MSK_CONFIG, SELF_MANAGED_CONFIG) if record.name in plan.facts.by_name)
    return next((f"{record}.{REGISTRY}.SchemaRegistryURI" for record in records), None)


def access_types(plan: MappingPlan) -> list[Any]:
    """The types of the source access configurations, with ``UNKNOWN`` for each that cannot be read.

    An entry that is hidden takes nothing away from those beside it, which tell already what is in use.
    """
    entries = plan.given(ACCESS.name)
    if isinstance(entries, Unknowable):
        return [entries]
    listed = entries if isinstance(entries, list | tuple) else [] if entries is None else [entries]
    return [entry.get("Type", UNKNOWN) if isinstance(entry, Mapping) else UNKNOWN for entry in listed]


def signs_in_by(plan: MappingPlan) -> str | None:
    """The way by which a mapping signs in to an Amazon MSK cluster, in the cluster's words.

    Credentials tell it. Without them it is what the user of a construct said, and nobody knows what is meant otherwise.

    Raises:
        NotApplicable: it is not known whether there are credentials.
    """
    named = known_types(plan)
    ways = [way for way, kind in ACCESS_TYPES.items() if kind in named]
    if ways:
        return ways[0] if len(ways) == 1 else None  # of several another rule speaks
    said = plan.choices.get(AUTHENTICATION)
    return said if isinstance(said, str) else None


def known_types(plan: MappingPlan) -> list[str]:
    """The types of the access configurations of a mapping that may take none."""
    return types(plan) if ACCESS.name in plan.facts.by_name else []


def in_queue_mode(plan: MappingPlan) -> bool:
    """Whether the mapping reads with a share group instead of a consumer group.

    Raises:
        NotApplicable: it is not known.
    """
    return CONSUMPTION_MODE.name in plan.facts.by_name and known(plan.setting(CONSUMPTION_MODE.name)) == QUEUE_MODE


def retries_before_destination(plan: MappingPlan) -> int | Unknowable:
    """How often a record is tried again before it is given up; -1 for no end.

    A share group gives it back to the broker by default, and with a destination no mapping on Kafka goes on for ever.
    """
    given: int | Unknowable | None = plan.given(RETRIES.name)
    if isinstance(given, Unknowable):
        return given
    try:
        if given is None and in_queue_mode(plan):
            return effective(None, RETRIES_IN_QUEUE_MODE)
    except NotApplicable:
        return UNKNOWN
    retries: int = plan.setting(RETRIES.name)
    lasting = retries == FOREVER and plan.given(ON_FAILURE_ARN.name) is not None
    return RETRIES_WITH_DESTINATION.value if lasting and RETRIES_WITH_DESTINATION in plan.facts.figures else retries


def destination_topic(plan: MappingPlan) -> str | None:
    """The Kafka topic that failed records go to; ``None`` if they go elsewhere, or nowhere.

    Raises:
        NotApplicable: the source takes no destination, or it is not known which there is.
    """
    if ON_FAILURE_ARN.name not in plan.facts.by_name:
        raise NotApplicable
    named = known(plan.given(ON_FAILURE_ARN.name))
    if not isinstance(named, str) or not named.startswith(KAFKA_TOPIC_PREFIX):
        return None
    return named.removeprefix(KAFKA_TOPIC_PREFIX)
