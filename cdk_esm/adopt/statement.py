"""One mapping as a statement of ours."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import Final

from cdk_esm.adopt.consent import as_statement
from cdk_esm.adopt.draft import Draft
from cdk_esm.adopt.neighbours import put_failure, put_function, put_source
from cdk_esm.adopt.python import call, literal, pascal
from cdk_esm.adopt.settings import put_settings
from cdk_esm.alarms.select import select
from cdk_esm.printed import one_line
from cdk_esm.template.consent import construct_path_of

_WIDTH: Final = 118
_NAME: Final = re.compile(r"\bYOUR_\w+")
_IMPORTS: Final = {
    "{Aws.": "from aws_cdk import Aws",
    "RemovalPolicy.": "from aws_cdk import RemovalPolicy",
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
        logical_id: its logical id there, which it keeps.
        construct: the construct that takes it over, or a marked name for it.
        code: the statement, with the lines behind it.
        notes: what has to be known of it: what cannot be kept, what is added, what has to be mended first.
    """

    path: str
    template: str
    stack: str
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
        lines = [f"# {one_line(self.path)}"]
        for note in self.notes:
            lines += textwrap.wrap(one_line(note), _WIDTH, initial_indent="#   ", subsequent_indent="#     ")
        return "\n".join([*lines, self.code])


def fill(draft: Draft) -> None:
    """Say everything that the mapping itself tells."""
    put_function(draft)
    put_source(draft)
    put_settings(draft)
    put_failure(draft)
    draft.put("logical_id", draft.resource.logical_id)
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
    _around(draft)


def _around(draft: Draft) -> None:
    """What the template says of the mapping beside its properties."""
    body = draft.resource.body
    condition, deletion = body.get("Condition"), body.get("DeletionPolicy")
    if isinstance(condition, str):
        what = f"the CfnCondition {condition} of {draft.plan.path}"
        name = draft.names(f"{draft.resource.stack.name}/{condition}", condition, "condition", what)
        draft.after.append(f"{draft.variable}.mapping.cfn_options.condition = {name}")
    if deletion == "Retain":
        draft.on_mapping("apply_removal_policy(RemovalPolicy.RETAIN)")


def finished(draft: Draft, construct_id: str) -> Statement:
    """The statement of a draft that says everything."""
    construct = draft.construct
    lines = [f"{draft.variable} = {construct}(", "    self,", f"    {literal(construct_id)},"]
    lines += [f"    {keyword}={value}," for keyword, value in draft.keywords.items()]
    code = "\n".join([*lines, ")", *draft.after])
    return Statement(
        path=draft.plan.path,
        template=draft.plan.template or draft.resource.stack.name,
        stack=draft.resource.stack.name,
        logical_id=draft.resource.logical_id,
        construct=construct.removeprefix("esm."),
        code=code,
        notes=tuple(dict.fromkeys(draft.notes)),
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
