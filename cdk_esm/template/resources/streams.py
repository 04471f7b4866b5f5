"""Kinesis streams with their consumers, and DynamoDB tables with their streams."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import Stream, TableStream
from cdk_esm.plan.identity import STREAM, split_consumer
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.resources import TABLES
from cdk_esm.template.cloudformation.arns import Arn, own_place, parsed, place_of, recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import (
    Evaluated,
    Hole,
    Pointer,
    Text,
    identity,
    joined,
    listed,
    number,
    plain,
    text,
)
from cdk_esm.template.iam.keys import name_of_key

_REPLICA_OF_CDK: Final = "Custom::DynamoDBReplica"


def read_stream(evaluator: Evaluator, value: Evaluated, stack: Stack) -> Stream:
    """What is known of a stream that a value names, on its shared throughput."""
    if isinstance(value, Pointer) and value.resource.kind is Kind.STREAM:
        resource = value.resource
        return evaluator.once(_own_stream, resource)
    region, account = place_of(value)
    return Stream(
        identity=identity(value) or f"{stack.name}:no stream",
        existing=True,
        retention_hours=UNKNOWN,
        shard_count=UNKNOWN,
        largest_record_kib=UNKNOWN,
        encryption_key=UNKNOWN,
        region=region,
        account=account,
    )


def read_consumer(evaluator: Evaluator, value: Evaluated, stack: Stack) -> Stream:
    """What is known of a stream that a value names a consumer of."""
    if isinstance(value, Pointer) and value.resource.kind is Kind.CONSUMER:
        resource = value.resource
        found = read_stream(evaluator, stream_of_consumer(evaluator, value), resource.stack)
        return replace(found, consumer=resource.identity, consumer_is_new=not _waits(resource))
    name = identity(value) or f"{stack.name}:no consumer"
    return replace(read_stream(evaluator, stream_of_consumer(evaluator, value), stack), consumer=name)


def stream_of_consumer(evaluator: Evaluator, value: Evaluated) -> Evaluated:
    """The stream of a consumer: as the resource says, or as the consumer's ARN begins."""
    if isinstance(value, Pointer):
        return recognized(evaluator, evaluator.property(value.resource, "StreamARN"), value.resource.stack)
    if isinstance(value, str):
        cut = split_consumer(value)
        return value if cut is None else cut[0]
    for place, piece in enumerate(getattr(value, "parts", ())):
        cut = split_consumer(piece) if isinstance(piece, str) else None
        if cut is not None:
            return joined([*value.parts[:place], cut[0]], "stream")
    return Hole(f"stream of {identity(value)}", UNKNOWN)


def _waits(consumer: Resource) -> bool:
    """Whether a consumer is made only after another one."""
    depends = consumer.body.get("DependsOn")
    others = [consumer.stack.resources.get(name) for name in listed(depends) if isinstance(name, str)]
    return any(other is not None and other is not consumer and other.kind is Kind.CONSUMER for other in others)


def _own_stream(evaluator: Evaluator, resource: Resource) -> Stream:
    region, account = own_place(resource)
    shards = number(evaluator.property(resource, "ShardCount"))
    mode = text(evaluator.property(resource, "StreamModeDetails", "StreamMode"))
    return Stream(
        identity=resource.identity,
        retention_hours=number(evaluator.property(resource, "RetentionPeriodHours")),
        shard_count=UNKNOWN if shards is None or mode not in (None, "PROVISIONED") else shards,
        largest_record_kib=number(evaluator.property(resource, "MaxRecordSizeInKiB")),
        encryption_key=name_of_key(evaluator, resource),
        region=region,
        account=account,
    )


def read_table(evaluator: Evaluator, value: Evaluated, stack: Stack) -> TableStream:
    """What is known of a table and of its stream, which a value names."""
    below = isinstance(value, Text) and isinstance(value.parts[0], Pointer)  # the stream of the template's own table
    table = value.parts[0] if below and isinstance(value, Text) else value
    if isinstance(table, Pointer) and table.resource.kind in TABLES:
        found = evaluator.once(_own_table, table.resource)
        named = identity(Pointer(table.resource, "StreamArn")) or found.identity
        itself = table.attribute == "Arn" and not below
        return replace(found, identity=named, has_stream=False if itself else found.has_stream)
    region, account = place_of(value)
    arn = parsed(value)
    return TableStream(
        identity=identity(value) or f"{stack.name}:no table",
        existing=True,
        has_stream=_names_a_stream(arn),
        view_type=UNKNOWN,
        replicated=UNKNOWN,
        encryption_key=UNKNOWN,
        region=region,
        account=account,
    )


def _names_a_stream(arn: Arn | None) -> bool | Unknowable:
    """Whether an ARN is that of a stream, and not of the table itself."""
    if arn is None:
        return UNKNOWN
    if STREAM in arn.name:
        return True
    return False if isinstance(arn.rest, str) else UNKNOWN


def _keys(evaluator: Evaluator, table: Resource) -> tuple[tuple[str, str | None], ...] | Unknowable:
    """The attributes of the primary key, each with the letter of its type, as far as the table declares it."""
    declared = evaluator.property(table, "AttributeDefinitions")
    types = {
        text(one.get("AttributeName")): text(one.get("AttributeType"))
        for one in listed(declared)
        if isinstance(one, dict)
    }
    schema = evaluator.property(table, "KeySchema")
    names = [text(one.get("AttributeName")) if isinstance(one, dict) else UNKNOWN for one in listed(schema)]
    if not names or not all(isinstance(name, str) for name in names):
        return UNKNOWN
    letters = {name: types.get(name) for name in names}
    return tuple((str(name), letter if isinstance(letter, str) else None) for name, letter in letters.items())


def _replicated_by_cdk(evaluator: Evaluator, stack: Stack) -> frozenset[Resource]:
    """The tables of a stack of which a custom resource of CDK makes replicas in other Regions."""
    named = [evaluator.property(one, "TableName") for one in stack.resources.values() if one.type == _REPLICA_OF_CDK]
    return frozenset(one.resource for one in named if isinstance(one, Pointer))


def _own_table(evaluator: Evaluator, resource: Resource) -> TableStream:
    region, account = own_place(resource)
    stream = plain(evaluator.property(resource, "StreamSpecification"))
    replicas = plain(evaluator.property(resource, "Replicas"))
    replicated: bool | Unknowable = resource in evaluator.once(_replicated_by_cdk, resource.stack)
    if isinstance(replicas, Unknowable):
        replicated = replicas
    elif isinstance(replicas, list):
        replicated = len(replicas) > 1
    return TableStream(
        identity=resource.identity,
        has_stream=stream if isinstance(stream, Unknowable) else stream is not None,
        view_type=text(evaluator.property(resource, "StreamSpecification", "StreamViewType")),
        replicated=replicated,
        keys=_keys(evaluator, resource),
        encryption_key=name_of_key(evaluator, resource),
        region=region,
        account=account,
    )
