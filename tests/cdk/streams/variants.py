"""Every way to read a stream, with every end of a failed record, around what is new and around what exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_

import cdk_esm as esm
from tests.cdk.streams.existing import KEY, a_bucket, a_consumer, a_queue, a_stream, a_table, a_topic

Bundle = esm.KinesisToLambda | esm.DynamoDbToLambda

SOURCES: Final = ("shared", "fan-out", "dynamodb")
DESTINATIONS: Final = ("bucket", "queue", "topic", "discard")
FROM_THE_START: Final = lambda_.StartingPosition.TRIM_HORIZON
WHY: Final = "a lost click is a lost click"


@dataclass(frozen=True)
class Variant:
    """One way to read a stream, with one end of a failed record.

    Args:
        source: ``shared``, ``fan-out`` or ``dynamodb``.
        destination: ``bucket``, ``queue``, ``topic`` or ``discard``.
        existing: stream, consumer, table and destination were made before.
        encrypted: with a key of the user's, where there is a slot for one.
    """

    source: str
    destination: str = "bucket"
    existing: bool = False
    encrypted: bool = False

    def __str__(self) -> str:
        parts = [self.source, self.destination, "existing" if self.existing else "new"]
        return "-".join([*parts, "key"] if self.encrypted else parts)

    def stack(self, app: cdk.App) -> cdk.Stack:
        """A stack for the bundle: with a key of the user's, CDK makes a table only where the Region is known."""
        return cdk.Stack(app, "Shop", env=cdk.Environment(region="eu-west-1") if self.encrypted else None)

    @property
    def construct(self) -> type[Bundle]:
        return esm.DynamoDbToLambda if self.source == "dynamodb" else esm.KinesisToLambda

    def build(self, stack: cdk.Stack, function: Any, id: str = "Clicks", **keywords: Any) -> Bundle:  # noqa: A002 - CDK's word
        """Build the bundle, with whatever it is to be built around."""
        source_key, destination_key = self._key(stack, "SourceKey"), self._key(stack, "DestinationKey")
        source = self._existing_source(stack, source_key) if self.existing else self._new_source(source_key)
        on_failure = self._on_failure(stack, destination_key)
        return self.construct(stack, id, **{"function": function, **source, "on_failure": on_failure, **keywords})

    def _key(self, stack: cdk.Stack, name: str) -> kms.Key | None:
        return kms.Key(stack, name) if self.encrypted else None

    def _new_source(self, key: kms.Key | None) -> dict[str, Any]:
        if self.source == "dynamodb":
            return {"table": esm.NewTable(KEY, encryption=key)}
        return {"stream": esm.NewStream(encryption_key=key), "enhanced_fan_out": self.source == "fan-out"}

    def _existing_source(self, stack: cdk.Stack, key: kms.Key | None) -> dict[str, Any]:
        if self.source == "dynamodb":
            return {"table": a_table(stack, key=key)}
        stream = a_stream(stack, key=key)
        fan_out = a_consumer(stack, stream) if self.source == "fan-out" else None
        return {"stream": stream, "enhanced_fan_out": fan_out, "starting_position": FROM_THE_START}

    def _on_failure(self, stack: cdk.Stack, key: kms.Key | None) -> esm.OnFailure:
        if self.destination == "discard":
            return esm.OnFailure.discard(reason=WHY)
        if self.destination == "bucket":
            return esm.OnFailure.bucket(a_bucket(stack, key) if self.existing else None)
        if self.destination == "queue":
            return esm.OnFailure.queue(a_queue(stack, key) if self.existing else None)
        return esm.OnFailure.topic(a_topic(stack, key) if self.existing else None)


def variants(*, keys: bool = False) -> list[Variant]:
    """Every combination; with ``keys`` also each of them encrypted with the user's own."""
    return [
        Variant(source, destination, existing, encrypted)
        for source in SOURCES
        for destination in DESTINATIONS
        for existing in (False, True)
        for encrypted in ((False, True) if keys else (False,))
    ]


every_variant = pytest.mark.parametrize("variant", variants(), ids=str)
every_variant_and_key = pytest.mark.parametrize("variant", variants(keys=True), ids=str)
every_source = pytest.mark.parametrize("variant", [Variant(source) for source in SOURCES], ids=SOURCES)
