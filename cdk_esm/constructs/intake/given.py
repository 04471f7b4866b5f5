"""What was given to a construct, as type checkers know it: the attributes of a bundle have their types from it.

``SqsToLambda(…, function=NewFunction(…))`` is an ``SqsToLambda[NewFunction[None], None, None]`` to a type checker: the
arguments are the types of what was given as function, queue and dead-letter queue. So its ``function`` is a
``lambda_.Function``, and ``add_environment`` is there. ADR 0015 says why this way.

The variables of a class are by default whatever can be given, so that a bare ``SqsToLambda`` as the type of a parameter
takes every one. A keyword that may be left out has a variable of its call besides: by default it is ``None``, which was
given then. The others need none, and mypy is better off without: ``type[SqsToLambda]`` cannot be called with a variable
of the call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from typing_extensions import TypeVar

if TYPE_CHECKING:
    from aws_cdk import aws_dynamodb as dynamodb
    from aws_cdk import aws_kinesis as kinesis
    from aws_cdk import aws_lambda as lambda_
    from aws_cdk import aws_sqs as sqs

    from cdk_esm.constructs.intake.imported import Imported
    from cdk_esm.constructs.intake.options import (
        NewFunction,
        NewQueue,
        NewStream,
        NewTable,
        NoDeadLetterQueue,
        OnFailure,
    )

    AnyFunction: TypeAlias = NewFunction | lambda_.IFunction | lambda_.FunctionBase | Imported
    AnyQueue: TypeAlias = NewQueue | sqs.IQueue | sqs.QueueBase | Imported | None
    AnyDeadLetterQueue: TypeAlias = NewQueue | sqs.IQueue | sqs.QueueBase | NoDeadLetterQueue | None
    AnyStream: TypeAlias = NewStream | kinesis.IStream | kinesis.Stream | None
    AnyFanOut: TypeAlias = Literal[True, False] | kinesis.IStreamConsumer | kinesis.StreamConsumer | None
    AnyTable: TypeAlias = NewTable | dynamodb.ITable | dynamodb.ITableV2 | dynamodb.Table | dynamodb.TableV2
    AnyOnFailure: TypeAlias = OnFailure | None

# Bounds and defaults are texts: to look a class up in CDK would load its module.

GivenFunction = TypeVar(  # noqa: PLC0105 - editors show the name, and this one has no twin
    "GivenFunction", covariant=True, bound="AnyFunction", default="AnyFunction"
)
GivenQueue = TypeVar("GivenQueue", bound="AnyQueue", default=None)
GivenQueue_co = TypeVar("GivenQueue_co", covariant=True, bound="AnyQueue", default="AnyQueue")
GivenDeadLetterQueue = TypeVar("GivenDeadLetterQueue", bound="AnyDeadLetterQueue", default=None)
GivenDeadLetterQueue_co = TypeVar(
    "GivenDeadLetterQueue_co", covariant=True, bound="AnyDeadLetterQueue", default="AnyDeadLetterQueue"
)
GivenStream = TypeVar("GivenStream", bound="AnyStream", default=None)
GivenStream_co = TypeVar("GivenStream_co", covariant=True, bound="AnyStream", default="AnyStream")
GivenFanOut = TypeVar("GivenFanOut", bound="AnyFanOut", default=None)
GivenFanOut_co = TypeVar("GivenFanOut_co", covariant=True, bound="AnyFanOut", default="AnyFanOut")
GivenTable = TypeVar(  # noqa: PLC0105 - editors show the name, and this one has no twin
    "GivenTable", covariant=True, bound="AnyTable", default="AnyTable"
)
GivenOnFailure = TypeVar("GivenOnFailure", bound="AnyOnFailure", default=None)
GivenOnFailure_co = TypeVar("GivenOnFailure_co", covariant=True, bound="AnyOnFailure", default="AnyOnFailure")

if TYPE_CHECKING:

    class Attribute:
        """A property whose type depends on what was given; a subclass says how, as overloads of ``__get__``."""

        def __init__(self, get: Any) -> None: ...

else:
    Attribute = property
