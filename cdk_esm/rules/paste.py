"""IAM JSON in a fix, laid out so that it can be pasted where we cannot write it ourselves."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

_TOKEN: Final = re.compile(r"[$#]\{Token\[[^\]]*\]\}")
"""What CDK hides in a text until it writes a template; nobody could paste it."""


def statement(content: Mapping[str, Any]) -> str:
    """One policy statement as indented JSON; a value that is not known yet is written as a word."""
    return _laid_out(_told(content))


def policy(*statements: Mapping[str, Any]) -> str:
    """A whole policy document as indented JSON."""
    return _laid_out({"Version": "2012-10-17", "Statement": [_told(content) for content in statements]})


def _laid_out(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2, default=repr)


def _told(content: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _resource(value) if key == "Resource" else value for key, value in content.items()}


def _resource(given: Any) -> Any:
    """What a statement is about; a place to fill in for what has no ARN yet: a token of CDK, or a path."""
    if isinstance(given, list | tuple):
        return [_resource(one) for one in given]
    if not isinstance(given, str) or given == "*":
        return given
    if _TOKEN.search(given):
        return _TOKEN.sub("<its ARN>", given)
    return given if given.startswith(("arn:", "<")) else f"<ARN of {given}>"
