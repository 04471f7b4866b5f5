"""The stacks that are read together, and how one of them finds another."""

from __future__ import annotations

from collections.abc import Iterable

from cdk_esm.template.cloudformation.intrinsics import evaluator_of
from cdk_esm.template.cloudformation.stack import Resource, Stack, mapping_of


class Assembly:
    """Stacks that are read together: each finds what another exports, puts out, or deploys within itself."""

    def __init__(self, stacks: Iterable[Stack]) -> None:
        self.stacks = list(stacks)
        self._nested = {stack.within: stack for stack in self.stacks if stack.within is not None}
        self._deployed: dict[str, list[Stack]] = {}
        for stack in self.stacks:
            if stack.stack_name is not None:
                self._deployed.setdefault(stack.stack_name, []).append(stack)
        self._exports: dict[str, list[tuple[Stack, str]]] | None = None

    def nested(self, resource: Resource) -> Stack | None:
        """The stack that a resource of another one deploys."""
        return self._nested.get(resource)

    def deployed(self, stack_name: str, stack: Stack) -> Stack | None:
        """The one stack that is deployed under a name; two of them in two places tell nothing."""
        found = self._deployed.get(stack_name, [])
        near = [one for one in found if _same_place(one, stack)] if len(found) > 1 else found
        return near[0] if len(near) == 1 else None

    def exported(self, name: str, stack: Stack) -> tuple[Stack, str] | None:
        """The one output that exports a name in the account and Region of a stack."""
        if self._exports is None:
            self._exports = self._all_exports()
        found = [one for one in self._exports.get(name, ()) if _same_place(one[0], stack)]
        return found[0] if len(found) == 1 else None

    def _all_exports(self) -> dict[str, list[tuple[Stack, str]]]:
        self._exports = {}  # an export whose name is imported would ask for itself
        evaluator = evaluator_of(self)
        found: dict[str, list[tuple[Stack, str]]] = {}
        for stack in self.stacks:
            for output, body in stack.section("Outputs").items():
                export = mapping_of(mapping_of(body).get("Export")).get("Name")
                name = None if export is None else evaluator.value(export, stack)
                if isinstance(name, str):
                    found.setdefault(name, []).append((stack, output))
        return found


def _same_place(one: Stack, other: Stack) -> bool:
    """Whether two stacks are deployed into one Region and account, as far as that is known."""
    first, second = one.root, other.root
    return (first.region, first.account) == (second.region, second.account)
