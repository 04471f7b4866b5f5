"""References to what a serverless function makes: ``!Ref Consumer.Alias`` and its like name the made resource."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

_DEEPEST: Final = 100
"""Levels of a source in which references are followed; expressions are read to fewer."""
_PLACEHOLDER: Final = re.compile(r"\$\{\s*([^!{}\s][^{}]*?)\s*\}")


def with_made_references(value: Any, names: Mapping[str, str], depth: int = 0) -> Any:
    """A part of a source in which references have the names of the resources that are made.

    Args:
        value: the part.
        names: what a reference says, such as ``Consumer.Alias``, to a logical id.
        depth: the levels above.
    """
    if not names or depth > _DEEPEST or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return [with_made_references(member, names, depth + 1) for member in value]
    if len(value) == 1:
        [(function, argument)] = value.items()
        rewritten = _REWRITE.get(function)
        if rewritten is not None:
            return {function: rewritten(argument, names, depth)}
    return {key: with_made_references(member, names, depth + 1) for key, member in value.items()}


def _ref(argument: Any, names: Mapping[str, str], depth: int) -> Any:
    del depth
    return names.get(argument, argument) if isinstance(argument, str) else argument


def _get_attribute(argument: Any, names: Mapping[str, str], depth: int) -> Any:
    """An attribute of a made resource follows both of its words."""
    del depth
    whole = ".".join(argument) if isinstance(argument, list) and all(isinstance(a, str) for a in argument) else argument
    if not isinstance(whole, str):
        return argument
    made, _, last = whole.rpartition(".")
    return [names[made], last] if made in names else argument


def _substitute(argument: Any, names: Mapping[str, str], depth: int) -> Any:
    text = argument[0] if isinstance(argument, list) and argument else argument
    if not isinstance(text, str):
        return with_made_references(argument, names, depth + 1)
    rewritten = _PLACEHOLDER.sub(lambda found: f"${{{_placeholder(found[1], names)}}}", text)
    if not isinstance(argument, list):
        return rewritten
    return [rewritten, *(with_made_references(one, names, depth + 1) for one in argument[1:])]


def _placeholder(word: str, names: Mapping[str, str]) -> str:
    made, _, last = word.rpartition(".")
    return names.get(word) or (f"{names[made]}.{last}" if made in names else word)


_REWRITE: Final = {"Ref": _ref, "Fn::GetAtt": _get_attribute, "Fn::Sub": _substitute}
