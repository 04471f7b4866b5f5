"""The two sides of a comparison: what was read of each, and which stack of one is which of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cdk_esm.diff.changes import Place
from cdk_esm.errors import TemplateError
from cdk_esm.judge.inputs import assemblies_under
from cdk_esm.plan import MappingPlan
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.intrinsics import evaluator_of
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.reader import MAPPING_TYPE, Skipped, path_of, read
from cdk_esm.template.resources.alarms import Watch, read_alarms

_SUFFIXES: Final = (".json", ".yaml", ".yml", ".template")


@dataclass
class Mapping:
    """One mapping of one side, with its plans: several where conditions leave open how it is deployed."""

    resource: Resource
    plans: list[MappingPlan]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return place_of(self.resource)


@dataclass
class Side:
    """Everything that is compared of one side.

    Args:
        assemblies: what was read.
        resources: identity to resource, of all that may be deployed.
        evaluators: stack to the evaluator that reads it without assumptions.
        mappings: identity to mapping.
        watches: what its alarms watch.
        skipped: mappings that could not be read.
    """

    assemblies: list[Assembly]
    resources: dict[str, Resource] = field(default_factory=dict)
    evaluators: dict[Stack, Evaluator] = field(default_factory=dict)
    mappings: dict[str, Mapping] = field(default_factory=dict)
    watches: list[Watch] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def stacks(self) -> list[Stack]:
        """All its stacks."""
        return [stack for assembly in self.assemblies for stack in assembly.stacks]

    @property
    def plans(self) -> Iterator[MappingPlan]:
        """All its plans."""
        return (plan for mapping in self.mappings.values() for plan in mapping.plans)

    def evaluator(self, resource: Resource) -> Evaluator:
        """The evaluator that reads a resource."""
        return self.evaluators[resource.stack]


def read_sides(old: str, new: str) -> tuple[Side, Side]:
    """Read both sides, with the same name for the stacks that are the same.

    Raises:
        TemplateError: a path cannot be read, or there is no template under it.
    """
    return sides_of(_loaded(old), _loaded(new))


def sides_of(old: list[Assembly], new: list[Assembly]) -> tuple[Side, Side]:
    """Read what was loaded; a stack that is the same on both sides has the same name on both."""
    before, after = Side(old), Side(new)
    _pair(before.stacks, after.stacks)
    for side in (before, after):
        for assembly in side.assemblies:
            _read(side, assembly)
    return before, after


def place_of(resource: Resource) -> Place:
    """Where a resource stands."""
    file, origin = resource.stack.file or resource.stack.name, resource.origin
    if origin is None:
        return Place(path_of(resource), file, resource.logical_id)
    return Place(path_of(resource), file, origin.logical_id, origin.wording)


def _loaded(path: str) -> list[Assembly]:
    base = Path(path)
    assemblies = list(assemblies_under(base, set()))
    if not any(assembly.stacks for assembly in assemblies):
        raise TemplateError(f"{path}: there is no CloudFormation template in it")
    for assembly in assemblies:
        for stack in assembly.stacks:
            stack.name = _name_within(stack, base)
    return assemblies


def _name_within(stack: Stack, base: Path) -> str:
    """A name that another copy of the same folder gives to the same stack."""
    if stack.parent is not None and stack.within is not None:
        return f"{stack.parent.name}/{stack.within.logical_id}"
    file = Path(stack.file or stack.name)
    folder = file.parent.relative_to(base).as_posix() if base.is_dir() and file.is_relative_to(base) else "."
    name = stack.name if stack.stack_name is not None else _without_suffixes(file.name)
    return name if folder == "." else f"{folder}/{name}"


def _without_suffixes(name: str) -> str:
    for suffix in (*_SUFFIXES, *_SUFFIXES):
        name = name.removesuffix(suffix)
    return name


def _pair(old: list[Stack], new: list[Stack]) -> None:
    """Give the new side's name to the one stack of the old side that can only be it.

    A stack of an assembly is deployed under its name, so another name is another stack; a template alone has no name
    but its file's.
    """
    before, after = ([stack for stack in stacks if stack.parent is None] for stacks in (old, new))
    if len(before) != 1 or len(after) != 1:
        return
    named = before[0].stack_name is not None and after[0].stack_name is not None
    if not named:
        before[0].name = after[0].name
        for stack in old:
            if stack.parent is not None and stack.within is not None:
                stack.name = f"{stack.parent.name}/{stack.within.logical_id}"


def _read(side: Side, assembly: Assembly) -> None:
    evaluator = evaluator_of(assembly)
    plans: dict[Resource, list[MappingPlan]] = defaultdict(list)
    reading = read(assembly)
    for resource, plan in zip(reading.resources, reading.plans, strict=True):
        plans[resource].append(plan)
    for stack in assembly.stacks:
        side.evaluators[stack] = evaluator
        for resource in stack.resources.values():
            if stands(evaluator, resource) is False:
                continue
            side.resources[resource.identity] = resource
            if resource.type == MAPPING_TYPE:
                side.mappings[resource.identity] = Mapping(resource, plans[resource])
    side.watches += read_alarms(evaluator)
    side.skipped += reading.skipped
