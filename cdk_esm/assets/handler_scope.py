"""The function of a handler in the syntax of its module: its own statements, and what its names are set to."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from cdk_esm.assets.python_names import bound_names, parsed

_HARMLESS: Final = frozenset(
    {"inject_lambda_context", "capture_lambda_handler", "log_metrics", "event_source"}
    | {"batch_processor", "async_batch_processor"}
)
"""Decorators of Powertools that hand on what the handler answers, and what it raises."""
_READS: Final = frozenset({"get", "items", "values", "enumerate", "list", "sorted", "reversed", "tuple", "iter"})
"""Calls that give back what they were given, or a part of it."""
_OWN_SCOPE: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


class Scope:
    """The function of a handler.

    Args:
        function: the function.
        tree: its module.
    """

    def __init__(self, function: ast.FunctionDef, tree: ast.Module) -> None:
        self.function, self.tree = function, tree
        self.nodes = list(own_nodes(function.body))
        self.values: dict[str, list[ast.expr | None]] = {}
        for node in self.nodes:
            self._bind(node)
        for argument in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]:
            self.values.setdefault(argument.arg, []).append(None)
        first = [*function.args.posonlyargs, *function.args.args][0].arg
        self.parts = self._derived(first, deep=False)
        self.derived = self._derived(first, deep=True)

    def _bind(self, node: ast.AST) -> None:
        """Keep what a name is set to; ``None`` for what cannot be told."""
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            self.values.setdefault(node.targets[0].id, []).append(node.value)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            if node.value is not None:
                self.values.setdefault(node.target.id, []).append(node.value)
        elif not isinstance(node, ast.AugAssign):
            for name in _targets(node):
                self.values.setdefault(name, []).append(None)

    def _derived(self, event: str, *, deep: bool) -> frozenset[str]:
        """The names of parts of the event; deep: also of whatever is made of them."""
        found = {event}
        pairs = [(node.targets, node.value) for node in self.nodes if isinstance(node, ast.Assign)]
        pairs += [([node.target], node.value) for node in self.nodes if isinstance(node, ast.AnnAssign) and node.value]
        pairs += [([node.target], node.iter) for node in self.nodes if isinstance(node, ast.For | ast.comprehension)]
        growing = True
        while growing:
            growing = False
            for targets, value in pairs:
                if is_part(value, found) if not deep else mentions(value, found):
                    names = {name.id for one in targets for name in ast.walk(one) if isinstance(name, ast.Name)}
                    growing = growing or not names <= found
                    found |= names
        return frozenset(found)

    def value(self, node: ast.expr) -> ast.expr:
        """What a name is set to, if that happens once; the expression itself otherwise."""
        seen: set[str] = set()
        while isinstance(node, ast.Name) and node.id not in seen:
            seen.add(node.id)
            given = self.values.get(node.id, [])
            if len(given) != 1 or given[0] is None:
                break
            node = given[0]
        return node

    @property
    def returns(self) -> list[ast.Return]:
        """Its ways out with ``return``."""
        return [node for node in self.nodes if isinstance(node, ast.Return)]


def scope_of(name: str, source: bytes) -> Scope | None:
    """The function that a module surely has under a name, and nothing around it; ``None`` if something may be."""
    tree = parsed(source)
    if tree is None:
        return None
    functions = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == name]
    stars = any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in tree.body)
    if stars or len(functions) != 1 or list(bound_names(tree)).count(name) != 1:
        return None
    (function,) = functions
    return Scope(function, tree) if _is_plain(function) else None


def _is_plain(function: ast.FunctionDef) -> bool:
    """Whether what it returns is the answer, and its own names are its own."""
    unlike = ast.Yield | ast.YieldFrom | ast.Global | ast.Nonlocal
    return (
        all(_is_harmless(one) for one in function.decorator_list)
        and bool(function.args.posonlyargs or function.args.args)
        and not any(isinstance(node, unlike) for node in own_nodes(function.body))
    )


def _is_harmless(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (isinstance(called, ast.Attribute) and called.attr in _HARMLESS) or (
        isinstance(called, ast.Name) and called.id in _HARMLESS
    )


def own_nodes(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """What is in a body, without that of the functions and classes in it."""
    waiting: list[ast.AST] = [*reversed(body)]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _OWN_SCOPE):
            waiting += reversed(list(ast.iter_child_nodes(node)))


def _targets(node: ast.AST) -> Iterator[str]:
    """The names that a statement sets to something that cannot be told."""
    given: list[ast.AST] = []
    match node:
        case ast.Assign(targets=targets):
            given = [one for one in targets if not isinstance(one, ast.Subscript | ast.Attribute)]
        case ast.For(target=target) | ast.NamedExpr(target=target) | ast.comprehension(target=target):
            given = [target]
        case ast.withitem(optional_vars=ast.AST() as target):
            given = [target]
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.FunctionDef(name=name):
            yield name
    for one in given:
        yield from (name.id for name in ast.walk(one) if isinstance(name, ast.Name))


def mentions(node: ast.AST, names: frozenset[str] | set[str]) -> bool:
    """Whether one of the names is somewhere in it."""
    return any(isinstance(one, ast.Name) and one.id in names for one in ast.walk(node))


def is_part(node: ast.AST, names: frozenset[str] | set[str]) -> bool:
    """Whether it is one of the names, or something that was taken out of it unchanged."""
    match node:
        case ast.Name(id=name):
            return name in names
        case ast.Subscript(value=inner) | ast.Attribute(value=inner) | ast.Starred(value=inner):
            return is_part(inner, names)
        case ast.Call(func=ast.Attribute(value=inner, attr=called)) if called in _READS:
            return is_part(inner, names)
        case ast.Call(func=ast.Name(id=called), args=[inner, *_]) if called in _READS:
            return is_part(inner, names)
    return False
