"""``cdk-esm check``: reads its words, and says what the process should end with."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from difflib import get_close_matches
from typing import Final

from cdk_esm.errors import TemplateError
from cdk_esm.judge.formats import FORMATS
from cdk_esm.judge.inputs import read_inputs
from cdk_esm.judge.result import judge, read_baseline, write_baseline
from cdk_esm.rules.engine import rules

CLEAN: Final = 0
FOUND: Final = 1
UNREADABLE: Final = 2
FAMILIES: Final = {"call": "ESM0", "ranges": "ESM1", "combined": "ESM2", "delivery": "ESM3", "access": "ESM4"} | {
    "filters": "ESM5"
}


def run(given: argparse.Namespace) -> int:
    """Check the given paths, and print the result in the given format.

    Returns:
        0 where nothing counts, 1 where something does, 2 where something cannot be read.
    """
    gc.disable()  # what is read lives until the end of the process: looking for garbage would double the time
    try:
        return _run(given)
    except TemplateError as error:
        sys.stderr.write(printable(f"cdk-esm: {error}\n"))
        return UNREADABLE
    finally:
        gc.enable()


def _run(given: argparse.Namespace) -> int:
    if given.write_baseline and given.baseline is None:
        raise TemplateError("--write-baseline needs --baseline FILE, to know where to write")
    select, ignore = _ids(given.select, "--select"), _ids(given.ignore, "--ignore")
    known = read_baseline(given.baseline) if given.baseline and not given.write_baseline else ()
    inputs = read_inputs(given.paths, templates_only=given.templates_only)
    result = judge(inputs, select=select, ignore=ignore, baseline=known)
    if given.write_baseline:
        count = write_baseline(given.baseline, result)
        say(f"wrote {given.baseline} with {count} finding{'' if count == 1 else 's'}")
        return CLEAN
    say(FORMATS[given.format](result))
    return FOUND if result.fails(given.fail_on) else CLEAN


def _ids(given: list[str] | None, keyword: str) -> list[str]:
    """Ids of rules, or their beginnings, of ids, names and families.

    Raises:
        TemplateError: there is no such rule.
    """
    known = {rule.name: rule.id for rule in rules().values()} | FAMILIES
    found = []
    for word in (word.strip() for words in given or () for word in words.split(",")):
        beginning = known.get(word.lower(), word.upper())
        if not word or not any(rule.startswith(beginning) for rule in rules()):
            close = get_close_matches(word.lower(), [*known, *(one.lower() for one in rules())], n=1)
            hint = f"; did you mean {known.get(close[0], close[0].upper())}?" if close else ""
            raise TemplateError(f"{keyword} {word}: there is no such rule or family{hint}")
        found.append(beginning)
    return found


def say(text: str) -> None:
    """Print; a reader that has heard enough, such as ``head``, is no fault."""
    try:
        sys.stdout.write(printable(text + "\n" if text else ""))
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes the output once more when it ends, and must find something that takes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def printable(text: str) -> str:
    """A text that any output takes: JSON may hold halves of characters."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
