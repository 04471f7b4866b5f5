"""What every bundle hands out of its function, each attribute with the type that follows from what was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from cdk_esm.constructs.intake.given import Attribute, GivenFunction
from cdk_esm.constructs.intake.imported import Imported
from cdk_esm.constructs.intake.options import NewAlias, NewFunction
from cdk_esm.constructs.resources.functions import Built

L2 = TypeVar("L2", bound=lambda_.FunctionBase)


class _Function(Attribute):
    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> _Function: ...
        @overload
        def __get__(self, instance: WithFunction[NewFunction], owner: Any) -> lambda_.Function: ...
        @overload
        def __get__(self, instance: WithFunction[lambda_.QualifiedFunctionBase], owner: Any) -> lambda_.IFunction: ...
        @overload
        def __get__(
            self, instance: WithFunction[Imported[lambda_.QualifiedFunctionBase]], owner: Any
        ) -> lambda_.IFunction: ...
        @overload
        def __get__(self, instance: WithFunction[L2], owner: Any) -> L2: ...
        @overload
        def __get__(self, instance: WithFunction[Imported[L2]], owner: Any) -> L2: ...
        @overload
        def __get__(self, instance: WithFunction, owner: Any) -> lambda_.IFunction: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...


class _Target(Attribute):
    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> _Target: ...
        @overload
        def __get__(self, instance: WithFunction[NewFunction[None]], owner: Any) -> lambda_.Function: ...
        @overload
        def __get__(self, instance: WithFunction[NewFunction[str | NewAlias]], owner: Any) -> lambda_.Alias: ...
        @overload
        def __get__(self, instance: WithFunction[NewFunction], owner: Any) -> lambda_.Function | lambda_.Alias: ...
        @overload
        def __get__(self, instance: WithFunction[L2], owner: Any) -> L2: ...
        @overload
        def __get__(self, instance: WithFunction[Imported[L2]], owner: Any) -> L2: ...
        @overload
        def __get__(self, instance: WithFunction, owner: Any) -> lambda_.IFunction: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...


class _Role(Attribute):
    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> _Role: ...
        @overload
        def __get__(self, instance: WithFunction[NewFunction], owner: Any) -> iam.IRole: ...
        @overload
        def __get__(self, instance: WithFunction, owner: Any) -> iam.IRole | None: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...


class _LogGroup(Attribute):
    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> _LogGroup: ...
        @overload
        def __get__(self, instance: WithFunction[NewFunction], owner: Any) -> logs.ILogGroup: ...
        @overload
        def __get__(self, instance: WithFunction, owner: Any) -> logs.ILogGroup | None: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...


class WithFunction(Construct, Generic[GivenFunction]):
    """What has a function; not for direct use."""

    _function: Built

    @_Function
    def function(self) -> lambda_.IFunction:
        """The function itself, even if the mapping invokes an alias of it."""
        return self._function.function

    @_Target
    def target(self) -> lambda_.IFunction:
        """What the mapping invokes: the function, or an alias or version of it."""
        return self._function.target

    @_Role
    def role(self) -> iam.IRole | None:
        """The execution role; ``None`` if an imported function hides it."""
        return self._function.role

    @_LogGroup
    def log_group(self) -> logs.ILogGroup | None:
        """The function's log group; ``None`` for an existing function, whose log group is its own affair."""
        return self._function.log_group
