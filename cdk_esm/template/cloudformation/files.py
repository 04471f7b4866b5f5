"""Files: JSON always, YAML where PyYAML is installed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from cdk_esm.errors import TemplateError
from cdk_esm.template.cloudformation.yaml_form import load_yaml

LARGEST: Final = 200_000_000
"""Bytes of a file; a template that CloudFormation takes has at most a million."""

ONLY_JSON: Final = (".json",)
"""Suffixes of files that hold no YAML; ``.template``, which CloudFormation's own examples have, says nothing."""

UNUSABLE: Final = (OSError, ValueError, RuntimeError)
"""What Python raises for a path: ``ValueError`` for what no file is called, ``RuntimeError`` for links in a circle."""


def load_file(path: Path) -> Any:
    """Load a JSON or YAML file.

    Raises:
        TemplateError: it cannot be opened, is no text, is larger than a template can be, or is neither JSON nor YAML.
    """
    return load_text(read_text(path), str(path), yaml=path.suffix.lower() not in ONLY_JSON)


def read_text(path: Path) -> str:
    """Read a file of any kind, also a pipe; a device that never ends is read as far as a template can go.

    Raises:
        TemplateError: it cannot be opened, is no text, or is larger than a template can be.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise TemplateError(f"{path}: it has more than {LARGEST} bytes, which is more than a template can have")
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise TemplateError(f"{path}: it is no UTF-8 text") from None
    except UNUSABLE as error:
        raise unusable(path, error) from None


def named_path(text: str) -> Path:
    """A path as somebody gave it: an empty one would be the current folder, which nobody means.

    Raises:
        TemplateError: it is empty.
    """
    if not text:
        raise TemplateError("a path is empty; is a variable in the command not set?")
    return Path(text)


def is_file(path: Path) -> bool:
    """Whether a path is a regular file; a pipe and a device are none.

    Raises:
        TemplateError: nobody can say, because of its length, its characters or the rights of a folder.
    """
    try:
        return path.is_file()
    except UNUSABLE as error:
        raise unusable(path, error) from None


def is_folder(path: Path) -> bool:
    """Whether a path is a folder.

    Raises:
        TemplateError: nobody can say, because of its length, its characters or the rights of a folder.
    """
    try:
        return path.is_dir()
    except UNUSABLE as error:
        raise unusable(path, error) from None


def unusable(path: Path, error: BaseException) -> TemplateError:
    """Say why a path is of no use."""
    if isinstance(error, UnicodeEncodeError):
        return TemplateError(f"{path}: no file has such a name")
    if isinstance(error, RuntimeError):
        return TemplateError(f"{path}: its links lead back to themselves")
    return TemplateError(f"{path}: {getattr(error, 'strerror', None) or error}")


def load_text(text: str, name: str, *, yaml: bool = False) -> Any:
    """Load JSON, or YAML where the text may be that and is no JSON.

    Raises:
        TemplateError: it is neither.
    """
    begins_as_json = text.lstrip()[:1] in ("{", "[")
    try:
        return _load_json(text, name) if begins_as_json or not yaml else load_yaml(text, name)
    except _NoJsonError:
        if not yaml:
            raise
        return load_yaml(text, name)


def unwrapped(document: Any, name: str) -> Any:
    """The template in what ``aws cloudformation get-template`` prints; any other document as it is.

    The command has a template that was deployed as JSON as an object, and one that was deployed as YAML as a text.

    Raises:
        TemplateError: the text is neither JSON nor YAML.
    """
    if not isinstance(document, dict) or "Resources" in document or "TemplateBody" not in document:
        return document
    body = document["TemplateBody"]
    return load_text(body, f"{name}: TemplateBody", yaml=True) if isinstance(body, str) else body


class _NoJsonError(TemplateError):
    """A text that is no JSON, and may still be YAML."""


def _load_json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _NoJsonError(f"{name}: it is no JSON: {error.msg} in line {error.lineno}") from None
    except RecursionError:
        raise TemplateError(f"{name}: it is nested too deeply") from None
    except ValueError:
        raise TemplateError(f"{name}: a number in it has thousands of digits") from None
