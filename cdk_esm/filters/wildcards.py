"""Takes a wildcard apart at its stars."""

from __future__ import annotations


def split_wildcard(text: str) -> list[str]:
    """The literal parts of a wildcard between its stars; an escaped star or backslash is a literal."""
    parts = [""]
    position = 0
    while position < len(text):
        if text[position] == "*":
            parts.append("")
        else:
            position += text[position] == "\\"
            parts[-1] += text[position]
        position += 1
    return parts
