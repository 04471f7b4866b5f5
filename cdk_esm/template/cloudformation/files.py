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


def load_file(path: Path) -> Any:
    """Load a JSON or YAML file.

    Raises:
        TemplateError: it cannot be opened, is no text, or is neither JSON nor YAML.
    """
    return load_text(read_text(path), str(path), yaml=path.suffix.lower() not in ONLY_JSON)


def read_text(path: Path) -> str:
    """Read a file of a size that a template can have.

    Raises:
        TemplateError: it cannot be opened, is too large, or is no text.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise TemplateError(f"{path}: {size} bytes are more than a template can have")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise TemplateError(f"{path}: it is no UTF-8 text") from None
    except (OSError, ValueError) as error:
        raise TemplateError(f"{path}: {getattr(error, 'strerror', None) or error}") from None


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
