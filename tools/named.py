"""Which files of the package name a thing: by a literal, by the name of a class, or by an import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from tools.import_graph import imports, module_of, modules


def naming(*, literal: str, name: str | None = None) -> frozenset[str]:
    """The modules that write a text as a literal, or use a name."""
    return frozenset(
        module
        for module in modules()
        if literal in _words(module)[0] or (name is not None and name in _words(module)[1])
    )


def importing(module: str) -> frozenset[str]:
    """The modules that import a module, or something out of it."""
    return frozenset(one.importer for one in imports() if module_of(one.name) == module)


@cache
def _words(module: str) -> tuple[frozenset[str], frozenset[str]]:
    code = modules()[module].read_text("utf-8")
    return frozenset(literals(code)), frozenset(names(code))


def literals(code: str) -> Iterator[str]:
    """The texts in a piece of code; what a docstring says is none of them."""
    tree = ast.parse(code)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def names(code: str) -> Iterator[str]:
    """The names that a piece of code uses."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name
