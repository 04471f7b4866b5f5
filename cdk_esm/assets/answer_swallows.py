"""Whether a handler catches whatever happens to a record, and lets nobody know: then Lambda takes it for processed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Final

from cdk_esm.assets.answer_reports import Reports, nothing_in
from cdk_esm.assets.handler_scope import Scope, is_part, mentions, own_nodes
from cdk_esm.sources.answers import HOLDER

_LOGS: Final = frozenset({"logger", "log", "logging", "logs", "traceback", "print", "pprint"})
"""What a log is called, in lower case and without underscores around."""
_READING: Final = frozenset(
    {"str", "repr", "int", "float", "len", "dict", "list", "tuple", "set", "sorted", "enumerate", "reversed", "range"}
    | {"bytes", "bool", "isinstance", "getattr", "type", "format", "loads", "dumps", "b64decode", "decode", "encode"}
    | {"get", "items", "values", "keys", "strip", "split", "lower", "upper", "startswith", "endswith", "format_exc"}
)
"""Calls that read, and do nothing for a record."""
_ALL: Final = frozenset({"Exception", "BaseException"})


def swallowed(scope: Scope, reports: Reports) -> int | None:
    """The line of an ``except`` behind which a record is lost; ``None`` if somebody may be told of it.

    It is certain only where the handler does nothing else: every record is processed within the ``try``, its handlers
    and what follows do nothing but log, and no answer names failures.
    """
    if not all(_is_silent(one.value, scope, reports) for one in scope.returns):
        return None
    return _find(scope.function.body, scope)


def _is_silent(value: ast.expr | None, scope: Scope, reports: Reports) -> bool:
    """Whether an answer surely names no failure."""
    if value is None:
        return True
    known = scope.value(value)
    if isinstance(known, ast.Constant) or nothing_in(value):  # a list with a name may have grown
        return True
    entries = reports.entries_of(value)
    if entries is None:
        return False
    failures = entries.get(HOLDER)
    return failures is None or (not isinstance(failures, ast.Name) and nothing_in(failures))


def _find(body: Sequence[ast.stmt], scope: Scope) -> int | None:
    """The ``except`` in a body that does nothing else with the records of the event."""
    for place, statement in enumerate(body):
        inner: int | None = None
        match statement:
            case ast.Try():
                inner = _of_try(statement, scope)
            case ast.For(iter=records, body=inside, orelse=[]) if is_part(records, scope.parts):
                inner = _find(inside, scope)
            case ast.With(body=inside):
                inner = _find(inside, scope)
        if inner is not None:
            before = all(_is_before(one, scope) for one in body[:place])
            return inner if before and all(_is_quiet(one) for one in body[place + 1 :]) else None
    return None


def _of_try(node: ast.Try, scope: Scope) -> int | None:
    """The line of what catches everything in a ``try`` that processes a record."""
    caught = next((one for one in node.handlers if _catches_all(one)), None)
    if caught is None or not any(_processes(call, scope) for call in _calls(node.body)):
        return None
    if not all(_is_quiet(one) for handler in node.handlers for one in handler.body):
        return None
    if not all(_is_quiet(one) for one in node.orelse):
        return None
    if not all(_is_tidying(one, scope) for one in node.finalbody):
        return None
    return caught.lineno


def _is_tidying(statement: ast.stmt, scope: Scope) -> bool:
    """Whether a statement of a ``finally`` is the same after a failure: it closes something, and knows no record."""
    if _is_quiet(statement):
        return not any(isinstance(one, ast.Return) for one in own_nodes([statement]))
    # A name that is set in the function may hold what failed.
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and not any(mentions(one, {*scope.values, *scope.derived}) for one in _arguments(statement.value))
    )


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(one.value for one in call.keywords)]


def _catches_all(handler: ast.ExceptHandler) -> bool:
    match handler.type:
        case None:
            return True
        case ast.Name(id=name):
            return name in _ALL
        case ast.Tuple(elts=kinds):
            return any(isinstance(one, ast.Name) and one.id in _ALL for one in kinds)
    return False


def _processes(call: ast.Call, scope: Scope) -> bool:
    """Whether a call does something with a record."""
    return not _only_reads(call) and mentions(call, scope.derived)


def _is_before(statement: ast.stmt, scope: Scope) -> bool:
    """Whether a statement before the ``try`` does nothing with a record."""
    if any(isinstance(node, ast.Raise | ast.Try | ast.Assert) for node in own_nodes([statement])):
        return False
    return not any(_processes(call, scope) for call in _calls([statement]))


def _is_quiet(statement: ast.stmt) -> bool:
    """Whether a statement tells nobody but the log."""
    told = ast.Raise | ast.Assert | ast.Try | ast.Await
    if any(isinstance(node, told) for node in own_nodes([statement])):
        return False
    # What is kept of a failure, somebody may look at.
    if any(
        isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store)
        for node in own_nodes([statement])
    ):
        return False
    return all(_only_reads(call) for call in _calls([statement]))


def _calls(body: Sequence[ast.stmt]) -> Iterator[ast.Call]:
    return (node for node in own_nodes(list(body)) if isinstance(node, ast.Call))


def _only_reads(call: ast.Call) -> bool:
    """Whether a call writes to a log, or reads."""
    node: ast.expr = call.func
    called = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    while isinstance(node, ast.Attribute):
        node = node.value
    root = node.id if isinstance(node, ast.Name) else ""
    return called in _READING or root.lower().strip("_") in _LOGS
