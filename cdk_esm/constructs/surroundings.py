"""Where a construct stands: its stack, its path, and what the constructs of one app remember of each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from constructs import Construct, IConstruct

from cdk_esm.constructs.nag import Settlement
from cdk_esm.constructs.tokens import is_token
from cdk_esm.facts import UNRESOLVED, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from cdk_esm.plan import MappingPlan


@dataclass(eq=False)
class AppMemory:
    """What the constructs of one app share: their plans for the whole-app check, and what is made once only.

    Args:
        plans: a function per construct that returns its plan as it stands when the app is synthesized.
        watched_functions: functions that already have their alarms.
        nag: what is to be acknowledged towards cdk-nag.
        assets: code by stack path and folder: a folder that several functions of a stack use is staged once.
    """

    plans: list[Callable[[], MappingPlan]] = field(default_factory=list)
    watched_functions: set[str] = field(default_factory=set)
    nag: Settlement = field(default_factory=Settlement)
    assets: dict[tuple[str, str], lambda_.Code] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The scope of a construct, asked once: each of these costs a call to Node.

    Args:
        path: the scope's path.
        stack: the stack.
        stack_name: its name, or a token.
        stack_path: its construct path.
        region_text: its Region, or a token.
        region: its Region; ``UNRESOLVED`` where the stack is not bound to one.
        account: its account, likewise.
        scopes: the scope and all above it.
        memory: what the app remembers.
    """

    path: str
    stack: cdk.Stack
    stack_name: str
    stack_path: str
    region_text: str
    region: Value[str]
    account: Value[str]
    scopes: tuple[IConstruct, ...]
    memory: AppMemory

    def weakly_refers_to(self, other: IConstruct) -> bool:
        """Whether the template would carry a value of another stack's resource as ``Fn::GetStackOutput``."""
        if cdk.Stack.of(other) is self.stack:
            return False
        return bool(self.stack.node.try_get_context("@aws-cdk/core:defaultCrossStackReferences") == "weak")

    @property
    def injected(self) -> bool:
        """Whether a property injector stands at the scope or above, so that new resources must be read back."""
        return any(cdk.PropertyInjectors.has_property_injectors(one) for one in self.scopes)


# Weak, so that a test suite with a thousand apps keeps none of them; by scope, because a path never changes.
_seen: WeakKeyDictionary[Any, Surroundings] = WeakKeyDictionary()
_memories: WeakKeyDictionary[Any, AppMemory] = WeakKeyDictionary()


def surroundings_of(scope: Construct) -> Surroundings:
    """Return the surroundings of a scope, from memory where it was asked before."""
    found = _seen.get(scope)
    if found is None:
        stack = cdk.Stack.of(scope)
        region = stack.region
        found = Surroundings(
            path=scope.node.path,
            stack=stack,
            stack_name=stack.stack_name,
            stack_path=stack.node.path,
            region_text=region,
            region=UNRESOLVED if is_token(region) else region,
            account=UNRESOLVED if is_token(stack.account) else stack.account,
            scopes=tuple(scope.node.scopes),
            memory=_memory_of(scope),
        )
        _seen[scope] = found
    return found


def _memory_of(scope: Construct) -> AppMemory:
    """Return what the scope's app remembers; the first construct of an app also registers the whole-app check."""
    root = scope.node.root
    memory = _memories.get(root)
    if memory is None:
        memory = _memories[root] = AppMemory()
        if cdk.Stage.is_stage(root):
            from cdk_esm.constructs.validation import MappingValidation  # noqa: PLC0415 - it needs AppMemory itself

            cdk.Validations.of(root).add_plugins(MappingValidation(memory))
            root.node.add_validation(memory.nag)
    return memory
