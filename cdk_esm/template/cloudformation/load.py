"""Cloud assemblies, as CDK synthesizes them: stacks, stages within stages, and nested stacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Final

from cdk_esm.errors import TemplateError
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.extensions import extended
from cdk_esm.template.cloudformation.files import load_file
from cdk_esm.template.cloudformation.intrinsics import evaluator_of
from cdk_esm.template.cloudformation.stack import Resource, Stack, mapping_of, require_template
from cdk_esm.template.cloudformation.values import identity

MANIFEST: Final = "manifest.json"
_DEEPEST: Final = 20


def load_assembly(path: str | PathLike[str]) -> Assembly:
    """Load every stack of an assembly.

    Raises:
        TemplateError: it is no assembly, or one of its files cannot be read.
    """
    folder = Path(path)
    if not (folder / MANIFEST).is_file():
        raise TemplateError(f"{folder}: there is no {MANIFEST} in it, so it is no cloud assembly")
    found: list[Stack] = []
    for stack in _stacks(folder, 0):
        found += _with_nested(stack, 0)
    return Assembly(found)


def _stacks(folder: Path, depth: int) -> Iterator[Stack]:
    """The stacks that an assembly's manifest names, and those of the assemblies within it."""
    if depth > _DEEPEST:
        raise TemplateError(f"{folder}: stages are nested more than {_DEEPEST} levels deep")
    manifest = mapping_of(load_file(folder / MANIFEST))
    for name, artifact in mapping_of(manifest.get("artifacts")).items():
        kind, properties = mapping_of(artifact).get("type"), mapping_of(mapping_of(artifact).get("properties"))
        if kind == "cdk:cloud-assembly":
            yield from _stacks(_inside(folder, properties.get("directoryName")), depth + 1)
        elif kind == "aws:cloudformation:stack":
            yield _stack(folder, str(name), mapping_of(artifact), properties)


def _stack(folder: Path, name: str, artifact: Mapping[str, Any], properties: Mapping[str, Any]) -> Stack:
    file = _inside(folder, properties.get("templateFile"))
    account, region = _environment(artifact.get("environment"))
    stack_name = properties.get("stackName")
    metadata = dict(mapping_of(artifact.get("metadata")))
    if isinstance(artifact.get("additionalMetadataFile"), str):
        beside = _inside(folder, artifact["additionalMetadataFile"])
        metadata |= mapping_of(load_file(beside)) if beside.is_file() else {}
    document = _template(file)
    stack = Stack(
        name=name,
        document=document,
        file=str(file),
        stack_name=stack_name if isinstance(stack_name, str) else name,
        region=region,
        account=account,
        metadata=metadata,
    )
    return extended(stack, document)


def _template(file: Path) -> Mapping[str, Any]:
    """The template of a stack; one with nothing in it is a stack too, and CDK writes no resources for it.

    Raises:
        TemplateError: it is no template.
    """
    document = load_file(file)
    empty = isinstance(document, dict) and "Resources" not in document
    return require_template({**document, "Resources": {}} if empty else document, str(file))


def _inside(folder: Path, name: object) -> Path:
    """A file or folder that a manifest names.

    Raises:
        TemplateError: it lies outside of the assembly.
    """
    if not isinstance(name, str) or not name or "\0" in name:
        raise TemplateError(f"{folder / MANIFEST}: a file of an artifact has no name")
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise TemplateError(f"{folder / MANIFEST}: {name} lies outside of the assembly")
    return path


def _environment(text: object) -> tuple[str | None, str | None]:
    """Account and Region, where the stack is bound to them."""
    parts = str(text).removeprefix("aws://").split("/")
    known = [part if part and not part.startswith("unknown-") else None for part in [*parts, "", ""][:2]]
    return (known[0], known[1]) if str(text).startswith("aws://") else (None, None)


def _with_nested(stack: Stack, depth: int) -> list[Stack]:
    """A stack, and those that are nested in it, as far as their templates are at hand."""
    found = [stack]
    if depth > _DEEPEST:
        return found
    for resource in stack.resources.values():
        if resource.kind is not Kind.STACK or stack.file is None:
            continue
        file = _nested_file(resource, Path(stack.file).parent)
        if file is not None:
            found += _with_nested(_nested_stack(resource, file), depth + 1)
    return found


def _nested_file(resource: Resource, folder: Path) -> Path | None:
    """The template of a nested stack: by its metadata, or by the hash in its address and the asset manifests."""
    named = resource.metadata.get("aws:asset:path")
    if isinstance(named, str):
        file = _inside(folder, named)
        return file if file.is_file() else None
    evaluator = evaluator_of(Assembly([resource.stack]))
    url = identity(evaluator.property(resource, "TemplateURL")) or ""
    asset = url.rpartition("/")[2].partition(".")[0]
    for manifest in sorted(folder.glob("*.assets.json")):
        entry = mapping_of(mapping_of(mapping_of(load_file(manifest)).get("files")).get(asset))
        path = mapping_of(entry.get("source")).get("path")
        if isinstance(path, str):
            return _inside(folder, path)
    return None


def _nested_stack(resource: Resource, file: Path) -> Stack:
    outer = resource.stack
    document = _template(file)
    own = outer.construct_paths.get(resource.logical_id, "").partition(".NestedStack/")[0]
    stack = Stack(
        name=f"{outer.name}/{resource.logical_id}",
        document=document,
        file=str(file),
        given=mapping_of(resource.properties.get("Parameters")),
        parent=outer,
        within=resource,
        metadata=outer.metadata,
        construct_path=own or None,
    )
    return extended(stack, document)
