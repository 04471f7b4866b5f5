"""IAM JSON in a fix, laid out so that it can be pasted where we cannot write it ourselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def statement(content: Mapping[str, Any]) -> str:
    """One policy statement as indented JSON; a value that is not known yet is written as a word."""
    return json.dumps(dict(content), indent=2, default=repr)


def policy(*statements: Mapping[str, Any]) -> str:
    """A whole policy document as indented JSON."""
    return statement({"Version": "2012-10-17", "Statement": [dict(content) for content in statements]})
