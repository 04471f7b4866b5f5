"""One mapping as a statement of ours."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import Final

from cdk_esm.adopt.attributes import put_attributes
from cdk_esm.adopt.consent import as_statement
from cdk_esm.adopt.draft import Draft
from cdk_esm.adopt.neighbours import put_failure, put_function, put_source
from cdk_esm.adopt.python import Code, call, literal, pascal
from cdk_esm.adopt.settings import put_settings
from cdk_esm.alarms.select import select
from cdk_esm.printed import one_line
from cdk_esm.template.consent import construct_path_of

_WIDTH: Final = 118
_NAME: Final = re.compile(r"\bYOUR_\w+")
_IMPORTS: Final = {
    "{Aws.": "from aws_cdk import Aws",
    "CfnDeletionPolicy.": "from aws_cdk import CfnDeletionPolicy",
    "(RemovalPolicy.": "from aws_cdk import RemovalPolicy",
    "Duration.": "from aws_cdk import Duration",
    "lambda_.": "from aws_cdk import aws_lambda as lambda_",
}


@dataclass(frozen=True)
class Statement:
    """The statement that takes a mapping over.

    Args:
        path: the path of the mapping.
        template: the file that it is in.
        stack: the stack that it is in.
        places: the construct paths of the stacks that the statement is pasted for: more than one, if the same code
            makes them. The name of the template, where no assembly tells a path.
        logical_id: its logical id there, which it keeps.
        construct: the construct that takes it over, or a marked name for it.
        code: the statement, with the lines behind it.
        notes: what has to be known of it: what cannot be kept, what is added, what has to be mended first.
    """

    path: str
    template: str
    stack: str
    places: tuple[str, ...]
    logical_id: str
    construct: str
    code: str
    notes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The marked names in it."""
        return tuple(dict.fromkeys(_NAME.findall(self.code)))

    @property
    def imports(self) -> tuple[str, ...]:
        """The lines that import what it takes of CDK."""
        return tuple(line for word, line in _IMPORTS.items() if word in self.code)

    @property
    def text(self) -> str:
        """The statement with its notes as comments."""
        lines = [] if len(self.places) > 1 else [f"# {one_line(self.path)}"]
        for note in self.notes:
            lines += textwrap.wrap(one_line(note), _WIDTH, initial_indent="#   ", subsequent_indent="#     ")
        return "\n".join([*lines, self.code])


def fill(draft: Draft) -> None:
    """Say everything that the mapping itself tells."""
    put_function(draft)
    put_source(draft)
    put_settings(draft)
    put_failure(draft)
    draft.put("logical_id", "")
    thresholds = {
        recipe.key: draft.names(
            f"{draft.variable}_{recipe.key}",
            f"{draft.variable}_{recipe.key}",
            "threshold",
            f"threshold of the alarm {recipe.key} of {draft.plan.path}: {recipe.reason}",
        )
        for recipe in select(as_statement(draft))
        if recipe.threshold is None
    }
    if thresholds:
        draft.put("alarms", call("esm.Alarms", thresholds=thresholds))
    put_attributes(draft)


def code_of(draft: Draft, construct_id: str = "") -> str:
    """The statement of a draft, with the lines behind it."""
    lines = [f"{draft.variable} = {draft.construct}(", "    self,", f"    {literal(construct_id)},"]
    lines += [f"    {keyword}={value}," for keyword, value in draft.keywords.items()]
    return "\n".join([*lines, ")", *draft.after])


def finished(draft: Draft, construct_id: str) -> list[Statement]:
    """The statement of a draft that says everything, once for each of the mappings that it takes over."""
    mappings = [draft, *draft.copies]
    ids = {one.resource.stack.place: one.resource.logical_id for one in mappings}
    _put_id(draft, ids)
    code, notes = code_of(draft, construct_id), tuple(dict.fromkeys(draft.notes))
    return [
        Statement(
            path=one.plan.path,
            template=one.plan.template or one.resource.stack.name,
            stack=one.resource.stack.name,
            places=tuple(ids),
            logical_id=one.resource.logical_id,
            construct=draft.construct.removeprefix("esm."),
            code=code,
            notes=notes,
        )
        for one in mappings
    ]


def _put_id(draft: Draft, ids: dict[str, str]) -> None:
    """Keep the id that the mapping has in each of the stacks."""
    (place, own), *others = ids.items()
    if all(other == own for _, other in others):
        draft.put("logical_id", own)
        in_stage = "/" in draft.resource.stack.root.place
        if in_stage and not others and re.sub(r"\W|_", "", place) in own:
            draft.notes.append(
                f"logical_id: it is made of the path {place}, so another stage with this stack has another one; adopt "
                "the whole assembly, and the statement names both"
            )
        return
    draft.put("logical_id", Code(f"{literal(ids, '    ')}.get(self.node.path)"))
    draft.notes.append(
        "logical_id: each of these stacks has another one, for it is made of the path; a stack that is not named here "
        "gets a new mapping"
    )


def construct_id_of(draft: Draft, taken: set[str]) -> str:
    """An id for the construct that no other child of the stack has, but for the mapping that goes."""
    path = construct_path_of(draft.resource) or ""
    scopes = path.removesuffix("/Resource").split("/")
    own = scopes[1] if path.endswith("/Resource") and len(scopes) == 2 else None  # noqa: PLR2004 - a stack and its child
    free = wanted = own or pascal(draft.variable)
    count = 1
    while free in taken and free != own:
        count += 1
        free = f"{wanted}{count}"
    taken.add(free)
    return free
