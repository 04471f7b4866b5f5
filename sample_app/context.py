"""The context of cdk.json, which only the CDK CLI hands to an app by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent


class ContextError(Exception):
    """cdk.json is missing, or not what the CDK CLI would accept."""


def read_context(file: Path = ROOT / "cdk.json") -> dict[str, Any]:
    """Read the feature flags and other context that the CDK CLI would pass on.

    Without them the app synthesizes too, but to another template than ``cdk deploy`` makes.

    Args:
        file: the cdk.json to read; the one of this checkout by default.

    Raises:
        ContextError: the file is missing, is not JSON, or its context is not an object.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContextError(f"{file} not found: run the app from a checkout that has its cdk.json") from None
    except ValueError as error:
        raise ContextError(f"{file} is not JSON: {error}") from None
    context = document.get("context", {}) if isinstance(document, dict) else None
    if not isinstance(context, dict):
        raise ContextError(f'{file}: "context" must be an object of context keys and values')
    return context
