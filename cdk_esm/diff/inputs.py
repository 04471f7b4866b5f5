"""The two sides of a comparison: what was read of each, and which stack of one is which of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cdk_esm.diff.changes import Place
from cdk_esm.diff.pairing import GONE, names_of, pair, without_suffixes
from cdk_esm.errors import TemplateError
from cdk_esm.judge.inputs import assemblies_under
from cdk_esm.plan import MappingPlan
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.files import UNUSABLE, named_path, unusable
from cdk_esm.template.cloudformation.intrinsics import evaluator_of
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.reader import path_of, read
from cdk_esm.template.resources.alarms import Watch, read_alarms
from cdk_esm.template.unread import Skipped

NOTHING_DEPLOYED: Final = "none"
"""What the old side is called if nothing is deployed yet."""

Loaded = Sequence[Assembly | Skipped]


@dataclass
class MappingHere:
    """One mapping of one side, with its plans: several where conditions leave open how it is deployed."""

    resource: Resource
    plans: list[MappingPlan]

    @property
    def place(self) -> Place:
        """Where it is."""
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
        skipped: what could not be read, or has no partner on the other side.
        open_stacks: names of the stacks of which nobody can say which stack of the other side they are.
        renamed: what stacks are called on the other side, where both say what they are deployed as, and not the same.
    """

    assemblies: list[Assembly]
    resources: dict[str, Resource] = field(default_factory=dict)
    evaluators: dict[Stack, Evaluator] = field(default_factory=dict)
    mappings: dict[str, MappingHere] = field(default_factory=dict)
    watches: list[Watch] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    open_stacks: frozenset[str] = frozenset()
    renamed: list[tuple[str, Stack]] = field(default_factory=list)

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


def read_sides(old: str, new: str, chosen: Mapping[str, str | None] | None = None) -> tuple[Side, Side]:
    """Read both sides, with the same name for the stacks that are the same.

    Args:
        old: a template, a folder or an assembly, as it is deployed; ``none``, or an empty folder, if nothing is.
        new: the same, as it is to be deployed.
        chosen: an old name to the new name of the same stack, or ``None`` for a stack that is gone.

    Raises:
        TemplateError: a path cannot be read, there is no template under it, or no stack of one side is on the other.
    """
    return sides_of(_loaded(old, may_be_empty=True), _loaded(new), chosen)


def sides_of(old: Loaded, new: Loaded, chosen: Mapping[str, str | None] | None = None) -> tuple[Side, Side]:
    """Read what was loaded; a stack that is the same on both sides has the same name on both."""
    before, after = (Side([one for one in loaded if isinstance(one, Assembly)]) for loaded in (old, new))
    for side, loaded in ((before, old), (after, new)):
        side.skipped += [one for one in loaded if isinstance(one, Skipped)]
    chosen = chosen or {}
    unpaired = pair(_roots(before), _roots(after), chosen)
    after.renamed = list(_renamed(before, after, chosen))
    for stack in before.stacks:
        if stack.parent is not None and stack.within is not None:
            stack.name = f"{stack.parent.name}/{stack.within.logical_id}"
    for side in (before, after):
        for assembly in side.assemblies:
            _read(side, assembly)
    without_partner = [stack for stack in unpaired if not any(name in chosen for name in names_of(stack))]
    before.skipped += _without_partner(before, without_partner)
    before.open_stacks = frozenset(stack.name for stack in without_partner)
    return before, after


def _renamed(before: Side, after: Side, chosen: Mapping[str, str | None]) -> Iterator[tuple[str, Stack]]:
    """The new stacks that are old ones under another name, with that; what the user says is one is one."""
    named = {stack.name: stack for stack in _roots(after)}
    for stack in _roots(before):
        other = named.get(stack.name)
        if other is None or None in (stack.stack_name, other.stack_name) or stack.stack_name == other.stack_name:
            continue
        if not {*chosen.values()} & {*names_of(other)}:
            yield str(stack.stack_name), other


def _roots(side: Side) -> list[Stack]:
    return [stack for stack in side.stacks if stack.parent is None]


def _without_partner(side: Side, stacks: list[Stack]) -> Iterator[Skipped]:
    """Old stacks with mappings that are no new stack, as far as anybody can tell."""
    holding = {mapping.resource.stack.root for mapping in side.mappings.values()}
    for stack in stacks:
        if stack in holding:
            name = names_of(stack)[0]
            yield Skipped(
                name,
                "no new stack has its name, so nothing of it was compared",
                f"say which one it is with --stack {name}=NEW, or --stack {name}={GONE} if it is to be deleted",
                stack.file or stack.name,
            )


def place_of(resource: Resource) -> Place:
    """Where a resource is."""
    file, origin = resource.stack.file or resource.stack.name, resource.origin
    if origin is None:
        return Place(path_of(resource), file, resource.logical_id)
    return Place(path_of(resource), file, origin.logical_id, origin.wording)


def _loaded(path: str, *, may_be_empty: bool = False) -> Loaded:
    base = named_path(path)
    if may_be_empty and path == NOTHING_DEPLOYED and not base.exists():
        return []
    loaded = list(assemblies_under(base, set()))
    stacks = [stack for one in loaded if isinstance(one, Assembly) for stack in one.stacks]
    excused = [one for one in loaded if may_be_empty or isinstance(one, Skipped)]
    if not stacks and not excused and not (may_be_empty and _is_empty(base)):
        instead = f"; write {NOTHING_DEPLOYED} if nothing is deployed yet" if may_be_empty else ""
        raise TemplateError(f"{path}: there is no CloudFormation template in it{instead}")
    for stack in stacks:
        stack.name = _name_within(stack, base)
    return loaded


def _is_empty(base: Path) -> bool:
    """Whether a folder has nothing but what keeps it in a repository; with other files it may be the wrong folder."""
    try:
        return base.is_dir() and all(one.name.startswith(".") for one in base.iterdir())
    except UNUSABLE as error:
        raise unusable(base, error) from None


def _name_within(stack: Stack, base: Path) -> str:
    """A name that another copy of the same folder gives to the same stack."""
    if stack.parent is not None and stack.within is not None:
        return f"{stack.parent.name}/{stack.within.logical_id}"
    file = Path(stack.file or stack.name)
    folder = file.parent.relative_to(base).as_posix() if base.is_dir() and file.is_relative_to(base) else "."
    name = stack.name if stack.stack_name is not None else without_suffixes(file.name)
    return name if folder == "." else f"{folder}/{name}"


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
            if resource.kind is Kind.MAPPING:
                side.mappings[resource.identity] = MappingHere(resource, plans[resource])
    side.watches += read_alarms(evaluator)
    side.skipped += reading.skipped
