"""``cdk-esm adopt``: the statements of ours that take mappings over that are there."""

from __future__ import annotations

import argparse
import gc
from typing import Final

from cdk_esm.adopt.formats import FORMATS
from cdk_esm.adopt.taking import Adoption, adopt
from cdk_esm.cli.common import A_TEMPLATE, CLEAN, FOUND, UNREADABLE, add_format, complain, require, say
from cdk_esm.errors import TemplateError

_STATUS: Final = (
    "Exit status: 0 every mapping has its statement, 1 something is named that has none, 2 something cannot be read."
)


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    command.description = (
        "Print, for each mapping in CloudFormation templates of any origin, the statement that takes it over: it keeps "
        "the mapping's logical id and its settings. Names that begin with YOUR_ stand for what only your code has; the "
        "list at the end says what each is. docs/guide/adopt.md tells the steps of the move."
    )
    command.epilog = _STATUS
    command.add_argument("paths", nargs="+", metavar="PATH", help="a template, a folder, or a cloud assembly")
    add_format(command, *(name for name in FORMATS if name != "text"))


def run(given: argparse.Namespace) -> int:
    """Print the statements of the given paths.

    Returns:
        0 if every mapping has one, 1 if something has none, 2 if something cannot be read.
    """
    gc.disable()  # what is read lives until the end of the process: looking for garbage would double the time
    try:
        require(given.paths, A_TEMPLATE)
        adoption = adopt(given.paths)
    except TemplateError as error:
        return complain(str(error))
    finally:
        gc.enable()
    say(FORMATS[given.format](adoption), given.format)
    return _status(adoption)


def _status(adoption: Adoption) -> int:
    return UNREADABLE if adoption.unreadable else FOUND if adoption.left else CLEAN
