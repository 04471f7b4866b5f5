"""Who imports whom in the package, read from its files without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PACKAGE: Final = "cdk_esm"
_BY_NAME: Final = {"import_module", "__import__", "find_spec", "run_module", "walk_packages"}


@dataclass(frozen=True, order=True)
class Import:
    """One module imports another.

    Args:
        importer: the module that imports.
        name: what it imports, as a dotted name; it may end in the name of something inside a module.
        for_types: whether only the type checker reads it.
        by_name: whether the name is handed to a function such as ``import_module``; then it is known up to the first
            piece that is put in at run time, and empty if all of it is.
        at_once: whether importing the importer runs it; an import inside a function runs later.
    """

    importer: str
    name: str
    for_types: bool = False
    by_name: bool = False
    at_once: bool = True


@cache
def modules(root: Path = ROOT) -> Mapping[str, Path]:
    """Every module of the package by its name; a package has the name of its folder."""
    return {
        ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): file
        for file in sorted((root / PACKAGE).rglob("*.py"))
    }


def part(module: str) -> str:
    """The part of the package that a module belongs to: the first name below it."""
    return module.split(".")[1] if "." in module else ""


@cache
def imports(root: Path = ROOT) -> tuple[Import, ...]:
    """Every import in the package."""
    return tuple(one for name, file in modules(root).items() for one in imports_in(name, file.read_text("utf-8")))


def imports_in(importer: str, code: str) -> Iterator[Import]:
    """Every import in the code of one module.

    Raises:
        ValueError: it imports relatively, which hides where a name leads.
    """
    yield from _found(ast.parse(code), importer, for_types=False, at_once=True)


def _found(node: ast.AST, importer: str, *, for_types: bool, at_once: bool) -> Iterator[Import]:
    for name in _named(node):
        yield Import(importer, name, for_types=for_types, at_once=at_once)
    if isinstance(node, ast.Call) and _called(node.func) in _BY_NAME:
        yield Import(importer, _beginning(node.args[0] if node.args else None), by_name=True, at_once=at_once)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        at_once = False
    only_types: list[ast.stmt] = node.body if isinstance(node, ast.If) and _called(node.test) == "TYPE_CHECKING" else []
    for child in ast.iter_child_nodes(node):
        typed = for_types or child in only_types
        yield from _found(child, importer, for_types=typed, at_once=at_once and not typed)


def _named(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        if node.level:
            raise ValueError("relative imports are for the sample app's handlers")
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def _called(function: ast.expr) -> str:
    """The last name of an expression such as ``importlib.import_module``."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _beginning(argument: ast.expr | None) -> str:
    """What is known of a text before the program runs."""
    if isinstance(argument, ast.JoinedStr) and argument.values:
        return _beginning(argument.values[0])
    if isinstance(argument, ast.BinOp):
        return _beginning(argument.left)
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""


def module_of(name: str, root: Path = ROOT) -> str | None:
    """The module of the package that a dotted name leads to; ``None`` outside the package."""
    while name not in modules(root):
        name, dot, _ = name.rpartition(".")
        if not dot:
            return None
    return name


def graph(root: Path = ROOT, *, at_once: bool) -> Mapping[str, frozenset[str]]:
    """Every module with the modules that it imports.

    Args:
        root: the folder that holds the package.
        at_once: only what runs when the module is imported. Otherwise also what runs later, and what only the type
            checker reads.
    """
    found: dict[str, set[str]] = {name: set() for name in modules(root)}
    for one in imports(root):
        imported = module_of(one.name, root)
        if imported is None or one.by_name or (at_once and not one.at_once):
            continue
        # Python runs a package before what is in it, but for the packages that the importer is in itself.
        running = {imported, *_packages_of(imported)} - {one.importer, *_packages_of(one.importer), PACKAGE}
        found[one.importer] |= running | ({imported} - {one.importer})
    return {name: frozenset(imported) for name, imported in found.items()}


def _packages_of(module: str) -> list[str]:
    names = module.split(".")
    return [".".join(names[:length]) for length in range(1, len(names))]


def circle(edges: Mapping[str, frozenset[str]]) -> list[str]:
    """A way through the graph that ends where it begins; empty if there is none."""
    done: set[str] = set()
    for start in edges:
        if found := _circle_from(start, edges, [], done):
            return found
    return []


def _circle_from(node: str, edges: Mapping[str, frozenset[str]], way: list[str], done: set[str]) -> list[str]:
    if node in way:
        return [*way[way.index(node) :], node]
    if node in done:
        return []
    for after in sorted(edges[node]):
        if found := _circle_from(after, edges, [*way, node], done):
            return found
    done.add(node)
    return []


def longest_chain(start: str, edges: Mapping[str, frozenset[str]]) -> list[str]:
    """The longest way down from a module, in a graph without circles."""
    known: dict[str, list[str]] = {}

    def below(node: str) -> list[str]:
        if node not in known:
            known[node] = [node, *max((below(after) for after in sorted(edges[node])), key=len, default=[])]
        return known[node]

    return below(start)
