"""What a statement names beside the mapping: the function, the source, the place for failures, and keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cdk_esm.adopt.draft import Draft
from cdk_esm.adopt.python import Code, call
from cdk_esm.facts import Shape, Unknowable
from cdk_esm.plan import FailureKind, FailurePath, Stream
from cdk_esm.plan.identity import STREAM, table_of_stream
from cdk_esm.sources.destinations import KAFKA_TOPIC_PREFIX
from cdk_esm.sources.kafka_settings import MSK_CONFIG
from cdk_esm.sources.msk_settings import ACCESS_TYPES
from cdk_esm.sources.resource_facts import Kind

_FUNCTION: Final = "lambda_.Function.from_function_attributes(self, {id}, function_arn={arn}, same_environment=True)"
_CONSUMER: Final = "kinesis.StreamConsumer.from_stream_consumer_arn(self, {id}, {arn})"
_TABLE: Final = "dynamodb.Table.from_table_attributes(self, {id}, table_arn={arn}, table_stream_arn=…)"
_TABLE_OF_STREAM: Final = "dynamodb.Table.from_table_attributes(self, {id}, table_arn=…, table_stream_arn={arn})"
_ARN: Final = "arn:"
_OWN: Final[Mapping[FailureKind, tuple[str, str, str]]] = {
    FailureKind.BUCKET: ("bucket", "bucket", "s3.Bucket.from_bucket_arn(self, {id}, {arn})"),
    FailureKind.QUEUE: ("queue", "queue", "sqs.Queue.from_queue_arn(self, {id}, {arn})"),
    FailureKind.TOPIC: ("topic", "topic", "sns.Topic.from_topic_arn(self, {id}, {arn})"),
}


def put_function(draft: Draft) -> None:
    """The function, or its version or alias."""
    function = draft.plan.function
    kind = draft.resources[function.identity].kind if function.identity in draft.resources else None
    word = {Kind.ALIAS: "alias", Kind.VERSION: "version"}.get(kind, "function") if kind is not None else "function"
    draft.put("function", draft.neighbour(function.identity, word, made=_FUNCTION))


def put_source(draft: Draft) -> None:
    """The source, in the slot that its construct has for it."""
    slot = _SLOTS.get(draft.sheet.shape)
    if slot is not None:
        slot(draft)


def _queue(draft: Draft) -> None:
    made = "sqs.Queue.from_queue_arn(self, {id}, {arn})"
    draft.put("queue", draft.neighbour(draft.plan.event_source.identity, "queue", made=made))


def _stream(draft: Draft) -> None:
    stream = draft.plan.source_as(Stream)
    if stream.consumer is not None:
        draft.put("enhanced_fan_out", draft.neighbour(stream.consumer, "consumer", made=_CONSUMER))
        return
    made = "kinesis.Stream.from_stream_arn(self, {id}, {arn})"
    draft.put("stream", draft.neighbour(stream.identity, "stream", made=made))


def _table(draft: Draft) -> None:
    identity = draft.plan.event_source.identity
    if identity in draft.handed:
        draft.put("table", draft.neighbour(identity, "table", made=_TABLE_OF_STREAM))
        return
    table = table_of_stream(identity)
    if table.startswith(_ARN) and STREAM in table:
        table, _, label = table.partition(STREAM)
        made = _TABLE.replace("…", call("", f"{table}{STREAM}{label}")[1:-1])
        draft.put("table", draft.neighbour(table, "table", made=made))
        return
    draft.put("table", draft.neighbour(table, "table", made=_TABLE))


def arn_or_name(draft: Draft, identity: str, kind: str) -> str | Code:
    """The ARN of something whose slot takes one, or the marked name of a resource of the input."""
    written = draft.as_written(identity) if identity.startswith(_ARN) else None
    return draft.neighbour(identity, kind) if written is None else written


def _broker(draft: Draft) -> None:
    draft.put("broker", arn_or_name(draft, draft.plan.event_source.identity, "broker"))


def _document_cluster(draft: Draft) -> None:
    draft.put("cluster", arn_or_name(draft, draft.plan.event_source.identity, "cluster"))


_SLOTS: Final[Mapping[Shape, Callable[[Draft], None]]] = {
    Shape.QUEUE: _queue,
    Shape.STREAM: _stream,
    Shape.CONSUMER: _stream,
    Shape.TABLE: _table,
    Shape.BROKER: _broker,
    Shape.DOCUMENT_CLUSTER: _document_cluster,
}


def put_failure(draft: Draft) -> None:
    """Where failed records go; a mapping that sends them nowhere goes on doing so, and is told of a better way."""
    failure = draft.plan.failure
    if not draft.sheet.destinations:
        return
    if isinstance(failure, Unknowable) or (failure.destination is None and not failure.kind.nowhere):
        what = f"an esm.OnFailure for the destination of {draft.plan.path}, which only the deployment knows"
        draft.put(
            "on_failure", draft.names(f"{draft.variable}_on_failure", f"{draft.variable}_on_failure", "value", what)
        )
        return
    draft.put("on_failure", _destination(draft, failure))


def _destination(draft: Draft, failure: FailurePath) -> Code:
    if failure.kind.nowhere or failure.destination is None:
        what = f"why records that fail may be given up in {draft.plan.path}"
        reason = failure.reason or draft.reason("to_discard", what)
        draft.notes.append(
            "on_failure: failed records go nowhere now; leave the keyword out, and they go to a bucket that keeps them"
        )
        return call("esm.OnFailure.discard", reason=reason)
    identity = failure.destination.identity
    if failure.kind == FailureKind.KAFKA_TOPIC:
        topic: str | Code = identity.removeprefix(KAFKA_TOPIC_PREFIX)
        if draft.as_written(identity) is None:
            what = f"the name of the topic for failed records of {draft.plan.path}, without {KAFKA_TOPIC_PREFIX}"
            topic = draft.names(identity, f"{draft.variable}_failed_topic", "value", what)
        return call("esm.OnFailure.kafka_topic", topic)
    method, kind, made = _OWN[failure.kind]
    return call(f"esm.OnFailure.{method}", draft.neighbour(identity, kind, made=made))


def put_filter_key(draft: Draft) -> None:
    """The key that encrypts the filters."""
    key = draft.plan.filter_key
    if draft.plan.given("KmsKeyArn") is None:
        return
    identity = "the key of the filters" if key is None else key.identity
    draft.put("filter_encryption", draft.neighbour(identity, "key", made="kms.Key.from_key_arn(self, {id}, {arn})"))


def secret(draft: Draft, uri: object, kind: str, base: str) -> Code:
    """A secret that a mapping names."""
    about = "; as an ISecret, or as esm.SecretArn(arn, encryption_key=…) if it has a key of its own"
    if isinstance(uri, str) and uri.startswith(_ARN):
        own_key = ', encryption_key="the ARN of its key"' if _wants_own_key(draft, kind) else ""
        return draft.neighbour(uri, "secret", made=f"esm.SecretArn({{arn}}{own_key})", about=about)
    found = [one for one in draft.plan.secrets if one.type in (kind, None)]
    if len(found) == 1 or (found and found[0].type == kind):
        return draft.neighbour(found[0].identity, "secret", about=about)
    subject = f"{draft.variable}_{base}"
    return draft.names(subject, subject, "secret", f"secret of the type {kind} in {draft.plan.path}{about}")


def _wants_own_key(draft: Draft, kind: str) -> bool:
    """Whether the secret surely has its own key: Amazon MSK takes no other one with a password."""
    return MSK_CONFIG.name in draft.sheet.by_name and kind == ACCESS_TYPES["Scram"]
