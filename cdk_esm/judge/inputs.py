"""What ``cdk-esm check`` looks at: templates, cloud assemblies, and folders that hold either."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from cdk_esm.errors import TemplateError
from cdk_esm.plan import MappingPlan
from cdk_esm.sources.resource_types.functions import MAPPING
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.extensions import extended
from cdk_esm.template.cloudformation.files import (
    LARGEST,
    UNUSABLE,
    is_file,
    is_folder,
    load_file,
    named_path,
    unusable,
    unwrapped,
)
from cdk_esm.template.cloudformation.load import MANIFEST, load_assembly
from cdk_esm.template.cloudformation.stack import Stack, mapping_of, require_template
from cdk_esm.template.reader import read
from cdk_esm.template.unread import Skipped

_SUFFIXES: Final = (".json", ".template", ".yaml", ".yml")
_NOT_OURS: Final = ("node_modules", "__pycache__")
_SURELY_A_TEMPLATE: Final = (MAPPING.type.encode(), b"AWS::Serverless", b"aws:cloudformation:stack")
"""The last one is in the manifest of an assembly, which says what the templates beside it are."""


@dataclass
class Inputs:
    """What was read of all the paths.

    Args:
        plans: the mappings.
        skipped: what could not be judged, with files of a folder that cannot be read.
        templates: how many templates there were.
    """

    plans: list[MappingPlan] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    templates: int = 0


def read_inputs(paths: Sequence[str], *, templates_only: bool = False) -> Inputs:
    """Read every template under some paths.

    Args:
        paths: files and folders.
        templates_only: pass over named files that are no templates, as over those in a folder.

    Raises:
        TemplateError: a path cannot be read, or there is no template under it.
    """
    inputs = Inputs()
    names: set[str] = set()
    owners: dict[str, str | None] = {}
    for path in dict.fromkeys(paths):
        before, skipped = inputs.templates, len(inputs.skipped)
        file = named_path(path)
        passing_over = templates_only and is_file(file)
        assemblies = _templates(file.parent, [file.name], names) if passing_over else assemblies_under(file, names)
        for assembly in assemblies:
            if isinstance(assembly, Skipped):
                inputs.skipped.append(assembly)
                continue
            reading = read(assembly)
            inputs.plans += _with_paths_of_their_own(reading.plans, owners)
            inputs.skipped += reading.skipped
            inputs.templates += len(assembly.stacks)
        if inputs.templates == before and len(inputs.skipped) == skipped and not passing_over:
            raise TemplateError(f"{path}: there is no CloudFormation template in it")
    return inputs


def _with_paths_of_their_own(plans: list[MappingPlan], owners: dict[str, str | None]) -> list[MappingPlan]:
    """The plans; where another template has a mapping of the same path already, its file is named too."""
    return [
        plan if owners.setdefault(plan.path, plan.template) == plan.template else replace(plan, path=_longer(plan))
        for plan in plans
    ]


def _longer(plan: MappingPlan) -> str:
    return f"{plan.path} ({plan.template})"


def assemblies_under(path: Path, names: set[str]) -> Iterator[Assembly | Skipped]:
    """Load what a path leads to: a template and an assembly are one each, a folder may hold several of both.

    Args:
        path: a file or a folder.
        names: the names that templates were given already; new ones are added.

    Yields:
        What was loaded; in a folder also what could not be, so that the rest is looked at all the same.

    Raises:
        TemplateError: the path itself cannot be read.
    """
    if not is_folder(path):
        yield Assembly([_stack(path, unwrapped(load_file(path), str(path)), names)])
        return
    if _is_assembly(path):
        yield load_assembly(path)
        return
    closed: list[OSError] = []
    for folder, inner, files in os.walk(path, onerror=closed.append):
        here = Path(folder)
        if here != path and _is_assembly(here):
            inner.clear()
            yield _loaded_assembly(here)
            continue
        inner[:] = sorted(name for name in inner if not name.startswith(".") and name not in _NOT_OURS)
        yield from _templates(here, files, names)
    for error in closed:
        yield _unreadable(Path(error.filename or path), unusable(Path(error.filename or path), error))


def _loaded_assembly(folder: Path) -> Assembly | Skipped:
    """An assembly in a folder, or why it cannot be read."""
    try:
        return load_assembly(folder)
    except TemplateError as error:
        return _unreadable(folder, error)


def _unreadable(path: Path, error: Exception) -> Skipped:
    reason = str(error).removeprefix(f"{path}: ")
    fix = "mend it, or agree to it with --allow-unjudged"
    return Skipped(path.as_posix(), reason, fix, str(path), unreadable=True)


def _is_assembly(folder: Path) -> bool:
    manifest = folder / MANIFEST
    try:
        return is_file(manifest) and "artifacts" in mapping_of(load_file(manifest))
    except TemplateError:
        return False


def _templates(folder: Path, files: Iterable[str], names: set[str]) -> Iterator[Assembly | Skipped]:
    """The templates among the files of a folder; what else is there is nobody's fault."""
    for file in sorted(folder / name for name in files):
        if file.suffix.lower() not in _SUFFIXES:
            continue
        try:
            if not is_file(file):
                continue  # a pipe or a device is nobody's template, and may never end
            document = unwrapped(load_file(file), str(file))
            if isinstance(mapping_of(document).get("Resources"), dict):
                yield Assembly([_stack(file, document, names)])
        except TemplateError as error:
            if _may_be_a_template(file):
                yield _unreadable(file, error)


def _may_be_a_template(file: Path) -> bool:
    """Whether a file that cannot be read as a template may be one all the same: by its words, or if nobody can look."""
    try:
        if not file.is_file() or (file.name == MANIFEST and any(file.parent.glob("*.template.json"))):
            return True
        with file.open("rb") as stream:
            content = stream.read(LARGEST)
    except UNUSABLE:
        return True
    plain = content.replace(b"\0", b"")  # as it is in UTF-16, which PowerShell writes
    return any(words in plain for words in _SURELY_A_TEMPLATE)


def _stack(file: Path, document: object, names: set[str]) -> Stack:
    """A template under its own name: its file's, or all of the path where two files have the same."""
    name = file.name.partition(".")[0] or file.name
    if name in names:
        name = file.with_suffix("").as_posix()
    names.add(name)
    template = require_template(document, str(file))
    return extended(Stack(name=name, document=template, file=str(file)), template)
