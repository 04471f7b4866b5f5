"""What a bundle hands out of a Kinesis stream, each attribute with the type that follows from what was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, overload

from aws_cdk import aws_kinesis as kinesis

from cdk_esm.constructs.intake.given import (
    Attribute,
    GivenFanOut_co,
    GivenFunction,
    GivenOnFailure_co,
    GivenStream_co,
)
from cdk_esm.constructs.intake.options import NewStream
from cdk_esm.constructs.records_bundle import RecordsToLambda

Existing = TypeVar("Existing", bound="kinesis.IStream | kinesis.Stream")
Consumer = TypeVar("Consumer", bound="kinesis.IStreamConsumer | kinesis.StreamConsumer")


class _Stream(Attribute):
    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> _Stream: ...
        @overload
        def __get__(self, instance: WithStream[Any, Any, NewStream], owner: Any) -> kinesis.Stream: ...
        @overload
        def __get__(self, instance: WithStream[Any, Any, None, bool | None], owner: Any) -> kinesis.Stream: ...
        @overload
        def __get__(self, instance: WithStream[Any, Any, Existing], owner: Any) -> Existing: ...
        @overload
        def __get__(self, instance: WithStream, owner: Any) -> kinesis.IStream: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...


class _Consumer(Attribute):
    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> _Consumer: ...
        @overload
        def __get__(self, instance: WithStream[Any, Any, Any, None], owner: Any) -> None: ...
        @overload
        def __get__(self, instance: WithStream[Any, Any, Any, Literal[True]], owner: Any) -> kinesis.StreamConsumer: ...
        @overload
        def __get__(self, instance: WithStream[Any, Any, Any, bool], owner: Any) -> kinesis.StreamConsumer | None: ...
        @overload
        def __get__(self, instance: WithStream[Any, Any, Any, Consumer], owner: Any) -> Consumer: ...
        @overload
        def __get__(self, instance: WithStream, owner: Any) -> kinesis.IStreamConsumer | None: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...


class WithStream(
    RecordsToLambda[GivenFunction, GivenOnFailure_co],
    Generic[GivenFunction, GivenOnFailure_co, GivenStream_co, GivenFanOut_co],
):
    """What reads a stream; not for direct use."""

    _stream: kinesis.IStream
    _consumer: kinesis.IStreamConsumer | None

    @_Stream
    def stream(self) -> kinesis.IStream:
        """The stream."""
        return self._stream

    @_Consumer
    def consumer(self) -> kinesis.IStreamConsumer | None:
        """The enhanced fan-out consumer; ``None`` on shared throughput."""
        return self._consumer
