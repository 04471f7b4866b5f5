"""JSON that is printed: it says the same as any other, and holds no command to a CI runner."""

from __future__ import annotations

import json
from typing import Any

from cdk_esm.printed import without_marks


def json_text(value: Any, *, indent: int | None = None) -> str:
    """The value as JSON, without the marks of commands that are obeyed anywhere in a line."""
    return without_marks(json.dumps(value, indent=indent), r"\u0023#")
