"""``cdk-esm sources``: which source takes which setting."""

from __future__ import annotations

import argparse
import json
import sys

from cdk_esm.cli.common import CLEAN, add_format, write
from cdk_esm.report.sources import setting_rows, settings_text, source_text
from cdk_esm.sources import SOURCES


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    command.description = "Show which source takes which setting in which range, or one source in full."
    command.add_argument(
        "source",
        nargs="?",
        choices=list(SOURCES),
        metavar="SOURCE",
        help=f"show this one in full: {', '.join(SOURCES)}",
    )
    add_format(command, "json")


def run(given: argparse.Namespace) -> int:
    """Show the settings of every source, or of the given one.

    Returns:
        0.
    """
    if given.format == "json":
        rows = [row for row in setting_rows() if given.source in (None, row["source"])]
        text = json.dumps(rows, indent=2)
    elif given.source is None:
        text = settings_text()
    else:
        text = source_text(SOURCES[given.source])
    write(f"{text}\n", sys.stdout, given.format)
    return CLEAN
