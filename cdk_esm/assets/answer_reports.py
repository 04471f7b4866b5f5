"""Which failures the answers of a handler name, and how, as its text says."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator, Mapping
from typing import Final

from cdk_esm.assets.handler_scope import Scope, is_part
from cdk_esm.assets.powertools import is_answer
from cdk_esm.plan import Misshapen, NamedBy
from cdk_esm.sources.answers import HOLDER, KEY

_LONGEST: Final = 60
"""Characters of code in a message."""


class Reports:
    """What the answers of a handler say of failures.

    Args:
        scope: the handler.
    """

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.line: int | None = None
        self.misshapen: list[Misshapen] = []
        self.named_by: list[NamedBy] = []
        self._elsewhere: list[Misshapen] = []
        for one in scope.returns:
            if one.value is not None:
                self._answer(one.value)
        if self.line is None:  # where another way out reports failures, this one answers somebody else, such as an API
            self.misshapen += self._elsewhere

    def _answer(self, given: ast.expr) -> None:
        value = self._scope.value(given)
        if isinstance(value, ast.IfExp):
            self._answer(value.body)
            self._answer(value.orelse)
            return
        if is_answer(value, self._scope):
            self._found_at(given)
        if self._has_failures(_in_a_text(value)):
            self._misplaced(given, "the answer is a text, in which no poller looks")
        entries = self.entries_of(given)
        if entries is None:
            return
        failures = entries.get(HOLDER)
        if failures is None:
            self._misspelt(given, entries)
            self._wrapped(given, entries)
        elif not nothing_in(self._scope.value(failures)) or self._grows(failures):
            self._found_at(given)
            self._holder(failures)

    def _found_at(self, node: ast.expr) -> None:
        self.line = node.lineno if self.line is None else self.line

    def entries_of(self, given: ast.expr) -> Mapping[str, ast.expr] | None:
        """The keys and values of an object that is written out; ``None`` if it may have others."""
        value = self._scope.value(given)
        if not isinstance(value, ast.Dict):
            return None
        found: dict[str, ast.expr] = {}
        for key, one in zip(value.keys, value.values, strict=True):
            if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
                return None
            found[key.value] = one
        if isinstance(given, ast.Name):
            return self._added(given.id, found)
        return found

    def _added(self, name: str, found: dict[str, ast.expr]) -> Mapping[str, ast.expr] | None:
        """What is put into an object after it was made, key by key; ``None`` if anything else is done to it."""
        for node in self._scope.nodes:
            match node:
                case ast.Assign(
                    targets=[ast.Subscript(value=ast.Name(id=changed), slice=ast.Constant(value=str(key)))], value=value
                ) if changed == name:
                    found[key] = value
                case ast.Subscript(value=ast.Name(id=changed), slice=index, ctx=ast.Store()) if changed == name:
                    if not isinstance(index, ast.Constant):
                        return None
                case ast.Call(func=ast.Attribute(value=ast.Name(id=changed))) if changed == name:
                    return None
                case ast.Call(func=ast.Attribute(attr="append")):
                    continue  # it is put into a list, and stays as it is
                case ast.Call(args=arguments) if any(isinstance(one, ast.Name) and one.id == name for one in arguments):
                    return None
        return found

    def _misspelt(self, given: ast.expr, entries: Mapping[str, ast.expr]) -> None:
        for key, value in entries.items():
            plain = key.lower().replace("_", "").replace("-", "")
            if difflib.get_close_matches(plain, [HOLDER.lower()], cutoff=0.85) and not nothing_in(value):
                why = f"the answer has {key!r} where pollers look for {HOLDER!r}"
                self.misshapen.append(Misshapen(line=given.lineno, got=_short(given), why=why))

    def _wrapped(self, given: ast.expr, entries: Mapping[str, ast.expr]) -> None:
        """Look for failures below another key, such as in the body of an answer for an API."""
        for key, value in entries.items():
            if self._has_failures(value) or self._has_failures(_in_a_text(self._scope.value(value))):
                self._misplaced(given, f"the answer has {HOLDER} below {key!r}, where no poller looks")

    def _has_failures(self, given: ast.expr | None) -> bool:
        """Whether it is an object with failures, or one whose list of them grows."""
        failures = None if given is None else (self.entries_of(given) or {}).get(HOLDER)
        return failures is not None and (not nothing_in(self._scope.value(failures)) or self._grows(failures))

    def _misplaced(self, given: ast.expr, why: str) -> None:
        self._elsewhere.append(Misshapen(line=given.lineno, got=_short(self._scope.value(given)), why=why))

    def _holder(self, given: ast.expr) -> None:
        """What the answer says failed."""
        value = self._scope.value(given)
        if isinstance(value, ast.Dict | ast.DictComp | ast.Set | ast.SetComp | ast.JoinedStr | ast.Constant):
            why = f"{HOLDER} is no list"
            self.misshapen.append(Misshapen(line=value.lineno, got=_short(value), why=why))
            return
        for entry in self._listed(given):
            self._entry(entry)

    def _listed(self, given: ast.expr) -> Iterator[ast.expr]:
        """The entries of a list, as far as they are written out."""
        match given:
            case ast.List(elts=entries):
                yield from (one for one in entries if not isinstance(one, ast.Starred))
            case ast.ListComp(elt=entry):
                yield entry
            case ast.Name(id=name):
                values = self._scope.values.get(name, [])
                if any(not isinstance(one, ast.List | ast.ListComp) and not _is_empty_list(one) for one in values):
                    return
                for one in values:
                    yield from self._listed(one) if one is not None else ()
                yield from self._appended(name)

    def _grows(self, given: ast.expr) -> bool:
        """Whether something is put into a list after it was made."""
        if not isinstance(given, ast.Name):
            return False
        for node in self._scope.nodes:
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append" | "extend" | "insert")):
                    grown = name
                case ast.AugAssign(target=ast.Name(id=name)):
                    grown = name
                case _:
                    continue
            if grown == given.id:
                return True
        return False

    def _appended(self, name: str) -> Iterator[ast.expr]:
        for node in self._scope.nodes:
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id=list_name), attr="append"), args=[entry]):
                    if list_name == name:
                        yield entry
                case ast.Call(func=ast.Attribute(value=ast.Name(id=list_name), attr="extend"), args=[more]):
                    if list_name == name:
                        yield from self._listed(more) if not isinstance(more, ast.Name) else ()
                case ast.AugAssign(target=ast.Name(id=list_name), op=ast.Add(), value=more):
                    if list_name == name:
                        yield from self._listed(more) if not isinstance(more, ast.Name) else ()

    def _entry(self, given: ast.expr) -> None:
        value = self._scope.value(given)
        entries = self.entries_of(given)
        if entries is not None:
            if KEY in entries:
                self._identifier(entries[KEY])
            elif keys := ", ".join(entries) or "nothing":
                why = f"an entry of {HOLDER} has {keys} where pollers look for {KEY}"
                self.misshapen.append(Misshapen(line=given.lineno, got=_short(value), why=why))
        elif isinstance(value, ast.Constant | ast.JoinedStr) or self._path(value):
            why = f"an entry of {HOLDER} is no object with {KEY}"
            self.misshapen.append(Misshapen(line=given.lineno, got=_short(given), why=why))

    def _identifier(self, given: ast.expr) -> None:
        value = self._scope.value(given)
        if isinstance(value, ast.Constant) and value.value == "":
            return  # AWS's documented way to say that the whole batch failed
        if isinstance(value, ast.Constant) and not value.value:
            why = f"{KEY} is empty"
            self.misshapen.append(Misshapen(line=given.lineno, got=_short(value), why=why))
        elif (keys := self.entries_of(given)) is not None:
            self.named_by.append(NamedBy(line=given.lineno, fields=tuple(keys), written_out=True))
        elif fields := self._path(value):
            self.named_by.append(NamedBy(line=given.lineno, fields=fields))

    def _path(self, value: ast.expr) -> tuple[str, ...]:
        """The way into a record by names that are written out; empty for anything else."""
        match value:
            case ast.Subscript(value=inner, slice=ast.Constant(value=str(name))):
                pass
            case ast.Call(func=ast.Attribute(value=inner, attr="get"), args=[ast.Constant(value=str(name)), *_]):
                pass
            case ast.Attribute(value=inner, attr=name):
                pass
            case _:
                return ()
        before = self._path(inner)
        if before or (isinstance(inner, ast.Name) and is_part(inner, self._scope.parts)):
            return (*before, name)
        return ()


def _in_a_text(value: ast.expr) -> ast.expr | None:
    """What a text of JSON is made of."""
    match value:
        case ast.Call(func=ast.Attribute(attr="dumps") | ast.Name(id="dumps"), args=[inner, *_]):
            return inner
    return None


def nothing_in(value: ast.expr) -> bool:
    """Whether it is an empty list, or nothing at all."""
    return _is_empty_list(value) or (isinstance(value, ast.Constant) and value.value is None)


def _is_empty_list(value: ast.expr | None) -> bool:
    match value:
        case ast.List(elts=[]) | ast.Tuple(elts=[]):
            return True
        case ast.Call(func=ast.Name(id="list"), args=[], keywords=[]):
            return True
    return False


def _short(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
