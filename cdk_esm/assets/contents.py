"""What is in a folder or in an archive, read alike."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol


class Contents(Protocol):
    """The files of a folder or of an archive."""

    names: tuple[str, ...]
    """Their relative names, with slashes."""

    def read(self, name: str, size: int = -1) -> bytes:
        """Some bytes of a file from its beginning; all of it by default."""


class _Folder:
    def __init__(self, place: Path) -> None:
        self._place = place
        self.names = tuple(file.relative_to(place).as_posix() for file in sorted(place.rglob("*")) if file.is_file())

    def read(self, name: str, size: int = -1) -> bytes:
        with (self._place / name).open("rb") as opened:
            return opened.read(size)


class _Archive:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = tuple(one for one in archive.namelist() if not one.endswith("/"))

    def read(self, name: str, size: int = -1) -> bytes:
        with self._archive.open(name) as opened:
            return opened.read(size)


@contextmanager
def opened(place: Path) -> Iterator[Contents | None]:
    """The contents of a folder or of an archive; ``None`` for anything else."""
    if place.is_dir():
        yield _Folder(place)
    elif zipfile.is_zipfile(place):
        with zipfile.ZipFile(place) as archive:
            yield _Archive(archive)
    else:
        yield None
