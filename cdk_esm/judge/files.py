"""Files that a command writes beside a project: put in place as a whole, and never over what is something else."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from cdk_esm.errors import TemplateError
from cdk_esm.template.cloudformation.files import load_file, named_path
from cdk_esm.template.cloudformation.stack import mapping_of


def write_over(file: str, text: str, *, is_own: Callable[[Mapping[str, Any]], bool], what: str, option: str) -> None:
    """Write a file, if nothing is there, or what is there is of the same kind.

    The file is put in place as a whole, so that nobody reads half of it, and a full disk leaves the old one as it was.

    Args:
        file: where to write.
        text: what to write.
        is_own: whether a document is of the kind that is written.
        what: that kind in words, as in ``a baseline``.
        option: the option that writes it.

    Raises:
        TemplateError: it cannot be written, or the file there is something else.
    """
    _refuse_other_files(file, is_own, f"there is something else than {what}, which {option} does not write over")
    _write(file, text)


def check_page(file: str, option: str) -> None:
    """Look, before anything is computed, whether a page can be written there.

    Args:
        file: where the page will be.
        option: the option that names the file.

    Raises:
        TemplateError: there is no such folder, or something else than a page is there.
    """
    path = named_path(file)
    try:
        if not path.parent.is_dir():
            raise TemplateError(f"{option} {file}: {_NO_FOLDER.format(path.parent)}")
        if not path.exists() or (path.is_file() and _begins_as_page(path)):
            return
    except (OSError, ValueError) as error:
        raise TemplateError(f"{option} {file}: {getattr(error, 'strerror', None) or error}") from None
    what = "a folder" if path.is_dir() else "something else than a page"
    raise TemplateError(f"{option} {file}: there is {what}, which {option} does not write over; name another file")


def write_page(file: str, text: str, option: str) -> None:
    """Write a page, if nothing is there, or another page.

    Raises:
        TemplateError: it cannot be written.
    """
    check_page(file, option)
    _write(file, text)


_NO_FOLDER: Final = "there is no folder {}; make it first, or name another file"
_DOCTYPE: Final = b"<!doctype html"


def _begins_as_page(path: Path) -> bool:
    with path.open("rb") as stream:
        begin = stream.read(100).lstrip().lower()
    return not begin or begin.startswith(_DOCTYPE)


def _write(file: str, text: str) -> None:
    try:
        path = Path(file)
        if not path.parent.is_dir():
            raise TemplateError(f"{file}: {_NO_FOLDER.format(path.parent)}")
        _put(path, text)
    except (OSError, ValueError) as error:
        raise TemplateError(f"{file}: {getattr(error, 'strerror', None) or error}") from None


def _refuse_other_files(file: str, is_own: Callable[[Mapping[str, Any]], bool], complaint: str) -> None:
    """Look at what would be written over: swapped arguments must not destroy a template.

    Raises:
        TemplateError: it is something else than what is written.
    """
    path = named_path(file)
    try:
        if not path.exists() or (path.is_file() and path.stat().st_size == 0):
            return
    except (OSError, ValueError) as error:
        raise TemplateError(f"{file}: {getattr(error, 'strerror', None) or error}") from None
    with suppress(TemplateError):
        if path.is_file() and is_own(mapping_of(load_file(path))):
            return
    raise TemplateError(f"{file}: {complaint}")


def _put(path: Path, text: str) -> None:
    """Write a file beside its place, and then move it there; a link goes on leading to the file."""
    place = path.resolve()
    descriptor, beside = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
        _take_mode(place, beside)
        Path(beside).replace(place)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def _take_mode(place: Path, beside: str) -> None:
    """Give the new file the rights of the old one, or those that a new file gets, and not those of a private one."""
    umask = os.umask(0)
    os.umask(umask)
    mode = place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~umask
    Path(beside).chmod(mode)
