"""The command line: ``cdk-esm …``, or ``python -m cdk_esm …``.

It prints to the standard output, and says on the error output what it cannot do; then it ends with 2.
``cdk-esm check`` and ``cdk-esm diff`` end with 1 if they found something that counts.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final

from cdk_esm.cli.common import UNREADABLE, close_output

COMMANDS: Final[Mapping[str, str]] = {
    "check": "check templates, folders of them, or a cloud assembly such as cdk.out",
    "diff": "say what a deployment of new templates does to the mappings of old ones",
    "explain": "say why a rule is there, with a bad and a good example",
    "rules": "list every rule",
    "filter": "try filters on records, without deploying anything",
    "sources": "show which source takes which setting",
    "simulate": "show what a mapping does with records and your handler",
    "capacity": "say what a rate of records needs, and what saturates first",
}
"""Every command with what it does; the file in ``cdk_esm/cli`` that has its name describes and runs it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: the words after the program's name; those of this process by default.

    Returns:
        What the process should end with: 0, 1 if a check found something that counts or a record matches no filter,
        or 2 if a question could not be answered.
    """
    given = parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # JSON may hold halves of characters
    try:
        result: int = given.run(given)
        sys.stdout.flush()
    except BrokenPipeError:  # a reader that has heard enough, such as `head`
        close_output()
        return UNREADABLE
    return result


def parser() -> argparse.ArgumentParser:
    """Everything that can be written on the command line."""
    found = argparse.ArgumentParser(
        prog="cdk-esm",
        description="Says what is wrong with Lambda event source mappings before they are deployed: in templates of "
        "any origin, in what a deployment changes, and in filters. It asks no AWS account.",
        epilog="`cdk-esm COMMAND --help` tells more of a command.",
    )
    commands = found.add_subparsers(title="commands", required=True, metavar="COMMAND", parser_class=_Command)
    for name, what in COMMANDS.items():
        commands.add_parser(name, help=what).name = name
    return found


class _Command(argparse.ArgumentParser):
    """The parser of one command. It loads the command's file when the command is given, and no other."""

    name: str

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if self.get_default("run") is None:
            module = import_module(f"cdk_esm.cli.{self.name}")
            module.add_arguments(self)
            self.set_defaults(run=module.run)
        return super().parse_known_args(args, namespace)


if __name__ == "__main__":
    sys.exit(main())
