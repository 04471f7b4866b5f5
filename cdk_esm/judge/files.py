"""Files that a command writes beside a project: put in place as a whole, and never over what is something else."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

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
    try:
        _put(Path(file), text)
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
