"""The result of a check as text, grouped by mapping, made to be read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from cdk_esm.judge.result import GRAVEST_FIRST, Reported, Result, with_words_of_cdk

_INDENT: Final = " " * 10


def as_text(result: Result) -> str:
    """What counts, mapping by mapping, and a summary line at the end."""
    groups = groupby(with_words_of_cdk(result).counted, key=lambda one: one.finding.path)
    blocks = ["\n".join(_block(path, list(found))) for path, found in groups]
    return "\n\n".join([*blocks, *_skipped(result), summary_line(result)])


def _block(path: str, found: list[Reported]) -> Iterator[str]:
    plan = found[0].plan
    yield f"{path}  ({plan.template}, {plan.logical_id})"
    for one in found:
        finding = one.finding
        yield f"  {finding.severity!s:<8}{finding.rule.id} {finding.rule.name}"
        yield from _wrapped("", finding.message)
        yield from _wrapped("fix: ", finding.fix)
        if one.in_cdk is not None:
            yield from _wrapped("in CDK: ", one.in_cdk)
        yield f"{_INDENT}see: {finding.page}"


def _wrapped(begin: str, text: str) -> Iterator[str]:
    """A text that may have lines of its own, such as a policy to paste."""
    first, *rest = text.splitlines() or [""]
    yield f"{_INDENT}{begin}{first}"
    yield from (f"{_INDENT}{line}" for line in rest)


def _skipped(result: Result) -> list[str]:
    lines = [f"{one.path}: not judged, because {one.reason}" for one in result.inputs.skipped]
    return ["\n".join(lines)] if lines else []


def summary_line(result: Result) -> str:
    """How much was looked at, and what was found, in one line."""
    summary: dict[str, Any] = result.summary()
    counts = [_count(summary[str(severity)], str(severity)) for severity in GRAVEST_FIRST if summary[str(severity)]]
    settled = [f"{summary[name]} {words}" for name, words in _SETTLED.items() if summary[name]]
    skipped = [f"{_count(len(summary['skipped']), 'mapping')} not judged"] if summary["skipped"] else []
    looked_at = f"{_count(summary['mappings'], 'mapping')} in {_count(summary['templates'], 'template')}"
    return f"{looked_at}: {', '.join(counts) or 'nothing to mend'}" + "".join(f"; {one}" for one in settled + skipped)


_SETTLED: Final = {"acknowledged": "acknowledged", "baseline": "in the baseline"}


def _count(number: int, word: str) -> str:
    plural = "" if number == 1 or word in ("danger", "advice") else "s"
    return f"{number} {word}{plural}"
