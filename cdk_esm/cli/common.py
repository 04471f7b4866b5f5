"""What the commands share: exit statuses, arguments that several of them take, and ways to print."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final, TextIO

from cdk_esm.errors import TemplateError
from cdk_esm.printed import harmless, one_line

CLEAN: Final = 0
FOUND: Final = 1
UNREADABLE: Final = 2

TEXT_BY_DEFAULT: Final = "text by default"
STATUS: Final = (
    "Exit status: 0 nothing counts and everything was looked at, 1 something counts or was not judged, 2 something "
    "cannot be read."
)
STANDARD_INPUT: Final = "-"
"""What other commands take for their standard input."""
A_TEMPLATE: Final = "name a template, a folder of templates, or a cloud assembly such as cdk.out"
"""What a path that leads to nothing should have named."""


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


def require(paths: Iterable[str | None], instead: str) -> None:
    """Refuse a path that leads to nothing, and say what to do; what else is wrong with one its reader says.

    Args:
        paths: as they were given; one that was not given leads nowhere, and is all right.
        instead: what to do.

    Raises:
        TemplateError: nothing is there.
    """
    for path in paths:
        if path == STANDARD_INPUT and _is_nothing(path):
            raise TemplateError(f"{path}: standard input is not read; save the template in a file, and name that")
        if path and _is_nothing(path):
            raise TemplateError(f"{path}: No such file or directory; {instead}")


def _is_nothing(path: str) -> bool:
    try:
        Path(path).stat()
    except FileNotFoundError:
        return True
    except (OSError, ValueError):  # of its length, its characters or the rights of a folder
        return False
    return False


def say(text: str, form: str = "text") -> None:
    """Print an answer; a reader that has heard enough, such as ``head``, is no fault.

    Args:
        text: the answer.
        form: the format that it is in. Text is made harmless as a whole; the other formats see to that themselves.
    """
    try:
        write(text + "\n" if text else "", sys.stdout, form)
        sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)


def write(text: str, stream: TextIO, form: str = "text") -> None:
    """Write a text as any stream takes it: names of files and JSON may hold halves of characters."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    shown = harmless(text) if form == "text" else text
    stream.write(shown.encode(encoding, "backslashreplace").decode(encoding))


def silence(stream: TextIO | None) -> None:
    """Send what is still to be printed nowhere: Python writes it once more at its end, and would fail once more."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]  # without a stream there is nothing to do
        os.close(nowhere)


def complain(text: str) -> int:
    """Say on the error output, in one line, what cannot be answered; if nobody can hear it, the status says it.

    Returns:
        The exit status for that.
    """
    if sys.stderr is not None:
        try:
            write(f"cdk-esm: {one_line(text)}\n", sys.stderr)
            sys.stderr.flush()
        except (OSError, ValueError):
            silence(sys.stderr)
    return UNREADABLE
