"""``Fn::ForEach``: what the loops of a template come to, where their collections are known before the deployment.

A loop that nobody can unroll stays where it is. Read from the CloudFormation template reference (``Fn::ForEach``,
AWS::LanguageExtensions transform) and from CloudFormation's quotas on 2026-11-28.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, Text, scalar_text

LOOP: Final = "Fn::ForEach"
"""What the key of a loop begins with; the name of the loop comes after it."""

MOST_MADE: Final = 500
"""What one loop may make, with the loops within it: CloudFormation takes as many resources in a template."""

MOST_WRITTEN: Final = 1_000_000
"""Characters and values of all that the loops of a template make: CloudFormation takes a template of 1 MB."""

_PARTS: Final = 3
_LOGICAL_ID: Final = re.compile(r"[A-Za-z0-9]{1,255}")
_NO_LOGICAL_ID: Final = re.compile(r"[^A-Za-z0-9]")
_REFERENCES: Final = ("Ref", "Fn::GetAtt")
_PLACEHOLDER: Final = re.compile(r"[$&]\{([^{}!]+)\}")
_LATE: Final = "its collection cannot be told before the deployment"

Evaluate = Callable[[Any], Evaluated]
"""What an expression comes to before anything is deployed."""


@dataclass
class Unrolled:
    """A part of a template without its loops.

    Args:
        entries: what is there, and what the loops make.
        left: the loops among the entries that stay, each with the reason why.
    """

    entries: dict[str, Any]
    left: dict[str, str]


class _StaysError(Exception):
    """A loop has to stay as it is; the text says why."""


def is_loop(key: object) -> bool:
    """Whether a key of an object is that of a loop."""
    return isinstance(key, str) and key.startswith(LOOP)


class Loops:
    """Unrolls the loops of one template.

    Args:
        evaluate: evaluates collections, and the functions in references.
    """

    def __init__(self, evaluate: Evaluate) -> None:
        self.evaluate = evaluate
        self._room = MOST_WRITTEN

    def unrolled(self, section: Mapping[str, Any]) -> Unrolled:
        """Unroll the loops of a section, whose keys are logical ids, and those within what is there."""
        made = Unrolled({}, {})
        for key, value in section.items():
            if not is_loop(key):
                made.entries[key] = self._copy(value, {})
                continue
            try:
                turns = self._turns(value, {})
                _refuse_repetition(turns, {**section, **made.entries})
                _refuse_other_names(turns)
            except _StaysError as error:
                made.entries[key], made.left[key] = value, str(error)
            else:
                made.entries |= turns
        return made

    def _turns(self, loop: Any, bound: Mapping[str, str]) -> dict[str, Any]:
        """What a loop and the loops within it make.

        Args:
            loop: identifier, collection and fragment.
            bound: the identifiers of the loops around it, with their values.
        """
        identifier, collection, fragment = _parts(loop, bound)
        made: dict[str, Any] = {}
        for item in self._items(collection, bound):
            self._spend(1)
            here = {**bound, identifier: item}
            for name, value in fragment.items():
                if is_loop(name):
                    inner = self._turns(value, here)
                elif _holds(name, identifier):
                    inner = {self._text(name, here): self._copy(value, here)}
                else:
                    raise _StaysError(f"the key {name} in it does not contain ${{{identifier}}}")
                _refuse_repetition(inner, made)
                made |= inner
                _refuse_number(made)
        return made

    def _items(self, collection: Any, bound: Mapping[str, str]) -> Iterator[str]:
        """The members of a collection, each of them a text."""
        found = self.evaluate(self._copy(collection, bound))
        if not isinstance(found, list):
            raise _StaysError(_LATE if isinstance(found, Hole | Pointer | Text) else "its collection is no list")
        _refuse_number(found)
        for member in found:
            item = scalar_text(member)
            if isinstance(member, Hole | Pointer | Text):
                raise _StaysError(_LATE)
            if not isinstance(item, str) or not item:
                raise _StaysError("its collection has a member that is no text")
            yield item

    def _copy(self, value: Any, bound: Mapping[str, str]) -> Any:  # one frame a level: templates are nested deeply
        """A value of the template, with identifiers replaced, and the loops and references in it resolved."""
        if isinstance(value, str):
            return self._text(value, bound)
        if isinstance(value, list):
            members = []
            for member in value:
                members.append(self._copy(member, bound))  # noqa: PERF401 - a comprehension is a frame more
            return members
        if not isinstance(value, dict):
            return value
        if bound:
            self._spend(1 + len(value))
            name = value.get("Ref")
            if isinstance(name, str) and name in bound:
                return bound[name]
        made: dict[str, Any] = {}
        for key, member in value.items():
            if is_loop(key):
                made |= self._turns_within(key, member, bound, {**value, **made})
            elif key == "Fn::If" and isinstance(member, list) and member:
                # The name of the condition stays, as CloudFormation leaves it.
                made[key] = [member[0], *self._copy(member[1:], bound)]
            else:
                inner = self._copy(member, bound)
                made[self._text(key, bound)] = self._reference(inner) if key in _REFERENCES else inner
        return made

    def _turns_within(self, key: str, loop: Any, bound: Mapping[str, str], others: Mapping[str, Any]) -> dict[str, Any]:
        """What a loop within a resource makes; the loop itself where nobody can tell."""
        try:
            turns = self._turns(loop, bound)
            _refuse_repetition(turns, others)
        except _StaysError:
            return {key: loop}
        return turns

    def _reference(self, argument: Any) -> Any:
        """The argument of a reference with its functions evaluated, as far as they can be."""
        if isinstance(argument, list):
            return [self._known(part) if isinstance(part, dict) else part for part in argument]
        return self._known(argument) if isinstance(argument, dict) else argument

    def _known(self, expression: Any) -> Any:
        found = self.evaluate(expression)
        return found if isinstance(found, str) else expression

    def _text(self, text: Any, bound: Mapping[str, str]) -> Any:
        """A text with the identifiers in it replaced; ``&{…}`` leaves out what no logical id contains."""
        if not bound or not isinstance(text, str):
            return text
        self._spend(len(text))
        if "{" not in text:
            return text
        pieces: list[str] = []
        end = 0
        for found in _PLACEHOLDER.finditer(text):
            item = bound.get(found[1].strip())
            if item is not None:
                self._spend(len(item))
                item = item if found[0].startswith("$") else _NO_LOGICAL_ID.sub("", item)
                pieces += (text[end : found.start()], item)
                end = found.end()
        return "".join([*pieces, text[end:]])

    def _spend(self, characters: int) -> None:
        self._room -= characters
        if self._room < 0:
            raise _StaysError(f"the loops make more than {MOST_WRITTEN} characters, which CloudFormation refuses")


def _parts(loop: Any, bound: Mapping[str, str]) -> tuple[str, Any, Mapping[str, Any]]:
    """Identifier, collection and fragment of a loop."""
    if not isinstance(loop, list) or len(loop) != _PARTS:
        raise _StaysError("a loop is a list of an identifier, a collection and a fragment")
    identifier, collection, fragment = loop
    if not isinstance(identifier, str) or _LOGICAL_ID.fullmatch(identifier) is None:
        raise _StaysError("its identifier is no name of letters and digits")
    if identifier in bound:
        raise _StaysError(f"its identifier {identifier} is that of a loop around it")
    if not isinstance(fragment, dict) or not fragment:
        raise _StaysError("its fragment is no object with a key for what it makes")
    return identifier, collection, fragment


def _holds(key: object, identifier: str) -> bool:
    return isinstance(key, str) and any(f"{sign}{{{identifier}}}" in key for sign in "$&")


def _refuse_repetition(turns: Mapping[str, Any], others: Mapping[str, Any]) -> None:
    twice = next((name for name in turns if name in others), None)
    if twice is not None:
        raise _StaysError(f"it makes {twice}, which is there already")


def _refuse_other_names(turns: Mapping[str, Any]) -> None:
    """Refuse anything that is not a logical id."""
    other = next((name for name in turns if _LOGICAL_ID.fullmatch(name) is None), None)
    if other is not None:
        raise _StaysError(f"it makes {other!r}, which is no logical id: write &{{…}}, which leaves out other signs")


def _refuse_number(made: Collection[Any]) -> None:
    if len(made) > MOST_MADE:
        raise _StaysError(f"it makes more than {MOST_MADE} entries, and CloudFormation takes as many resources")
