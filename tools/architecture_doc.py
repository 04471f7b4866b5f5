"""The generated pieces of docs/architecture.md: its tables, and how long the ways through the imports are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from cdk_esm.report.table import Row, markdown_table
from tools.import_graph import PACKAGE, ROOT, graph, longest_chain, modules
from tools.layers import WINGS
from tools.parts import parts, wings

PAGE: Final = ROOT / "docs" / "architecture.md"
_PIECE: Final = re.compile(r"(<!-- (\w+): written by `make docs` -->\n).*?(<!-- end of \2 -->)", re.DOTALL)


def architecture_markdown() -> str:
    """The page as it is written, with its generated pieces made anew.

    Raises:
        ValueError: a piece has no place in the page.
    """
    text = PAGE.read_text(encoding="utf-8")
    places = [found[2] for found in _PIECE.finditer(text)]
    if sorted(places) != sorted(pieces()):
        raise ValueError(f"docs/architecture.md has places for {places}, and the pieces are {[*pieces()]}")
    return _PIECE.sub(lambda found: f"{found[1]}\n{pieces()[found[2]]}\n\n{found[3]}", text)


def pieces() -> Mapping[str, str]:
    """Every generated piece by its name."""
    return {
        "parts": markdown_table(part_rows(), ("part", "files", "what_it_is_for", "imports")),
        "wings": markdown_table(wing_rows(), ("wing", "files", "what_it_is_for")),
        "chain": "\n".join(_chain()),
    }


def part_rows() -> list[Row]:
    """Every part of the package, from the top down."""
    return [
        {
            "part": f"`{one.name}`",
            "files": one.modules,
            "what_it_is_for": one.purpose,
            "imports": [f"`{name}`" for name in one.imports],
        }
        for one in parts().values()
    ]


def wing_rows() -> list[Row]:
    """Every wing of the parts that have some, from the top down."""
    return [
        {"wing": f"`{one.name}/`", "files": one.modules, "what_it_is_for": one.purpose}
        for part in WINGS
        for one in wings(part)
    ]


def _chain() -> Iterator[str]:
    way = longest_construct()
    names = [name.removeprefix(f"{PACKAGE}.") for name in way]
    yield f"The package has {len(modules())} modules. The longest chain of imports of a construct has {len(way)}:"
    yield ""
    yield " → ".join(f"`{name}`" for name in names)


def longest_construct() -> list[str]:
    """The longest chain of imports that begins at the file of a construct."""
    edges = graph(at_once=True)
    return max((longest_chain(name, edges) for name in sorted(edges[f"{PACKAGE}.constructs"])), key=len)
