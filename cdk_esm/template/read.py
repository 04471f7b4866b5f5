"""The two ways in: a template, and a whole cloud assembly."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any

from cdk_esm.plan import MappingPlan
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.extensions import extended
from cdk_esm.template.cloudformation.load import load_assembly
from cdk_esm.template.cloudformation.stack import Stack, measure, require_template
from cdk_esm.template.reader import read


def read_template(
    doc: Mapping[str, Any], *, name: str = "template", parameters: Mapping[str, Any] | None = None
) -> list[MappingPlan]:
    """Turn a CloudFormation template into plans, one for each event source mapping in it.

    What surrounds a mapping is found through CloudFormation's functions. A parameter's default counts as its value;
    if a condition is open, both of its branches are read, and a mapping that differs between them has a plan for
    each, whose ``when`` says in which. What only the deployment knows is ``UNRESOLVED``; what is outside the
    template is ``UNKNOWN``.

    Args:
        doc: the template, as JSON or YAML loads it.
        name: what paths begin with, if the template does not say construct paths.
        parameters: values for its parameters, which settle the conditions on them too.

    Returns:
        The plans. A mapping whose kind of source nothing tells, or no rule knows, is left out.

    Raises:
        TemplateError: it is no template, or a value of a parameter is beyond all measure.
    """
    given = dict(parameters or {})
    measure(given, f"{name}: its parameters")
    stack = Stack(name=name, document=require_template(doc, name), given=given)
    return read(Assembly([extended(stack, doc)])).plans


def read_assembly(path: str | PathLike[str]) -> list[MappingPlan]:
    """Turn a cloud assembly, such as ``cdk.out``, into plans: all its stacks, with stages and nested stacks.

    Args:
        path: the folder that holds ``manifest.json``.

    Returns:
        The plans; exports and outputs of one stack are followed from the others.

    Raises:
        TemplateError: it is no assembly, or one of its files cannot be read.
    """
    return read(load_assembly(path)).plans
