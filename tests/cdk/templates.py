"""Ways to look into what CDK makes of a construct."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import aws_cdk as cdk
from aws_cdk.assertions import Template
from constructs import IConstruct

from cdk_esm import SqsFifoToLambda, SqsToLambda
from cdk_esm.plan import Queue

Resource = dict[str, Any]
ROOT = Path(__file__).parents[2]
ASSET_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_HASH = re.compile(r"[0-9A-F]{8}$")
_LOCKED = re.compile(r"^aws-cdk-lib==(\S+)", re.MULTILINE)


def quiet_app(folder: Path, context: Mapping[str, Any] | None = None) -> cdk.App:
    """An app that synthesizes into a folder, and does not print what its validation finds."""
    return cdk.App(outdir=str(folder), context={**(context or {}), "@aws-cdk/core:failSynthOnValidationErrors": False})


def is_locked_cdk() -> bool:
    """Whether this is the version of aws-cdk-lib that is locked, to which the templates that are kept belong."""
    locked = _LOCKED.search((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert locked
    return version("aws-cdk-lib") == locked[1]


def reviewable(template: Mapping[str, Any]) -> dict[str, Any]:
    """A template as it is kept: without what CDK adds to each, and with asset hashes masked."""
    kept: dict[str, Any] = json.loads(ASSET_HASH.sub("<asset>", json.dumps(template)))
    del kept["Rules"], kept["Parameters"]["BootstrapVersion"]
    return kept


def template(stack: cdk.Stack) -> dict[str, Any]:
    """The stack's template."""
    return dict(Template.from_stack(stack).to_json())


def resources(stack: cdk.Stack, kind: str | None = None) -> dict[str, Resource]:
    """The stack's resources by logical id, or those of one type, such as ``AWS::SQS::Queue``."""
    found: dict[str, Resource] = template(stack).get("Resources", {})
    return {name: one for name, one in found.items() if kind in (None, one["Type"])}


def logical_id(construct: IConstruct) -> str:
    """The logical id of a resource, or of the resource at the heart of a construct."""
    child: Any = construct.node.default_child or construct
    return str(cdk.Stack.of(construct).resolve(child.logical_id))


def made(construct: IConstruct) -> Resource:
    """A resource as its template has it."""
    return resources(cdk.Stack.of(construct))[logical_id(construct)]


def properties(construct: IConstruct) -> dict[str, Any]:
    """A resource's properties as its template has them."""
    return dict(made(construct).get("Properties", {}))


def arn_of(construct: IConstruct) -> dict[str, Any]:
    """A resource's ARN, as another resource of its stack names it."""
    return {"Fn::GetAtt": [logical_id(construct), "Arn"]}


def ref(construct: IConstruct) -> dict[str, str]:
    """A reference to a resource, as another resource of its stack writes it."""
    return {"Ref": logical_id(construct)}


def source_of(bundle: SqsToLambda | SqsFifoToLambda) -> Queue:
    """What a bundle's plan says of its queue."""
    assert isinstance(bundle.plan.event_source, Queue)
    return bundle.plan.event_source


def by_name(bundle: str, found: Mapping[str, Resource]) -> dict[str, Resource]:
    """A bundle's resources by the names that they have in every bundle; the mapping itself is ``Mapping``."""
    return {_HASH.sub("", name).removeprefix(bundle) or "Mapping": resource for name, resource in found.items()}


def changes(before: Mapping[str, Resource], after: Mapping[str, Resource]) -> dict[str, Any]:
    """What differs, by its place, such as ``Queue.VisibilityTimeout``: the new value, or ``None`` where it is gone.

    A resource that came or went counts as one change, with its type; a list is one value. The wording of alarms is
    left out, because it repeats other values.
    """
    found: dict[str, Any] = {}
    for name in {*before, *after}:
        if name not in before or name not in after:
            found[name] = after[name]["Type"] if name in after else None
            continue
        old, new = dict(_leaves(name, before[name])), dict(_leaves(name, after[name]))
        found |= {place: new.get(place) for place in {*old, *new} if old.get(place) != new.get(place)}
    return {place: value for place, value in found.items() if not place.endswith(".AlarmDescription")}


def _leaves(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and value and not any(key in ("Ref", "Fn::GetAtt", "Fn::Join") for key in value):
        for key, member in value.items():
            yield from _leaves(place if key == "Properties" else f"{place}.{key}", member)
    else:
        yield place, value
