"""Where a construct is: its path, its stack, and the app that it belongs to. Asking changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import aws_cdk as cdk
from constructs import Construct, IConstruct, Node

from cdk_esm.constructs.app.app_memory import AppMemory, memory_of
from cdk_esm.constructs.app.org_values import OrgValues
from cdk_esm.constructs.intake.tokens import is_token, name_in_node
from cdk_esm.facts import UNRESOLVED, Value


@dataclass(frozen=True, eq=False)
class Surroundings:
    """The scope of a construct, asked once: each of these costs a call to Node.

    Args:
        path: the scope's path.
        stack: the stack.
        stack_name: its name, or a token.
        deployed_name: the name of the stack that is deployed by itself: its own, or that of the stack it is nested in.
        stack_path: its construct path.
        region_text: its Region, or a token.
        region: its Region; ``UNRESOLVED`` if the stack is not bound to one.
        account_text: its account, or a token.
        account: its account, likewise.
        scopes: the scope and all above it.
        memory: what the app remembers.
    """

    path: str
    stack: cdk.Stack
    stack_name: str
    deployed_name: str
    stack_path: str
    region_text: str
    region: Value[str]
    account_text: str
    account: Value[str]
    scopes: tuple[IConstruct, ...]
    memory: AppMemory

    def weakly_refers_to(self, other: IConstruct) -> bool:
        """Whether the template would carry a value of another stack's resource as ``Fn::GetStackOutput``."""
        if cdk.Stack.of(other) is self.stack:
            return False
        return bool(self.stack.node.try_get_context("@aws-cdk/core:defaultCrossStackReferences") == "weak")

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes of the scope and of all above it; what hangs on a node has to be asked each time."""
        return tuple(scope.node for scope in self.scopes)

    @property
    def org(self) -> OrgValues:
        """The defaults of an organization that hold here; asked each time, because they are set one after the other."""
        found = OrgValues()
        if self.memory.org:  # from the app inwards
            for one in self.scopes:
                set_here = self.memory.org.get(name_in_node(one))
                found = found if set_here is None else set_here.over(found)
        return found

    @cached_property
    def injected(self) -> bool:
        """Whether a property injector is attached to the scope or above, so that new resources must be read back.

        Each scope is asked once, before the first bundle below it. What an injector that is added after that changes
        is found in the templates, when the app is synthesized.
        """
        asked = self.memory.injected
        for one in self.scopes:
            reference = name_in_node(one)
            if reference not in asked:
                asked[reference] = cdk.PropertyInjectors.has_property_injectors(one)
        return any(asked[name_in_node(one)] for one in self.scopes)


# By scope, because a path never changes. jsii itself keeps every construct until the process ends.
_seen: WeakKeyDictionary[Any, Surroundings] = WeakKeyDictionary()


def surroundings_of(scope: Construct) -> Surroundings:
    """Return the surroundings of a scope, from memory if it was asked before."""
    found = _seen.get(scope)
    if found is None:
        stack = cdk.Stack.of(scope)
        region, account = stack.region, stack.account
        found = Surroundings(
            path=scope.node.path,
            stack=stack,
            stack_name=stack.stack_name,
            deployed_name=_deployed_name(stack),
            stack_path=stack.node.path,
            region_text=region,
            region=UNRESOLVED if is_token(region) else region,
            account_text=account,
            account=UNRESOLVED if is_token(account) else account,
            scopes=tuple(scope.node.scopes),
            memory=memory_of(scope.node.root),
        )
        _seen[scope] = found
    return found


def _deployed_name(stack: cdk.Stack) -> str:
    """The first name that is known, from a stack outwards: that of a nested stack is made late, and is long."""
    outer: cdk.Stack | None = stack
    while outer is not None and is_token(outer.stack_name):
        outer = outer.nested_stack_parent
    return (stack if outer is None else outer).stack_name
