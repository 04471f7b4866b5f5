"""The parts of the package: what each is for, how many modules it has, and which other parts it imports."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tools.import_graph import PACKAGE, graph, modules, part
from tools.layers import LAYERS, WINGS


@dataclass(frozen=True)
class Part:
    """A part of the package, or a wing of one.

    Args:
        name: its name below the package, such as ``plan`` or ``template/iam``.
        purpose: the first sentence of its docstring.
        modules: how many files of Python it has, those of its wings counted with it.
        imports: the other parts that it imports, from the top down.
    """

    name: str
    purpose: str
    modules: int
    imports: tuple[str, ...]


@cache
def parts() -> Mapping[str, Part]:
    """Every part by its name, from the top down."""
    edges = part_graph()
    names = [name for row in LAYERS for name in row if f"{PACKAGE}.{name}" in modules()]
    return {
        name: Part(name, purpose(name), count(name), tuple(other for other in names if other in edges[name]))
        for name in names
    }


def wings(of: str) -> list[Part]:
    """The wings of a part, from the top down; the top of the part is no wing."""
    named = [wing for wing in WINGS.get(of, ()) if wing]
    return [Part(f"{of}/{wing}", purpose(f"{of}.{wing}"), count(f"{of}.{wing}"), ()) for wing in named]


def rows() -> list[list[str]]:
    """The layers that have a part already, from the top down."""
    return [row for layer in LAYERS if (row := [name for name in layer if name in parts()])]


def purpose(name: str) -> str:
    """The first sentence of a module's docstring, without its full stop."""
    text = ast.get_docstring(ast.parse(modules()[f"{PACKAGE}.{name}"].read_text("utf-8"))) or ""
    return text.split("\n\n")[0].replace("\n", " ").replace("``", "`").rstrip(".")


def count(name: str) -> int:
    """The number of modules of a part, with its package's own."""
    dotted = f"{PACKAGE}.{name}"
    return sum(module == dotted or module.startswith(dotted + ".") for module in modules())


def part_graph() -> Mapping[str, frozenset[str]]:
    """Every part with the other parts that it imports when it runs."""
    found: dict[str, set[str]] = {}
    for module, imported in graph(at_once=True).items():
        found.setdefault(part(module), set()).update(map(part, imported))
    del found[""]
    found["__main__"].add("cli")  # it loads the file of a command when the command is given
    return {name: frozenset(others - {name, ""}) for name, others in found.items()}


def shortest(edges: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """The same graph without the edges that lead where a longer way leads too; it must have no circle."""

    def below(node: str) -> frozenset[str]:
        return frozenset({*edges[node], *(further for other in edges[node] for further in below(other))})

    return {
        node: frozenset(one for one in direct if not any(one in below(other) for other in direct))
        for node, direct in edges.items()
    }
