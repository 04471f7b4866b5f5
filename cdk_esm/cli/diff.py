"""``cdk-esm diff``: reads its words, and says what the process should end with."""

from __future__ import annotations

import argparse
import gc
import sys

from cdk_esm.cli.check import CLEAN, FOUND, UNREADABLE, printable, say
from cdk_esm.diff.formats import FORMATS
from cdk_esm.diff.inputs import read_sides
from cdk_esm.diff.result import compare
from cdk_esm.errors import TemplateError


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
        sys.stderr.write(printable(f"cdk-esm: {error}\n"))
        return UNREADABLE
    finally:
        gc.enable()
    return FOUND if difference.fails(given.fail_on) else CLEAN
