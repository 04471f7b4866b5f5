"""Which kind of source a mapping reads: by the resource that it names, by its ARN, or by its own settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.facts import UNKNOWN, Shape, Unknowable
from cdk_esm.plan import FailurePath, Source
from cdk_esm.plan.identity import split_consumer
from cdk_esm.sources import MQ, NO_SOURCE, SHEETS, SOURCES
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.resources import LEAD_TO_SOURCES, RESOURCES, TABLES, is_arn
from cdk_esm.template.cloudformation.arns import Arn, parsed, place_of, recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, Text, identity, plain, text
from cdk_esm.template.resources.clusters import (
    read_broker,
    read_cluster,
    read_document_cluster,
    read_self_managed,
)
from cdk_esm.template.resources.failure import destination_of
from cdk_esm.template.resources.queues import failure_of_queue, read_queue
from cdk_esm.template.resources.streams import read_consumer, read_stream, read_table

_LONGEST_NAME: Final = 2000
_MQ: Final = ("activemq", "rabbitmq")
"""The two engines of a broker, which neither its type nor its ARN tells apart."""
_WITH_SOURCES: Final = tuple(facts for facts in RESOURCES.values() if facts.arn is not None and facts.sources)
"""The types of resources that a mapping can read, and that an ARN leads to."""
_TARGET: Final = "TargetClusterArn"
_BY_SETTING: Final[Mapping[str, str]] = {
    "AmazonManagedKafkaEventSourceConfig": "msk",
    "DocumentDBEventSourceConfig": "documentdb",
    "Queues": MQ.kind,
    "Topics": "msk",
}


_READERS: Final[Mapping[Shape, Callable[[Evaluator, Evaluated, Stack], Source]]] = {
    Shape.STREAM: read_stream,
    Shape.CONSUMER: read_consumer,
    Shape.TABLE: read_table,
    Shape.BROKER: read_broker,
    Shape.DOCUMENT_CLUSTER: read_document_cluster,
}
"""What reads the sources of a shape; a queue, and a cluster with what its sheet says, are read apart."""


@dataclass(frozen=True)
class SourceFound:
    """The source of a mapping.

    Args:
        kind: the source kind; absent if nothing tells.
        source: what is known of it.
        failure: where its failed records end.
        named: the resource of the templates, or the value, that its ARN leads to.
    """

    kind: str | None
    source: Source
    failure: FailurePath | Unknowable
    named: Evaluated = None


def read_source(
    evaluator: Evaluator, settings: Mapping[str, Evaluated], stack: Stack, said: str | None = None
) -> SourceFound:
    """Find out what a mapping reads, from its evaluated properties.

    Args:
        evaluator: the evaluator.
        settings: the properties.
        stack: the template that the mapping is in.
        said: the kind that its author says it reads, as the type of a SAM event does.
    """
    value = recognized(evaluator, settings.get("EventSourceArn"), stack)
    kind = _kind(evaluator, value, settings, said)
    if kind == "sqs":
        queue = read_queue(evaluator, value, stack)
        failure = failure_of_queue(evaluator, value)
        return SourceFound("sqs-fifo" if queue.fifo is True else "sqs", queue, failure, value)
    sheet = None if kind is None or kind == NO_SOURCE.kind else SHEETS[kind]
    source: Source
    if sheet is None or (sheet.arn_service is None and value is not None):
        source = _other(evaluator, value, stack)
    elif sheet.arn_service is None:
        written = _written(plain(settings.get("SelfManagedEventSource")), settings.get("Topics"))
        source = read_self_managed(evaluator, f"{stack.root.name}:{written}", settings, stack)
    elif sheet.shape is Shape.CLUSTER:
        source = read_cluster(evaluator, value, stack, sheet)
    else:
        source = _READERS[sheet.shape](evaluator, value, stack)
    return SourceFound(kind, source, destination_of(evaluator, settings, stack), value)


def _kind(evaluator: Evaluator, value: Evaluated, settings: Mapping[str, Evaluated], said: str | None) -> str | None:
    if settings.get("SelfManagedEventSource") is not None:
        return _by_name(evaluator, value, settings) or "self-managed-kafka"
    found = _by_name(evaluator, value, settings)
    if found is not None or said is not None:
        return found or said
    for setting, kind in _BY_SETTING.items():
        if settings.get(setting) is not None:
            return kind if kind != MQ.kind else _engine(None, settings)
    if settings.get("StartingPosition") is None:
        return "sqs"  # every other source needs a position, or queues, or brokers of its own
    # AWS refuses a mapping on nothing, or on what no mapping reads, whichever source was meant.
    return "kinesis" if value is None or parsed(value) is not None else None


def _by_name(evaluator: Evaluator, value: Evaluated, settings: Mapping[str, Evaluated]) -> str | None:
    """The kind that the named resource, or the service in the ARN, tells."""
    if isinstance(value, Text) and isinstance(value.parts[0], Pointer):
        return _by_what_is_below(value, value.parts[0].resource.kind)
    if isinstance(value, Pointer):
        facts = value.resource.facts
        if facts is None or is_arn(facts.type, value.attribute) is None:
            return None
        if facts.kind in LEAD_TO_SOURCES:
            target = evaluator.property(value.resource, _TARGET)
            return _by_name(evaluator, recognized(evaluator, target, value.resource.stack), settings)
        if facts.sources == _MQ:
            return _engine(text(evaluator.property(value.resource, "EngineType")), settings)
        return facts.sources[0] if facts.sources else NO_SOURCE.kind
    arn = parsed(value)
    return None if arn is None else _by_arn(arn, settings)


def _by_arn(arn: Arn, settings: Mapping[str, Evaluated]) -> str | None:
    """The kind that an ARN in words tells."""
    sources = _sources_of(arn)
    if sources == _MQ:
        return _engine(None, settings)
    if not sources:
        return NO_SOURCE.kind
    reads_stream = SOURCES[sources[0]].shape is Shape.STREAM
    return "kinesis-efo" if reads_stream and split_consumer(arn.name) is not None else sources[0]


def _sources_of(arn: Arn) -> tuple[str, ...]:
    """The kinds of sources that an ARN may lead to: of the type that its last part tells, or of its service."""
    fits = [facts for facts in _WITH_SOURCES if facts.arn is not None and facts.arn.service == arn.service]
    told = [facts for facts in fits if facts.arn is not None and facts.arn.like is not None]
    by_last_part = (facts for facts in told if facts.arn and re.fullmatch(facts.arn.like or "", arn.name))
    found = next(by_last_part, None) or next((facts for facts in fits if facts not in told), None)
    return () if found is None else found.sources


def _by_what_is_below(value: Text, above: Kind | None) -> str | None:
    """The kind that an ARN tells which goes on behind a resource: a consumer of a stream, or a table's stream."""
    if above is Kind.STREAM:
        return "kinesis" if split_consumer(identity(value) or "") is None else "kinesis-efo"
    return "dynamodb" if above in TABLES else None


def _engine(name: object, settings: Mapping[str, Evaluated]) -> str:
    """Which broker it is: as it says, or by the virtual host, which RabbitMQ alone has."""
    if isinstance(name, str):
        return "rabbitmq" if name.lower() == "rabbitmq" else "activemq"
    access = plain(settings.get("SourceAccessConfigurations"))
    if not isinstance(access, list):
        return MQ.kind
    types = [one.get("Type") for one in access if isinstance(one, dict)]
    return "rabbitmq" if "VIRTUAL_HOST" in types else MQ.kind


def _other(evaluator: Evaluator, value: Evaluated, stack: Stack) -> Source:
    """A source of which no more is known than where it is."""
    del evaluator
    region, account = place_of(value)
    name = identity(value) or f"{stack.name}:no source"
    return Source(
        identity=name,
        existing=not isinstance(value, Pointer),
        region=region,
        account=account,
        encryption_key=UNKNOWN,
    )


WHY_NO_KIND: Final = (
    "nothing in the template tells what kind of source it reads",
    "write the ARN of the source, or a reference to it, or agree to it with --allow-unjudged",
)
"""Why nobody can say what kind of source a mapping reads, and what to do about it."""


def _written(*records: Any) -> str:
    """A text that is the same for the same records."""
    return " ".join(repr(plain(record)) for record in records)[:_LONGEST_NAME]
