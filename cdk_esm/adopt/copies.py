"""One piece of code that makes several stacks, such as those of an app's stages: its statements are printed once.

CDK's event sources put the path of the source, or of the function, into the logical id of the mapping, and so the name
of the stage. The same code has another id in each stack, and a statement has to keep all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cdk_esm.adopt.draft import Draft
from cdk_esm.adopt.marked import MarkedNames
from cdk_esm.adopt.python import Code
from cdk_esm.adopt.statement import code_of, fill
from cdk_esm.adopt.variables import variable_of
from cdk_esm.adopt.written import Handed
from cdk_esm.plan import MappingPlan
from cdk_esm.template.cloudformation.stack import Resource, Stack


@dataclass(frozen=True, eq=False)
class Found:
    """A mapping that is to be taken over.

    Args:
        plan: the mapping, as its template has it.
        resource: its resource there.
        written_out: how the texts of its template are written in Python, by the identities that they are.
        handed: what a deployment is handed, by the identities likewise.
    """

    plan: MappingPlan
    resource: Resource
    written_out: Mapping[str, Code]
    handed: Mapping[str, Handed]


def drafts_of(found: Iterable[Found], resources: Mapping[str, Resource], names: MarkedNames) -> list[Draft]:
    """What the statements say, each with the copies of its mapping in other stacks.

    Args:
        found: the mappings.
        resources: every resource of the input, by its identity.
        names: the marked names of all statements.
    """
    by_stack: dict[Stack, list[Found]] = {}
    for one in found:
        by_stack.setdefault(one.resource.stack, []).append(one)
    drafts: list[Draft] = []
    first: dict[tuple[str, ...], list[Draft]] = {}
    like: dict[tuple[str, ...], list[Draft]] = {}
    variables: set[str] = set()
    for stack, mappings in by_stack.items():
        # By itself, a stack that the same code makes is written with the same words.
        alone = _drafts(mappings, resources, MarkedNames(), set())
        words = tuple(code_of(draft) for draft in alone)
        if stack.construct_path is not None and words in first:
            for draft, copy in zip(first[words], alone, strict=True):
                draft.copies.append(copy)
            continue
        made = _drafts(mappings, resources, names, variables)
        drafts += made
        if stack.construct_path is not None:
            first[words] = made
            shape = tuple(f"{draft.variable} {draft.construct}" for draft in alone)
            _tell_what_differs(made, alone, like.setdefault(shape, alone))
    return drafts


def _tell_what_differs(drafts: list[Draft], alone: list[Draft], others: list[Draft]) -> None:
    """Say of each statement what sets it apart from that of a stack with the same functions and sources."""
    if others is alone:
        return
    for draft, one, other in zip(drafts, alone, others, strict=True):
        told = {**one.keywords, **other.keywords}
        names = [name for name in told if one.keywords.get(name) != other.keywords.get(name)]
        names += ["what stands behind the statement"] if one.after != other.after else []
        names += ["logical_id"] if one.resource.logical_id != other.resource.logical_id else []
        differing = f"only {', '.join(names)}" if names else "nothing"
        draft.notes.append(
            f"this looks like {other.plan.path} once more, from which {differing} differs. If one class makes both "
            "stacks, paste one of the two statements, and choose these values by self.node.path, which is "
            f"{draft.resource.stack.place} here"
        )


def _drafts(
    mappings: Iterable[Found], resources: Mapping[str, Resource], names: MarkedNames, variables: set[str]
) -> list[Draft]:
    drafts = [
        Draft(
            one.plan,
            one.resource,
            resources,
            names,
            variable_of(one.plan, resources, variables),
            one.written_out,
            one.handed,
        )
        for one in mappings
    ]
    for draft in drafts:
        fill(draft)
    return drafts
