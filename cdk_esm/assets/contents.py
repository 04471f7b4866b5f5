"""What is in a folder or in an archive, read alike."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

MOST_FILES: Final = 100_000
"""Files that are looked at; what Lambda takes is 250 MB, and has far fewer."""
LARGEST: Final = 16_000_000
"""Bytes of one file that is read as a whole, such as a module; a larger one is no source that somebody wrote."""


class TooLargeError(Exception):
    """There is more in it than anybody looks at."""


class Contents(Protocol):
    """The files of a folder or of an archive."""

    names: tuple[str, ...]
    """Their relative names, with slashes."""

    def read(self, name: str, size: int = LARGEST) -> bytes:
        """Some bytes of a file from its beginning; by default all of it, as far as anybody reads one."""


class _Folder:
    def __init__(self, place: Path) -> None:
        self._place = place
        self.names = tuple(sorted(_files_in(place)))

    def read(self, name: str, size: int = LARGEST) -> bytes:
        with (self._place / name).open("rb") as opened:
            return opened.read(size)


def _files_in(place: Path) -> Iterator[str]:
    """The relative names of all files; a link to a folder is followed, as it is when the code is packed."""
    seen, count = {place.resolve()}, 0
    for folder, inner, files in os.walk(place, followlinks=True):
        here = Path(folder)
        inner[:] = [name for name in inner if not (here / name).is_symlink() or _is_new(here / name, seen)]
        above = here.relative_to(place).as_posix()
        count += len(files)
        if count > MOST_FILES:
            raise TooLargeError
        for name in files:
            if (here / name).is_file():  # neither a pipe nor a link that leads nowhere
                yield name if above == "." else f"{above}/{name}"


def _is_new(link: Path, seen: set[Path]) -> bool:
    """Whether a link leads to a folder that was not seen before: links may lead in a circle."""
    target = link.resolve()
    if target in seen:
        return False
    seen.add(target)
    return True


class _Archive:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = tuple(one for one in archive.namelist() if not one.endswith("/"))
        if len(self.names) > MOST_FILES:
            raise TooLargeError

    def read(self, name: str, size: int = LARGEST) -> bytes:
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
