"""``cdk-esm filter``: tries filters on records without deploying anything."""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TextIO

from cdk_esm.cli.common import UNREADABLE, complain, require, write
from cdk_esm.errors import FilterPatternError, TemplateError
from cdk_esm.filters.criteria import FilterCriteria, compile
from cdk_esm.filters.decoding import read_json
from cdk_esm.filters.dynamodb import VIEWS
from cdk_esm.filters.events import records_in
from cdk_esm.filters.explaining import Explanation
from cdk_esm.filters.sample import propose
from cdk_esm.judge.json_text import json_text
from cdk_esm.printed import one_line
from cdk_esm.sources import SOURCES
from cdk_esm.sources.dynamodb_table import KEY_TYPES
from cdk_esm.template.cloudformation.files import LARGEST, named_path, read_text

_DECODER: Final = json.JSONDecoder(parse_int=str)  # where it ends is all that is asked
_BETWEEN: Final = re.compile(r"[\s,]*")

_MANY: Final = "leave --record out, and hand them over at the end of the command: < {}"
_FIRST: Final = "take the first one: --sample <(head -n 1 {})"

MATCH: Final = 0
NO_MATCH: Final = 1

_STATUS: Final = (
    "exit status: 0 every record matches, 1 at least one does not, 2 something cannot be read or is refused"
)


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    command.description = "Try filters on records: which match, why, and what the service does with the others."
    command.epilog = _STATUS
    command.add_argument("--source", choices=sorted(SOURCES), metavar="SOURCE", help=f"one of {', '.join(SOURCES)}")
    command.add_argument(
        "--pattern",
        action="append",
        default=[],
        metavar="FILE",
        help="a JSON file with a pattern, a list of patterns, or a FilterCriteria; give it again for more filters",
    )
    command.add_argument(
        "--record",
        metavar="FILE",
        help="a JSON file with a record, or with an event that holds some; the standard input by default, with one "
        "on each line",
    )
    command.add_argument("--explain", action="store_true", help="say which field decided, and what it was")
    command.add_argument(
        "--view-type",
        choices=sorted(VIEWS),
        metavar="VIEW",
        help=f"what the DynamoDB stream carries of an item: {', '.join(VIEWS)}",
    )
    command.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="NAME:TYPE",
        help="an attribute of the DynamoDB table's primary key with the letter of its type, such as id:S",
    )
    command.add_argument("--payload", choices=("json", "text"), help="what producers send, where you know it")
    command.add_argument("--format", choices=("text", "json"), default="text", help="how to answer")
    command.add_argument(
        "--sample", metavar="FILE", help="propose a pattern from the record in this JSON file, and stop"
    )


def run(given: argparse.Namespace) -> int:
    """Try the given filters on records of a file, or of the standard input.

    Returns:
        0 if every record matches, 1 if at least one does not, 2 if something cannot be read or is refused.
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")  # whatever the locale says: JSON is UTF-8
    if sys.stdin is None and given.sample is None and given.record is None:
        return complain("the standard input is closed: name a --record")
    return try_filters(given, sys.stdin or (), sys.stdout, sys.stderr)


def try_filters(args: argparse.Namespace, stdin: Iterable[str], stdout: TextIO, stderr: TextIO) -> int:
    """Try filters on records.

    Args:
        args: as ``add_arguments`` describes them.
        stdin: records as JSON, one on each line; read where no record file is named.
        stdout: where the answer goes.
        stderr: where it goes what cannot be answered; with ``--format json`` the answer says it.

    Returns:
        The exit status: 0 if every record matches, 1 if at least one does not, 2 if something cannot be read or is
        refused.
    """
    try:
        if args.sample is not None:
            return _propose(args, stdout)
        criteria = _criteria(args)
        if args.record is not None:
            numbered = [(None, record) for record in records_in(_read_file(args.record, _MANY.format(args.record)))]
            return _answer(criteria, numbered, args, stdout)
        return _answer(criteria, _read_lines(stdin), args, stdout)
    except (FilterPatternError, _UnreadableError) as error:
        if args.format == "json":
            write(json_text({"error": str(error)}) + "\n", stdout, "json")
        else:
            write(f"cdk-esm: {one_line(str(error))}\n", stderr)
        return UNREADABLE


def _criteria(args: argparse.Namespace) -> FilterCriteria:
    if args.source is None or not args.pattern:
        raise _UnreadableError("name a --source and a --pattern, or a --sample")
    patterns = [pattern for path in args.pattern for pattern in _patterns_in(path)]
    return compile(args.source, patterns, view_type=args.view_type, keys=_keys(args.key), payload=args.payload)


def _keys(given: list[str]) -> dict[str, str | None] | None:
    """The keys of the table: a name may hold colons itself."""
    pairs = [one.rpartition(":") for one in given]
    fits = (bool(name) and letter in KEY_TYPES for name, _, letter in pairs)
    wrong = next((one for one, fit in zip(given, fits, strict=True) if not fit), None)
    if wrong is not None:
        raise _UnreadableError(f"--key is a name and one of {', '.join(KEY_TYPES)}, such as id:S, got {wrong!r}")
    return {name: letter for name, _, letter in pairs} or None


class _UnreadableError(Exception):
    """A file or a line that cannot be read."""


def _text_of(path: str) -> str:
    """The text of a file, once: a pipe, such as the one that ``<(…)`` makes, gives it a single time."""
    try:
        require([] if _is_json(path) else [path], "name a file with the JSON")
        return read_text(named_path(path))
    except TemplateError as error:
        hint = "; this takes the name of a file with the JSON, or <(echo '…')" if _is_json(path) else ""
        raise _UnreadableError(f"{error}{hint}") from None


def _is_json(path: str) -> bool:
    """Whether somebody wrote the JSON itself in the place of the name of its file."""
    return path.lstrip()[:1] in {"{", "["}


def _read_file(path: str, several: str) -> Any:
    """The JSON of a file; what to do if it holds several documents, one on each line, is said by those who call."""
    text = _text_of(path)
    try:
        return _read(text, path)
    except _UnreadableError:
        if not _is_one_on_each_line(text):
            raise
        what = "it has a record on each line, and this takes a file with one"
        raise _UnreadableError(f"{path}: {what}; {several}") from None


def _is_one_on_each_line(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    try:
        return len(lines) > 1 and all(isinstance(read_json(line), dict) for line in lines)
    except ValueError:
        return False


def _read(text: str, name: str) -> Any:
    try:
        return read_json(text)
    except ValueError as error:
        raise _UnreadableError(f"{name}: not JSON: {error}") from None


def _read_lines(lines: Iterable[str]) -> Iterator[tuple[int | None, Any]]:
    try:
        for number, line in enumerate(_to_the_limit(lines), start=1):
            if len(line) > LARGEST:
                raise _UnreadableError(f"line {number}: it has more than {LARGEST} characters")
            if line.strip():
                yield number, _read(line, f"line {number}")
    except UnicodeDecodeError:
        raise _UnreadableError("the standard input is no UTF-8 text") from None


def _to_the_limit(lines: Iterable[str]) -> Iterable[str]:
    """The lines, each of them as far as it is read: one of a device may never end."""
    if isinstance(lines, io.TextIOBase):
        return iter(lambda: lines.readline(LARGEST + 1), "")
    return lines


def _patterns_in(path: str) -> Sequence[Any]:
    """The patterns of a file: AWS's FilterCriteria, a list, or a pattern itself, which is then read as text."""
    text = _text_of(path)
    document = _read(text, path)
    if isinstance(document, dict) and isinstance(document.get("Filters"), list):
        filters = document["Filters"]
        return [entry["Pattern"] if isinstance(entry, dict) and "Pattern" in entry else entry for entry in filters]
    return list(_members(text)) if isinstance(document, list) else [text]


def _members(text: str) -> Iterator[Any]:
    """The members of a list in JSON; an object as the text that it is, so that a repeated key is seen."""
    place = text.index("[") + 1
    while (skipped := _BETWEEN.match(text, place)) and text[skipped.end()] != "]":
        begin = skipped.end()
        member, place = _DECODER.raw_decode(text, begin)
        yield text[begin:place] if isinstance(member, dict) else member


def _answer(
    criteria: FilterCriteria,
    records: Iterable[tuple[int | None, Any]],
    args: argparse.Namespace,
    stdout: TextIO,
) -> int:
    """Answer for each record as it is read, and then for all of them."""
    as_json = args.format == "json"
    findings = [finding.to_dict() for finding in criteria.findings]
    if not as_json:
        write("".join(f"{finding}\n" for finding in criteria.findings), stdout)
    count = matched = 0
    for number, record in records:
        found = criteria.explain(record) if args.explain else _verdict(criteria, record)
        count, matched = count + 1, matched + found.matched
        if as_json:
            parts = found.to_dict() if args.explain else {"matched": found.matched, "filter_index": found.filter_index}
            write(json_text({"line": number, **parts} if number else parts) + "\n", stdout, "json")
        else:
            text = str(found) if args.explain else found.headline
            write(f"line {number}: {text}\n" if number else f"{text}\n", stdout)
    if as_json:
        write(json_text({"records": count, "matched": matched, "findings": findings}) + "\n", stdout, "json")
    elif count != 1:
        write(f"{matched} of {count} records match\n", stdout)
    return MATCH if matched == count else NO_MATCH


def _verdict(criteria: FilterCriteria, record: Any) -> Explanation:
    """An explanation without its reasons, which are what takes the time."""
    index = criteria.first_match(record)
    return Explanation(index is not None or not criteria.patterns, index, (), "")


def _propose(args: argparse.Namespace, stdout: TextIO) -> int:
    proposal = propose(_read_file(args.sample, _FIRST.format(args.sample)), source=args.source)
    if args.format == "json":
        examples = [{"record": words, "matches": matches} for words, matches in proposal.examples]
        pattern = json.loads(proposal.pattern.render())
        write(json_text({"source": proposal.source, "pattern": pattern, "examples": examples}) + "\n", stdout, "json")
        return MATCH
    write(f"{proposal.pattern.render()}\n", stdout)
    for words, matches in proposal.examples:
        write(f"  {'matches' if matches else 'does not match'}: {one_line(words)}\n", stdout)
    return MATCH
