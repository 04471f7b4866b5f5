"""A look at a function's code before anything is deployed: is it there, is the handler in it, is it for arm64."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import Code

_ELF: Final = b"\x7fELF"
_MACHINE_AT: Final = 18  # the place in an ELF header that says for which processor the file was built
_X86_64: Final = 0x3E
_ENOUGH: Final = 3  # files named in a message
_Files = dict[str, Callable[[], bytes]]


def look_at(path: str, handler: str | None, *, python: bool) -> Code:
    """Look into a folder or an archive.

    Args:
        path: as the user wrote it, relative to the working directory.
        handler: the configured handler; ``None`` if it is not known.
        python: the runtime is a Python one, whose handlers name a module.
    """
    place = Path(path)
    try:
        exists = place.exists()
    except OSError:  # it is too long for a path: code itself, perhaps
        exists = False
    if not exists:
        return Code(path=path, exists=False)
    files = dict(_heads(place))
    found: bool | Unknowable = UNKNOWN
    if python and handler is not None and (place.is_dir() or zipfile.is_zipfile(place)):
        module = handler.rpartition(".")[0].replace(".", "/")
        # A package, a module or a compiled module; the file need not be a regular one of ours.
        found = any(
            name in (f"{module}.py", f"{module}/__init__.py") or name.startswith(f"{module}.cpython-") for name in files
        )
    return Code(path=path, exists=True, handler_found=found, x86_files=_x86(files))


def _heads(place: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every file's relative name, with a way to read its first bytes."""
    if place.is_dir():
        for file in sorted(place.rglob("*")):
            if file.is_file():
                yield file.relative_to(place).as_posix(), lambda file=file: _first_bytes(file)  # type: ignore[misc]
    elif zipfile.is_zipfile(place):
        with zipfile.ZipFile(place) as archive:
            heads = {}
            for name in archive.namelist():
                if ".so" in PurePosixPath(name).suffixes:
                    with archive.open(name) as member:
                        heads[name] = member.read(_MACHINE_AT + 2)
                else:
                    heads[name] = b""
        for name, head in heads.items():
            yield name, lambda head=head: head  # type: ignore[misc]


def _first_bytes(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_MACHINE_AT + 2)


def _x86(files: _Files) -> tuple[str, ...]:
    """Native libraries built for x86-64, at most a few."""
    found = []
    for name, head in files.items():
        if ".so" not in PurePosixPath(name).suffixes:
            continue
        first = head()
        if first[:4] == _ELF and int.from_bytes(first[_MACHINE_AT : _MACHINE_AT + 2], "little") == _X86_64:
            found.append(name)
            if len(found) == _ENOUGH:
                break
    return tuple(found)
