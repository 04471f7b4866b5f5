"""The result of a check as text, made to be read: rule by rule, with the mappings that break it below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from cdk_esm.judge.result import GRAVEST_FIRST, NEVER, Reported, Result, with_words_of_cdk
from cdk_esm.printed import laid_out, one_line
from cdk_esm.template.unread import Skipped

_INDENT: Final = " " * 10
_MOST_LEADING: Final = 3
_SETTLED: Final = {"acknowledged": "acknowledged", "baseline": "in the baseline"}


def as_text(result: Result) -> str:
    """What counts, file by file and rule by rule, what was not judged, and a summary at the end."""
    found = with_words_of_cdk(result).counted
    templates = groupby(found, key=lambda one: one.plan.template)
    blocks = [block for template, reported in templates for block in _of_template(template, list(reported))]
    return "\n\n".join([*blocks, *_skipped(result), summary_text(result)])


def _of_template(template: str | None, found: Sequence[Reported]) -> Iterator[str]:
    """A block for each rule and fix, the gravest first; the first one begins with the file."""
    groups: dict[tuple[str, str, str | None, str], list[Reported]] = {}
    for one in sorted(found, key=lambda one: (GRAVEST_FIRST.index(one.finding.severity), one.finding.rule.id)):
        finding = one.finding
        groups.setdefault((finding.rule.id, finding.fix, one.in_cdk, finding.page), []).append(one)
    heading = f"{one_line(str(template))}\n"
    for group in groups.values():
        yield heading + "\n".join(_of_rule(group))
        heading = ""


def _of_rule(group: Sequence[Reported]) -> Iterator[str]:
    first = group[0]
    finding = first.finding
    yield f"  {finding.severity!s:<8}{finding.rule.id} {finding.rule.name}"
    messages = dict.fromkeys(one.finding.message for one in group)
    if len(messages) == 1:
        yield f"{_INDENT}{one_line(finding.message)}"
    yield from _wrapped("fix: ", finding.fix)
    if first.in_cdk is not None:
        yield from _wrapped("in CDK: ", first.in_cdk)
    yield f"{_INDENT}see: {finding.page}"
    for one in group:
        said = "" if len(messages) == 1 else f": {one.finding.message}"
        yield one_line(f"{_INDENT}- {_named(one)}{said}")


def _named(one: Reported) -> str:
    """A mapping by its path, and by its logical id if the path does not end with it."""
    path, logical_id = one.finding.path, one.plan.logical_id
    return path if logical_id is None or path.endswith(f"/{logical_id}") else f"{path} ({logical_id})"


def _wrapped(begin: str, text: str) -> Iterator[str]:
    """A text that may have several lines, such as a policy to paste."""
    first, *rest = laid_out(text).split("\n")
    yield f"{_INDENT}{begin}{first}"
    yield from (f"{_INDENT}{line}" for line in rest)


def not_judged(one: Skipped) -> str:
    """What was not judged, why, and what to do about it."""
    return f"{one.path}: not judged, because {one.reason}; {one.fix}"


def _skipped(result: Result) -> list[str]:
    """What was not judged: why and what to do once for all that have both in common."""
    groups: dict[tuple[str, str], list[Skipped]] = {}
    for one in result.unjudged:
        groups.setdefault((one.reason, one.fix), []).append(one)
    blocks = []
    for (reason, fix), members in groups.items():
        names = [one_line(f"{_INDENT}- {one.path}") for one in members]
        blocks.append("\n".join([one_line(f"  not judged: {reason}"), one_line(f"{_INDENT}fix: {fix}"), *names]))
    return blocks


def summary_text(result: Result) -> str:
    """How much was looked at, what was found, and what of it fails the check, by the rules that lead."""
    summary = result.summary()
    counts = [_count(summary[str(severity)], str(severity)) for severity in GRAVEST_FIRST if summary[str(severity)]]
    settled = [f"{summary[name]} {words}" for name, words in _SETTLED.items() if summary[name]]
    open_ = len(result.unjudged)
    agreed = len(result.inputs.skipped) - open_
    unjudged = [f"{open_} not judged"] * bool(open_) + [f"{agreed} not judged, as agreed"] * bool(agreed)
    looked_at = f"{_count(summary['mappings'], 'mapping')} in {_count(summary['templates'], 'template')}"
    nothing = [] if result.inputs.skipped else ["nothing to mend"]
    found = [", ".join(counts)] if counts else nothing
    line = f"{looked_at}: {'; '.join([*found, *settled, *unjudged])}"
    return "\n".join([line, *_why_it_fails(result)])


def _why_it_fails(result: Result) -> Iterator[str]:
    """What makes the check fail, in one line."""
    failing = result.failing
    parts = []
    if failing:
        leading = Counter(one.finding.rule.id for one in failing).most_common(_MOST_LEADING)
        rules = ", ".join(f"{rule} {count} times" if count > 1 else rule for rule, count in leading)
        word = "finding" if len(failing) == 1 else "findings"
        led = f"led by {rules}" if len(failing) > 1 else rules
        parts.append(f"{len(failing)} {word} from {result.threshold} on ({led})")
    if result.unjudged and result.threshold != NEVER:
        parts.append(f"{len(result.unjudged)} not judged")
    if result.unreadable:
        parts.append("a file that cannot be read")
    if parts:
        yield f"fails: {', '.join(parts)}"


def _count(number: int, word: str) -> str:
    plural = "" if number == 1 or word in ("danger", "advice") else "s"
    return f"{number} {word}{plural}"
