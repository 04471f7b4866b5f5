"""The command line: ``cdk-esm …``, or ``python -m cdk_esm …``.

It prints to the standard output, and says on the error output what it cannot do; then it ends with 2.
``cdk-esm check`` and ``cdk-esm diff`` end with 1 where they found something that counts.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches

from cdk_esm.cli import filter as filter_cli
from cdk_esm.report import rules as rule_texts
from cdk_esm.report import sources as source_texts
from cdk_esm.rules.engine import rule_modules
from cdk_esm.sources import SOURCES

_TEXT = "text by default"
_UNANSWERED = 2
_STATUS = "Exit status: 0 nothing counts, 1 something does, 2 something cannot be read."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: the words after the program's name; those of this process by default.

    Returns:
        What the process should end with: 0, 1 where a check found something that counts or a record matches no filter,
        or 2 where a question could not be answered.
    """
    given = parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # JSON may hold halves of characters
    try:
        result: int = given.run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # A reader that has heard enough, such as `head`; Python flushes once more at its end, and must find a taker.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _UNANSWERED
    return result


def parser() -> argparse.ArgumentParser:
    """Everything that can be written on the command line."""
    found = argparse.ArgumentParser(
        prog="cdk-esm",
        description="Says what is wrong with Lambda event source mappings before they are deployed: in templates of "
        "any origin, in what a deployment changes, and in filters. It asks no AWS account.",
        epilog="`cdk-esm COMMAND --help` tells more of a command.",
    )
    commands = found.add_subparsers(title="commands", required=True, metavar="COMMAND")

    check = commands.add_parser(
        "check",
        help="check templates, folders of them, or a cloud assembly such as cdk.out",
        description="Check every event source mapping in CloudFormation templates, in JSON or YAML.",
        epilog="The families of rules: call, ranges, combined, delivery, access, filters; `cdk-esm rules` lists them. "
        "RULES are ids, beginnings of ids, names or families, with commas between them. " + _STATUS,
    )
    check.add_argument("paths", nargs="+", metavar="PATH", help="a template, a folder, or a cloud assembly")
    check.add_argument("--format", choices=("text", "json", "sarif", "github", "junit"), default="text", help=_TEXT)
    _takes_threshold(check)
    check.add_argument("--select", action="append", metavar="RULES", help="only these: ESM201,filters")
    check.add_argument("--ignore", action="append", metavar="RULES", help="not these rules, in the same words")
    check.add_argument("--templates-only", action="store_true", help="pass over named files that are no templates")
    check.add_argument(
        "--baseline", metavar="FILE", help="a file with findings that were there before, and do not count"
    )
    check.add_argument("--write-baseline", action="store_true", help="write what is found now into that file, and stop")
    check.set_defaults(run=_check)

    diff = commands.add_parser(
        "diff",
        help="say what a deployment of new templates does to the mappings of old ones",
        description="Say what a deployment does to the mappings that are there, and to the records in their sources.",
        epilog=_STATUS,
    )
    diff.add_argument("old", metavar="OLD", help="a template, a folder, or a cloud assembly, as it is deployed")
    diff.add_argument("new", metavar="NEW", help="the same, as it shall be deployed")
    diff.add_argument("--format", choices=("text", "json", "markdown"), default="text", help=_TEXT)
    _takes_threshold(diff)
    diff.set_defaults(run=_diff)

    explain = commands.add_parser(
        "explain",
        help="say why a rule is there, with a bad and a good example",
        description="Say why a rule is there, with a bad and a good example, the facts behind it and AWS's page.",
    )
    explain.add_argument("rule", metavar="RULE", help="its id, such as ESM201, or its name")
    explain.set_defaults(run=_explain)

    rules = commands.add_parser("rules", help="list every rule", description="List every rule with its severity.")
    _takes_format(rules)
    rules.set_defaults(run=_rules)

    filter_ = commands.add_parser("filter", help="try filters on records, without deploying anything")
    filter_cli.add_arguments(filter_)
    filter_.set_defaults(run=_filter)

    sources = commands.add_parser(
        "sources",
        help="show which source takes which setting",
        description="Show which source takes which setting in which range, or one source in full.",
    )
    sources.add_argument(
        "source",
        nargs="?",
        choices=list(SOURCES),
        metavar="SOURCE",
        help=f"show this one in full: {', '.join(SOURCES)}",
    )
    _takes_format(sources)
    sources.set_defaults(run=_sources)
    return found


def _takes_format(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=("text", "json"), default="text", help=_TEXT)


def _takes_threshold(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--fail-on",
        choices=("error", "danger", "advice", "never"),
        default="danger",
        help="end with 1 from this severity on; danger by default",
    )


def _check(given: argparse.Namespace) -> int:
    from cdk_esm.cli import check as command  # noqa: PLC0415 - the other commands need no template reader

    return command.run(given)


def _diff(given: argparse.Namespace) -> int:
    from cdk_esm.cli import diff as command  # noqa: PLC0415 - likewise

    return command.run(given)


def _explain(given: argparse.Namespace) -> int:
    modules = {word: module for module in rule_modules() for word in (module.RULE.id, module.RULE.name)}
    asked = given.rule.upper() if given.rule.upper() in modules else given.rule
    if asked in modules:
        print(rule_texts.rule_explained(modules[asked]))
        return 0
    close = get_close_matches(asked, modules, n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}? " if close else ""
    print(f"cdk-esm: there is no rule {asked}; {hint}`cdk-esm rules` lists them all", file=sys.stderr)
    return 2


def _rules(given: argparse.Namespace) -> int:
    print(json.dumps(rule_texts.rule_rows(), indent=2) if given.format == "json" else rule_texts.rules_text())
    return 0


def _filter(given: argparse.Namespace) -> int:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")  # whatever the locale says: JSON is UTF-8
    return filter_cli.run(given, sys.stdin, sys.stdout, sys.stderr)


def _sources(given: argparse.Namespace) -> int:
    if given.format == "json":
        rows = [row for row in source_texts.setting_rows() if given.source in (None, row["source"])]
        print(json.dumps(rows, indent=2))
    elif given.source is None:
        print(source_texts.matrix_text())
    else:
        print(source_texts.source_text(SOURCES[given.source]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
