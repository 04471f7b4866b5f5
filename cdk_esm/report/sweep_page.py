"""A sweep as one self-contained page: it loads nothing and runs nothing, and can be read offline and printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

_PAGE: Final = Path(__file__).with_name("sweep_page.html")
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "records/s": ("records that are processed a second", "most"),
    "lag s": ("seconds from the last arrival to the last success", "least"),
    "invocations": ("invocations, which are paid for", "least"),
    "at a time": ("invocations at the same time, at most", ""),
    "errors": ("failed invocations", "least"),
    "throttles": ("throttled invocations", "least"),
    "given up": ("dead letters, and records at the destination", "least"),
    "lost": ("records that are lost", "least"),
}
"""Each figure in words, and which of its values a person looks for; empty if neither end is better."""


def sweep_page(path: str, sentence: str, rows: Sequence[tuple[Mapping[str, Any], Mapping[str, float]]]) -> str:
    """The page of a sweep.

    Args:
        path: the mapping.
        sentence: what every run got.
        rows: the values of each run, and the figures that came out.
    """
    names = [", ".join(f"{name} {value}" for name, value in changed.items()) for changed, _ in rows]
    charts = "\n".join(_chart(key, *words, names, [found[key] for _, found in rows]) for key, words in _WORDS.items())
    values = {"__PATH__": path, "__SENTENCE__": sentence}
    page = _PAGE.read_text(encoding="utf-8")
    for mark, text in values.items():
        page = page.replace(mark, escape(text))
    return page.replace("__CHARTS__", charts).replace("__TABLE__", _table(names, rows))


def _chart(key: str, words: str, wanted: str, names: Sequence[str], values: Sequence[float]) -> str:
    """One figure of every run, as bars that can be compared; each bar has its number beside it."""
    greatest = max(values, default=0)
    best = {"most": greatest, "least": min(values, default=0)}.get(wanted)
    lines = []
    for name, value in zip(names, values, strict=True):
        is_best = value == best and greatest != min(values)
        share = 100 * value / greatest if greatest else 0
        lines.append(
            f'<tr{" class=best" if is_best else ""}><th scope="row">{escape(name)}</th>'
            f'<td><span class="bar" style="width:{share:.1f}%"></span></td>'
            f'<td class="number" data-key="{escape(key)}" data-value="{value}">{value:,}'
            f"{f' <em>{wanted}</em>' if is_best else ''}</td></tr>"
        )
    caption = escape(words[:1].upper() + words[1:])
    return f"<table><caption>{caption}</caption><tbody>{''.join(lines)}</tbody></table>"


def _table(names: Sequence[str], rows: Sequence[tuple[Mapping[str, Any], Mapping[str, float]]]) -> str:
    """Every figure of every run."""
    heads = "".join(f'<th scope="col">{escape(key)}</th>' for key in ("", *_WORDS))
    lines = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{found[key]:,}</td>" for key in _WORDS)}</tr>'
        for name, (_, found) in zip(names, rows, strict=True)
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
