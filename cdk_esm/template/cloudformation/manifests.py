"""The asset manifests of an assembly: what the files and images that it publishes are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from cdk_esm.errors import TemplateError
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.files import UNUSABLE, load_file
from cdk_esm.template.cloudformation.stack import Stack, mapping_of

_MANIFEST: Final = "manifest.json"


def published(evaluator: Evaluator, stack: Stack, section: str, key: str) -> Mapping[str, Mapping[str, Any]]:
    """What the assets of a stack's folder are made of, by what a template calls them.

    Args:
        evaluator: remembers the answer.
        stack: the stack, as it was read from a file.
        section: ``files`` or ``dockerImages``.
        key: the key of a destination that holds its name.
    """
    return evaluator.apart(_published, stack.root.file, section, key)


def _published(evaluator: Evaluator, file: str | None, section: str, key: str) -> Mapping[str, Mapping[str, Any]]:
    del evaluator
    found: dict[str, Mapping[str, Any]] = {}
    for entry in () if file is None else _entries(Path(file).parent, section):
        for destination in mapping_of(entry.get("destinations")).values():
            name = mapping_of(destination).get(key)
            if isinstance(name, str):
                found[name] = mapping_of(entry.get("source"))
    return found


def _entries(folder: Path, section: str) -> Iterator[Mapping[str, Any]]:
    for manifest in sorted(folder.glob("*.assets.json")):
        try:
            entries = mapping_of(mapping_of(load_file(manifest)).get(section))
        except TemplateError:
            continue
        yield from (mapping_of(entry) for entry in entries.values())


def within_assembly(stack: Stack, *names: str) -> Path | None:
    """A file that a manifest names from a stack's folder; ``None`` if it lies outside of the assembly.

    The folder of a stage is within the folder of the whole assembly, where the assets of all stages are.
    """
    if stack.root.file is None:
        return None
    folder = Path(stack.root.file).parent
    try:
        whole = folder.resolve()
        while (whole.parent / _MANIFEST).is_file() and whole.parent != whole:
            whole = whole.parent
        path = folder.joinpath(*names).resolve()
    except UNUSABLE:
        return None
    return path if path.is_relative_to(whole) else None
