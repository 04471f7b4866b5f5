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
from cdk_esm.template.cloudformation.files import UNUSABLE, is_file, load_file, unusable
from cdk_esm.template.cloudformation.intrinsics import evaluator_of
from cdk_esm.template.cloudformation.stack import Resource, Stack, mapping_of, require_template
from cdk_esm.template.cloudformation.values import identity

MANIFEST: Final = "manifest.json"
_DEEPEST: Final = 20

MOST_STACKS: Final = 5_000
"""Stacks, nested stacks and stages of an assembly: far more than an app has, and few enough to be read."""

MOST_RESOURCES: Final = 1_000_000
"""Resources of all of them: a stack that is nested in two others counts twice."""


def load_assembly(path: str | PathLike[str]) -> Assembly:
    """Load every stack of an assembly.

    Raises:
        TemplateError: it is no assembly, one of its files cannot be read, or its stacks are without end.
    """
    folder = Path(path)
    if not is_file(folder / MANIFEST):
        raise TemplateError(f"{folder}: there is no {MANIFEST} in it, so it is no cloud assembly")
    return Assembly(_Loading(folder).everything())


class _Loading:
    """The loading of one assembly: each file is read once, and how much they make together is counted.

    Args:
        folder: the folder of the assembly.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[Path, Any] = {}
        self._templates: dict[Path, Mapping[str, Any]] = {}
        self._assets: dict[Path, dict[str, str]] = {}
        self._stacks_left = MOST_STACKS
        self._resources_left = MOST_RESOURCES

    def everything(self) -> list[Stack]:
        """The stacks that the manifest names, each followed by those that are nested in it."""
        return [one for stack in self._stacks(self._folder, 0) for one in self._with_nested(stack, ())]

    def _file(self, path: Path) -> Any:
        """What is in a file; nobody changes it, so stacks may share it."""
        if path not in self._files:
            self._files[path] = load_file(path)
        return self._files[path]

    def _template(self, file: Path) -> Mapping[str, Any]:
        """The template of a stack; one with nothing in it is a stack too, and CDK writes no resources for it.

        Raises:
            TemplateError: it is no template, or the assembly has more than anybody deploys.
        """
        document = self._templates.get(file)
        if document is None:
            document = self._file(file)
            empty = isinstance(document, dict) and "Resources" not in document
            document = require_template({**document, "Resources": {}} if empty else document, str(file))
            self._templates[file] = document
        self._count(len(document["Resources"]))
        return document

    def _count(self, resources: int) -> None:
        self._stacks_left -= 1
        self._resources_left -= resources
        if self._stacks_left < 0:
            raise TemplateError(f"{self._folder}: it names more than {MOST_STACKS} stacks and stages")
        if self._resources_left < 0:
            raise TemplateError(f"{self._folder}: its stacks have more than {MOST_RESOURCES} resources together")

    def _stacks(self, folder: Path, depth: int) -> Iterator[Stack]:
        """The stacks that an assembly's manifest names, and those of the assemblies within it."""
        if depth > _DEEPEST:
            raise TemplateError(f"{folder}: stages are nested more than {_DEEPEST} levels deep")
        manifest = mapping_of(self._file(folder / MANIFEST))
        for name, artifact in mapping_of(manifest.get("artifacts")).items():
            kind, properties = mapping_of(artifact).get("type"), mapping_of(mapping_of(artifact).get("properties"))
            if kind == "cdk:cloud-assembly":
                self._count(0)
                yield from self._stacks(_inside(folder, properties.get("directoryName")), depth + 1)
            elif kind == "aws:cloudformation:stack":
                yield self._stack(folder, str(name), mapping_of(artifact), properties)

    def _stack(self, folder: Path, name: str, artifact: Mapping[str, Any], properties: Mapping[str, Any]) -> Stack:
        file = _inside(folder, properties.get("templateFile"))
        account, region = _environment(artifact.get("environment"))
        stack_name, shown = properties.get("stackName"), artifact.get("displayName")
        metadata = dict(mapping_of(artifact.get("metadata")))
        if isinstance(artifact.get("additionalMetadataFile"), str):
            beside = _inside(folder, artifact["additionalMetadataFile"])
            metadata |= mapping_of(self._file(beside)) if is_file(beside) else {}
        document = self._template(file)
        stack = Stack(
            name=name,
            document=document,
            file=str(file),
            stack_name=stack_name if isinstance(stack_name, str) else name,
            region=region,
            account=account,
            metadata=metadata,
            construct_path=shown if isinstance(shown, str) and shown else None,
        )
        return extended(stack, document)

    def _with_nested(self, stack: Stack, around: tuple[Path, ...]) -> list[Stack]:
        """A stack, and those that are nested in it, as far as their templates are at hand.

        Args:
            stack: the stack.
            around: the files of the stacks that it is nested in, the outermost first.

        Raises:
            TemplateError: a stack is nested in itself, or too deeply.
        """
        found = [stack]
        if stack.file is None:
            return found
        here = (*around, _same(Path(stack.file)))
        for resource in stack.resources.values():
            file = self._nested_file(resource, Path(stack.file).parent) if resource.kind is Kind.STACK else None
            if file is None:
                continue
            if _same(file) in here:
                raise TemplateError(f"{file}: it is nested in itself, by {resource.logical_id} in {stack.file}")
            if len(here) > _DEEPEST:
                raise TemplateError(f"{file}: stacks are nested more than {_DEEPEST} levels deep")
            found += self._with_nested(self._nested_stack(resource, file), here)
        return found

    def _nested_file(self, resource: Resource, folder: Path) -> Path | None:
        """The template of a nested stack: by its metadata, or by the hash in its address and the asset manifests."""
        named = resource.metadata.get("aws:asset:path")
        if isinstance(named, str):
            file = _inside(folder, named)
            return file if is_file(file) else None
        evaluator = evaluator_of(Assembly([resource.stack]))
        url = identity(evaluator.property(resource, "TemplateURL")) or ""
        asset = url.rpartition("/")[2].partition(".")[0]
        path = self._assets_of(folder).get(asset)
        return None if path is None else _inside(folder, path)

    def _assets_of(self, folder: Path) -> Mapping[str, str]:
        """The paths in the asset manifests of a folder, by their hashes; all stacks of the folder ask for them."""
        if folder not in self._assets:
            found = self._assets[folder] = {}
            for manifest in sorted(folder.glob("*.assets.json")):
                for asset, entry in mapping_of(mapping_of(self._file(manifest)).get("files")).items():
                    path = mapping_of(mapping_of(entry).get("source")).get("path")
                    if isinstance(path, str):
                        found.setdefault(str(asset), path)
        return self._assets[folder]

    def _nested_stack(self, resource: Resource, file: Path) -> Stack:
        outer = resource.stack
        own = outer.construct_paths.get(resource.logical_id, "").partition(".NestedStack/")[0]
        document = self._template(file)
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


def _inside(folder: Path, name: object) -> Path:
    """A file or folder that a manifest names.

    Raises:
        TemplateError: it lies outside of the assembly, or no file can be called so.
    """
    if not isinstance(name, str) or not name or "\0" in name:
        raise TemplateError(f"{folder / MANIFEST}: a file of an artifact has no name")
    path = folder / name
    if not _same(path).is_relative_to(_same(folder)):
        raise TemplateError(f"{folder / MANIFEST}: {name} lies outside of the assembly")
    return path


def _same(path: Path) -> Path:
    """The one name of a file that links and dots lead to."""
    try:
        return path.resolve()
    except UNUSABLE as error:
        raise unusable(path, error) from None


def _environment(text: object) -> tuple[str | None, str | None]:
    """Account and Region, where the stack is bound to them."""
    parts = str(text).removeprefix("aws://").split("/")
    known = [part if part and not part.startswith("unknown-") else None for part in [*parts, "", ""][:2]]
    return (known[0], known[1]) if str(text).startswith("aws://") else (None, None)
