"""``cdk-esm diff``: what a deployment does to the mappings, and to the records in their sources."""

from __future__ import annotations

import argparse
import gc

from cdk_esm.cli.common import CLEAN, FOUND, STATUS, add_format, add_threshold, complain, say
from cdk_esm.diff.formats import FORMATS
from cdk_esm.diff.inputs import read_sides
from cdk_esm.diff.result import compare
from cdk_esm.errors import TemplateError


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    command.description = (
        "Say what a deployment does to the mappings that are there, and to the records in their sources."
    )
    command.epilog = STATUS
    command.add_argument("old", metavar="OLD", help="a template, a folder, or a cloud assembly, as it is deployed")
    command.add_argument("new", metavar="NEW", help="the same, as it is to be deployed")
    add_format(command, *(name for name in FORMATS if name != "text"))
    add_threshold(command)


def run(given: argparse.Namespace) -> int:
    """Compare the given paths, and print the result in the given format.

    Returns:
        0 where no change counts, 1 where one does, 2 where something cannot be read.
    """
    gc.disable()  # what is read lives until the end of the process: looking for garbage would double the time
    try:
        difference = compare(*read_sides(given.old, given.new))
        say(FORMATS[given.format](difference))
    except TemplateError as error:
        return complain(str(error))
    finally:
        gc.enable()
    return FOUND if difference.fails(given.fail_on) else CLEAN
