"""Whether a Python module surely does not define a name: told from its syntax, without running it.

A module can get a name in many ways. Whatever may give it one that is not written there leaves the question open: a
star import, ``__getattr__``, ``globals()``, code in a text, or the name itself as a text.
"""

from __future__ import annotations

import ast
import difflib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cdk_esm.facts import UNKNOWN, Unknowable

_DYNAMIC: Final = frozenset(
    {"__dict__", "__getattr__", "__import__", "__setattr__", "eval", "exec", "globals", "locals", "modules", "setattr"}
    | {"vars", "__class__", "execfile", "runpy", "run_module", "run_path", "import_module", "load_module"}
)
"""Names after which a module may have any other."""
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_OWN_SCOPE: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(frozen=True)
class Names:
    """What was found of a name in a module.

    Args:
        defined: the module has it; ``UNKNOWN`` if it may have it.
        close: functions of the module that are named like it.
    """

    defined: bool | Unknowable
    close: tuple[str, ...] = ()


def parsed(source: bytes) -> ast.Module | None:
    """The syntax of a module; ``None`` if this version of Python cannot read it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a compiler would say of an escape in a text
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None  # another version of Python may read it


def look_for(name: str, source: bytes) -> Names:
    """Look for a name in the source of a module."""
    tree = parsed(source)
    if tree is None:
        return Names(UNKNOWN)
    bound = set(bound_names(tree))
    if name in bound:
        return Names(defined=True)
    if any(_may_bind(node, name) for node in ast.walk(tree)):
        return Names(UNKNOWN)
    functions = [one.name for one in tree.body if isinstance(one, _Function)]
    return Names(defined=False, close=tuple(difflib.get_close_matches(name, functions, n=3)))


def bound_names(tree: ast.Module) -> Iterator[str]:
    """The names that the module itself binds, under whatever condition."""
    waiting: list[ast.AST] = [*tree.body]
    while waiting:
        node = waiting.pop()
        yield from _binds(node)
        # The body of a function or a class binds other names; decorators, defaults and bases belong outside.
        waiting += _outside(node) if isinstance(node, _OWN_SCOPE) else ast.iter_child_nodes(node)


def _outside(node: ast.AST) -> list[ast.AST]:
    inside = node.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) else []
    within = {id(one) for one in inside}
    return [one for one in ast.iter_child_nodes(node) if id(one) not in within]


def _binds(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.Import(names=names):
            yield from (one.asname or one.name.partition(".")[0] for one in names)
        case ast.ImportFrom(names=names):
            yield from (one.asname or one.name for one in names)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name


def _may_bind(node: ast.AST, name: str) -> bool:  # noqa: PLR0911 - a table of ways
    """Whether something anywhere in a module may give it a name that it does not bind in the open."""
    match node:
        case ast.ImportFrom(names=names) if any(one.name == "*" for one in names):
            return True
        case ast.Global(names=names):
            return name in names
        case ast.Attribute(attr=used, ctx=ast.Store()):
            return used in _DYNAMIC or used == name
        case ast.Name(id=used) | ast.Attribute(attr=used) | ast.FunctionDef(name=used):
            return used in _DYNAMIC
        case ast.alias(name=imported):
            return imported.rpartition(".")[2] in _DYNAMIC
        case ast.NamedExpr(target=ast.Name(id=bound)):
            return bound == name
        case ast.Constant(value=str(text)):
            return text == name
    return False
