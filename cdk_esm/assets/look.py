"""The look itself: a folder or an archive becomes the plan's record of a function's code."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Final

from cdk_esm.assets.contents import LARGEST, Contents, TooLargeError, opened
from cdk_esm.assets.handlers import families, found_in, module_of
from cdk_esm.assets.processors import ARM, X86, built_for
from cdk_esm.assets.python_answers import answers_of
from cdk_esm.assets.python_names import Names, look_for
from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import Answers, Code

_PYTHON: Final = "python"
_UNREADABLE: Final = (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, TooLargeError)
"""What is raised for what cannot be read: it is closed, damaged, encrypted, or more than anybody looks at."""


def look_at(path: str, handler: str | None, *, runtime: str, layered: bool = False, called: str | None = None) -> Code:
    """Look into a folder or an archive.

    Args:
        path: as the user wrote it, relative to the working directory.
        handler: the configured handler; ``None`` if it is not known.
        runtime: the name of the runtime, such as ``python3.14``; empty if it is not known.
        layered: the function has layers, in which a handler may be as well.
        called: what messages call the code; by default its path.
    """
    place, path = Path(path), called or path
    try:
        exists = place.exists()
    except OSError:  # it is too long for a path: code itself, perhaps
        exists = False
    if not exists:
        return Code(path=path, exists=False)
    try:
        with opened(place) as contents:
            if contents is None:
                return Code(path=path, exists=True)
            return _seen(path, contents, handler, runtime, layered=layered)
    except _UNREADABLE:
        return Code(path=path, exists=True)


def _seen(path: str, contents: Contents, handler: str | None, runtime: str, *, layered: bool) -> Code:
    family = next((one for one in families() if runtime.startswith(one)), "")
    found: bool | Unknowable = UNKNOWN if handler is None else found_in(contents, handler, family)
    names, answers = Names(UNKNOWN), None
    if handler is not None and family == _PYTHON and found is True:
        names, answers = _read(contents, handler)
    files = built_for(contents)
    return Code(
        path=path,
        exists=True,
        looked_for={"java": "class", "provided": "bootstrap"}.get(family, "module"),
        handler_found=UNKNOWN if layered and found is False else found,
        function_found=names.defined,
        close_names=names.close,
        x86_files=files[X86],
        arm_files=files[ARM],
        answers=answers,
    )


def look_at_module(folder: Path, handler: str, *, called: str) -> Code | None:
    """Look into the module of a Python handler in a folder that is packed later.

    Args:
        folder: where the module is.
        handler: the configured handler.
        called: what messages call the folder.

    Returns:
        What was found; ``None`` if there is no module, or if it may be another one: the folder may get more files.
    """
    dotted, _, function = handler.rpartition(".")
    module = dotted.replace(".", "/")
    place = folder / f"{module}.py"
    try:
        if not place.resolve().is_relative_to(folder) or (folder / module).exists() or not place.is_file():
            return None
        if place.stat().st_size > LARGEST:
            return None
        source = place.read_bytes()
    except (OSError, ValueError, RuntimeError):
        return None
    names, answers = _of_module(function, source, f"{module}.py")
    return Code(path=called, exists=True, function_found=names.defined, close_names=names.close, answers=answers)


def _read(contents: Contents, handler: str) -> tuple[Names, Answers | None]:
    """What the module of a Python handler says of its function."""
    file = module_of(contents, handler)
    if file is None:
        return Names(UNKNOWN), None
    return _of_module(handler.rpartition(".")[2], contents.read(file), file)


def _of_module(function: str, source: bytes, file: str) -> tuple[Names, Answers | None]:
    names = look_for(function, source)
    return names, answers_of(function, source, file) if names.defined is True else None
