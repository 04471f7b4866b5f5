"""Every mapping of some templates, with the statement that takes it over, or with the reason why none does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from cdk_esm.adopt.consent import put_consent
from cdk_esm.adopt.copies import Found, drafts_of
from cdk_esm.adopt.marked import Marked, MarkedNames
from cdk_esm.adopt.python import without_hash
from cdk_esm.adopt.statement import Statement, construct_id_of, finished
from cdk_esm.adopt.written import handed_to, written_in
from cdk_esm.errors import TemplateError
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.judge.inputs import assemblies_under
from cdk_esm.plan import MappingPlan
from cdk_esm.sources import MQ
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.files import named_path
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.consent import construct_path_of
from cdk_esm.template.reader import Reading, read
from cdk_esm.template.unread import AGREE, Skipped


@dataclass
class Adoption:
    """What becomes of the mappings of some templates.

    Args:
        statements: those that take a mapping over.
        names: the marked names in them.
        left: what is not taken over, each with its reason.
    """

    statements: list[Statement] = field(default_factory=list)
    names: list[Marked] = field(default_factory=list)
    left: list[Skipped] = field(default_factory=list)

    @property
    def unreadable(self) -> bool:
        """Whether a file could not be read."""
        return any(one.unreadable for one in self.left)


def adopt(paths: Sequence[str]) -> Adoption:
    """Write the statements for every mapping under some paths.

    Args:
        paths: templates, folders and cloud assemblies.

    Raises:
        TemplateError: a path cannot be read, or there is no template under it.
    """
    adoption, names = Adoption(), MarkedNames()
    stacks, readings = _read(paths, adoption)
    resources: dict[str, Resource] = {}
    for stack in stacks:
        resources |= {one.identity: one for one in stack.resources.values()}
    found: list[Found] = []
    for assembly, reading in readings:
        adoption.left += [_as_left(one) for one in reading.skipped]
        for resource, ways in _of_each_mapping(reading).items():
            plan = _as_one(ways)
            left = _left(plan, ways, resource, resources.get(plan.event_source.identity))
            if left is None:
                found.append(Found(plan, resource, written_in(assembly, resource), handed_to(assembly, resource)))
            else:
                adoption.left.append(left)
    drafts = drafts_of(found, resources, names)
    put_consent(drafts)
    children: dict[str, set[str]] = {}
    for stack in stacks:
        children.setdefault(stack.name, set()).update(_children(stack))
    for draft in drafts:
        for one in draft.copies:
            children[draft.resource.stack.name] |= children[one.resource.stack.name]
    for draft in drafts:
        adoption.statements += finished(draft, construct_id_of(draft, children[draft.resource.stack.name]))
    adoption.names = list(names)
    return adoption


def _read(paths: Sequence[str], adoption: Adoption) -> tuple[list[Stack], list[tuple[Assembly, Reading]]]:
    """Read everything under some paths; what cannot be read in a folder is left, by name."""
    stacks: list[Stack] = []
    readings: list[tuple[Assembly, Reading]] = []
    taken: set[str] = set()
    for path in dict.fromkeys(paths):
        before = len(stacks), len(adoption.left)
        for assembly in assemblies_under(named_path(path), taken):
            if isinstance(assembly, Skipped):
                adoption.left.append(_as_left(assembly))
                continue
            stacks += assembly.stacks
            readings.append((assembly, read(assembly)))
        if before == (len(stacks), len(adoption.left)):
            raise TemplateError(f"{path}: there is no CloudFormation template in it")
    return stacks, readings


def _of_each_mapping(reading: Reading) -> dict[Resource, list[MappingPlan]]:
    """Each mapping, with every way in which it may be deployed."""
    ways: dict[Resource, list[MappingPlan]] = {}
    for plan, resource in zip(reading.plans, reading.resources, strict=True):
        ways.setdefault(resource, []).append(plan)
    return ways


def _as_one(plans: list[MappingPlan]) -> MappingPlan:
    """The mapping: what differs with a condition is something that only the deployment knows."""
    first = plans[0]
    settings = {name: one.settings[name] for one in plans for name in one.settings}
    open_ = {name for name in settings if any(one.settings.get(name) != settings[name] for one in plans)}
    return replace(
        first,
        settings=settings | dict.fromkeys(open_, UNRESOLVED),
        filters=UNRESOLVED if any(one.filters != first.filters for one in plans) else first.filters,
        failure=UNKNOWN if any(_end(one) != _end(first) for one in plans) else first.failure,
    )


def _end(plan: MappingPlan) -> object:
    """Where failed records end, without what is known of that place."""
    failure = plan.failure
    if isinstance(failure, Unknowable):
        return failure
    return failure.kind, failure.destination and failure.destination.identity


def _left(plan: MappingPlan, ways: list[MappingPlan], resource: Resource, source: Resource | None) -> Skipped | None:
    """Why no statement takes a mapping over; ``None`` for one that is."""
    unnamed = [name for name in _named_by(plan) if plan.given(name) in (None, "") or name in _malformed(plan)]
    if unnamed:
        why = f"it names no {' and no '.join(_NAMED[name] for name in unnamed)}, so that Lambda does not take it"
        fix = f"write {' and '.join(unnamed)}"
    elif len({(one.source, one.event_source.identity, one.function.identity) for one in ways}) > 1:
        why = "its source or its function is another one with another condition or parameter"
        fix = "write a statement for each, and give the mapping of each its CfnCondition"
    elif source is not None and source.made_of is not None:
        why = f"AWS SAM makes its source, {source.logical_id}, of the same event, and would delete it with the event"
        fix = "leave the event as it is, or give it a queue of yours first, and let the old one run empty"
    elif plan.facts.construct is None and plan.source != MQ.kind:
        why = f"there is no construct for its source ({plan.facts.label}), or nothing in the template tells which it is"
        fix = "leave it as it is, or name its source in the template"
    else:
        return None
    return Skipped(plan.path, why, fix, resource.stack.file or resource.stack.name, resource.logical_id)


_NAMED: Final = {"FunctionName": "function", "EventSourceArn": "source"}


def _named_by(plan: MappingPlan) -> Iterable[str]:
    """What a mapping has to name: its function, and its source, unless that is described."""
    return _NAMED if plan.given("SelfManagedEventSource") is None else ("FunctionName",)


def _malformed(plan: MappingPlan) -> set[str]:
    return {one.keyword for one in plan.malformed}


def _as_left(skipped: Skipped) -> Skipped:
    """What was not read, without the words about a check, which alone can agree to it."""
    fix = skipped.fix.removesuffix(AGREE).removesuffix(", or ")
    return replace(skipped, fix=fix or "take over by hand what it makes")


def _children(stack: Stack) -> Iterable[str]:
    """The ids that constructs of a stack have, however deep: the new one is to have none of them."""
    for logical_id, resource in stack.resources.items():
        path = stack.construct_paths.get(logical_id) or construct_path_of(resource)
        yield from [without_hash(logical_id)] if path is None else path.split("/")[1:]
