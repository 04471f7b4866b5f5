"""``cdk-esm diff``: what a deployment does to the mappings, and to the records in their sources."""

from __future__ import annotations

import argparse
import gc

from cdk_esm.cli.common import (
    CLEAN,
    FOUND,
    STATUS,
    UNREADABLE,
    add_allow_unjudged,
    add_format,
    add_threshold,
    complain,
    say,
)
from cdk_esm.diff.formats import FORMATS
from cdk_esm.diff.inputs import read_sides
from cdk_esm.diff.pairing import chosen_pairs
from cdk_esm.diff.result import compare
from cdk_esm.errors import TemplateError
from cdk_esm.judge.agreed import agreed


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    command.description = (
        "Say what a deployment does to the mappings that are there, and to the records in their sources."
    )
    command.epilog = STATUS
    command.add_argument(
        "old", metavar="OLD", help="a template, a folder, or a cloud assembly, as it is deployed; none if nothing is"
    )
    command.add_argument("new", metavar="NEW", help="the same, as it is to be deployed")
    add_format(command, *(name for name in FORMATS if name != "text"))
    add_threshold(command)
    add_allow_unjudged(command)
    command.add_argument(
        "--stack",
        action="append",
        metavar="OLD=NEW",
        help="which new stack an old one is, if their names differ; OLD=gone for one that is to be deleted",
    )


def run(given: argparse.Namespace) -> int:
    """Compare the given paths, and print the result in the given format.

    Returns:
        0 if no change counts and everything was compared, 1 if one does or something was not, 2 if something cannot be
        read.
    """
    gc.disable()  # what is read lives until the end of the process: looking for garbage would double the time
    try:
        old, new = read_sides(given.old, given.new, chosen_pairs(given.stack))
        difference = compare(old, new, agreed=agreed(given.allow_unjudged), threshold=given.fail_on)
        say(FORMATS[given.format](difference))
    except TemplateError as error:
        return complain(str(error))
    finally:
        gc.enable()
    return UNREADABLE if difference.unreadable else FOUND if difference.fails else CLEAN
