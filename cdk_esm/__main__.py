"""The command line: ``cdk-esm …``, or ``python -m cdk_esm …``.

It prints to the standard output, and says on the error output what it cannot do; then it ends with 2.
``cdk-esm check`` and ``cdk-esm diff`` end with 1 if they found something that counts.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NoReturn

from cdk_esm.cli.common import UNREADABLE, complain, silence
from cdk_esm.printed import harmless, one_line

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

COMMANDS: Final[Mapping[str, str]] = {
    "check": "check templates, folders of them, or a cloud assembly such as cdk.out",
    "diff": "say what a deployment of new templates does to the mappings of old ones",
    "adopt": "print the statements that take over mappings that are there",
    "replay": "invoke a function again with what is in its failure bucket",
    "explain": "say why a rule is there, with a bad and a good example",
    "rules": "list every rule",
    "filter": "try filters on records, without deploying anything",
    "sources": "show which source takes which setting",
    "simulate": "show what a mapping does with records and your handler",
    "capacity": "say what a rate of records needs, and what saturates first",
}
"""Every command with what it does; the file in ``cdk_esm/cli`` that has its name describes and runs it."""


_INTERRUPTED: Final = 130

TRACEBACK: Final = "CDK_ESM_TRACEBACK"
"""The environment variable with which an unexpected error shows where it comes from."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: the words after the program's name; those of this process by default.

    Returns:
        What the process should end with: 0, 1 if a check found something that counts or a record matches no filter,
        or 2 if a question could not be answered, or the answer could not be written.
    """
    if sys.stdout is None:
        return complain("the standard output is closed, so nobody would hear an answer")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # JSON may hold halves of characters
    try:
        given = parser().parse_args(arguments)
        result: int = given.run(given)
        sys.stdout.flush()
    except SystemExit:  # after --help, or a word that nobody knows
        if not _flushed():
            return UNREADABLE
        raise
    except BrokenPipeError:  # a reader that has heard enough, such as `head`
        silence(sys.stdout)
        return UNREADABLE
    except Exception as error:  # noqa: BLE001 - a traceback would end with 1, which says that something was found
        silence(sys.stdout)
        return _unexpected(error)
    return result


def _flushed() -> bool:
    """Whether all that was said could be written."""
    try:
        sys.stdout.flush()
    except OSError as error:
        silence(sys.stdout)
        complain(f"the answer cannot be written: {error.strerror}")
        return False
    return True


def _unexpected(error: Exception) -> int:
    """Say in one line what nobody foresaw: a full disk, or a fault of ours."""
    if os.environ.get(TRACEBACK):
        complain("".join(traceback.format_exception(error)))
    if isinstance(error, OSError):
        return complain(f"the answer cannot be written: {error.strerror or error}")
    if isinstance(error, MemoryError):
        return complain("there is not enough memory")
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return complain(f"unexpected {what}; this is a fault of cdk-esm, and {TRACEBACK}=1 shows where it is")


def run() -> NoReturn:
    """Run a command as a process: Ctrl-C ends it as it ends any other, and without a word."""
    try:
        status = main()
    except KeyboardInterrupt:
        silence(sys.stdout)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)  # so that a shell sees why, and ends its loop too
        status = _INTERRUPTED  # where a signal to itself ends no process
    sys.exit(status)


def parser() -> argparse.ArgumentParser:
    """Everything that can be written on the command line."""
    found = _Parser(
        prog="cdk-esm",
        description="Says what is wrong with Lambda event source mappings before they are deployed: in templates of "
        "any origin, in what a deployment changes, and in filters. It asks no AWS account.",
        epilog="`cdk-esm COMMAND --help` tells more of a command.",
    )
    found.add_argument("--version", action=_Version, nargs=0, help="show the version, and exit")
    commands = found.add_subparsers(title="commands", required=True, metavar="COMMAND", parser_class=_Command)
    for name, what in COMMANDS.items():
        commands.add_parser(name, help=what).name = name
    return found


class _Version(argparse.Action):
    """Asks for the version only when somebody wants to know it: looking it up takes longer than most commands."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        sys.stdout.write(f"cdk-esm {import_module('importlib.metadata').version('cdk-esm')}\n")
        parser.exit()


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are harmless, whatever the words of the command line are, and say what was meant."""

    def error(self, message: str) -> NoReturn:
        super().error(harmless(one_line(message)) + self._meant(message))

    def _meant(self, message: str) -> str:
        """Which word that is taken in its place a misspelt one is near to."""
        wrong = re.match(r".*invalid choice: '(.+?)' \(choose from (.+)\)$", message)
        if wrong is not None:
            close = get_close_matches(wrong[1], re.findall(r"[\w-]+", wrong[2]), n=1)
        else:
            unknown = re.match(r"unrecognized arguments: .*?(--[\w-]+)", message)
            close = get_close_matches(unknown[1], self._option_string_actions, n=1) if unknown is not None else []
        return f"; did you mean {close[0]}?" if close else ""

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        (file or sys.stdout).write(self.format_help())  # argparse's own passes over a full disk


class _Command(_Parser):
    """The parser of one command. It loads the command's file when the command is given, and no other."""

    name: str

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if self.get_default("run") is None:
            module = import_module(f"cdk_esm.cli.{self.name}")
            module.add_arguments(self)
            self.set_defaults(run=module.run)
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:  # said here, where the words of the command can be shown beside it, and not those of the program
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return known, unknown


if __name__ == "__main__":
    run()
