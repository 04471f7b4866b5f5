"""Tables of text, as Markdown and for the terminal, both from the same rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]
"""A line of a table by its columns' names, with plain values: JSON can show it as it is."""


def markdown_table(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """The columns of the rows as a Markdown table; an address becomes a link."""
    lines = [[_words(column) for column in columns], ["---"] * len(columns)]
    lines += [[_linked(_cell(row[column])).replace("|", "\\|") for column in columns] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def text_table(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """The columns of the rows for the terminal, with a heading."""
    lines = [[_words(column) for column in columns]]
    lines += [[_cell(row[column]) for column in columns] for row in rows]
    widths = [max(len(line[index]) for line in lines) for index in range(len(columns))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def link(page: str) -> str:
    """A Markdown link to a page, under the name that the page has in its address."""
    return f"[{page.rstrip('/').rpartition('/')[2].removesuffix('.html')}]({page})"


def _words(column: str) -> str:
    return column.replace("_", " ")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return str(value)


def _linked(cell: str) -> str:
    return link(cell) if cell.startswith("https://") else cell
