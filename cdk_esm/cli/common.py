"""What the commands share: exit statuses, arguments that several of them take, and ways to print."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Final

CLEAN: Final = 0
FOUND: Final = 1
UNREADABLE: Final = 2

TEXT_BY_DEFAULT: Final = "text by default"
STATUS: Final = (
    "Exit status: 0 nothing counts and everything was looked at, 1 something counts or was not judged, 2 something "
    "cannot be read."
)


def add_format(command: argparse.ArgumentParser, *formats: str) -> None:
    """Let a command take ``--format``: text, which is the default, or one of the given formats."""
    command.add_argument("--format", choices=("text", *formats), default="text", help=TEXT_BY_DEFAULT)


def add_threshold(command: argparse.ArgumentParser) -> None:
    """Let a command take ``--fail-on``: the lowest severity that makes it end with 1."""
    command.add_argument(
        "--fail-on",
        choices=("error", "danger", "advice", "never"),
        default="danger",
        help="end with 1 from this severity on; danger by default",
    )


def add_allow_unjudged(command: argparse.ArgumentParser) -> None:
    """Let a command take ``--allow-unjudged``: what may stay unjudged without making it end with 1."""
    command.add_argument(
        "--allow-unjudged",
        action="append",
        metavar="NAME=REASON",
        help="let this stay unjudged, by the name that the output gives it; again for more, or `all`",
    )


def say(text: str) -> None:
    """Print; a reader that has heard enough, such as ``head``, is no fault."""
    try:
        sys.stdout.write(printable(text + "\n" if text else ""))
        sys.stdout.flush()
    except BrokenPipeError:
        close_output()


def close_output() -> None:
    """Send what is still to be printed nowhere: Python flushes the output once more at its end, and nobody reads it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(text: str) -> int:
    """Say on the error output what cannot be answered.

    Returns:
        The exit status for that.
    """
    sys.stderr.write(printable(f"cdk-esm: {text}\n"))
    return UNREADABLE


def printable(text: str) -> str:
    """A text that any output takes: JSON may hold halves of characters."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
