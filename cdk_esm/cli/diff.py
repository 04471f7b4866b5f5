"""``cdk-esm diff``: what a deployment does to the mappings, and to the records in their sources."""

from __future__ import annotations

import argparse
import gc

from cdk_esm.cli.common import (
    A_TEMPLATE,
    CLEAN,
    FOUND,
    STATUS,
    UNREADABLE,
    add_allow_unjudged,
    add_format,
    add_threshold,
    complain,
    require,
    say,
)
from cdk_esm.diff.accepted import accepted, read_accepted, write_accepted
from cdk_esm.diff.deployed import read_deployed
from cdk_esm.diff.formats import FORMATS
from cdk_esm.diff.inputs import NOTHING_DEPLOYED, read_sides
from cdk_esm.diff.pairing import chosen_pairs
from cdk_esm.diff.result import Difference, compare
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
        "--live",
        action="append",
        metavar="FILE",
        help="what `aws lambda list-event-source-mappings` prints: compare it with OLD too; again for more files",
    )
    command.add_argument(
        "--accept",
        action="append",
        metavar="KIND:MAPPING=REASON",
        help="this change is meant, by its kind and the path that the output gives it; again for more; what AWS "
        "refuses cannot be accepted",
    )
    command.add_argument("--accepted", metavar="FILE", help="a file with changes that are meant, and do not count")
    command.add_argument(
        "--write-accepted",
        action="store_true",
        help="write what is accepted now, by --accept or in that file, into that file, and stop",
    )
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
        return _run(given)
    except TemplateError as error:
        return complain(str(error))
    finally:
        gc.enable()


def _run(given: argparse.Namespace) -> int:
    if given.write_accepted and given.accepted is None:
        raise TemplateError("--write-accepted needs --accepted FILE, to know where to write")
    if given.old != NOTHING_DEPLOYED:
        require([given.old], f"{A_TEMPLATE}, or write {NOTHING_DEPLOYED} if nothing is deployed yet")
    only_old = f"; only OLD may be {NOTHING_DEPLOYED}" if given.new == NOTHING_DEPLOYED else ""
    require([given.new], A_TEMPLATE + only_old)
    require(given.live or (), "`aws lambda list-event-source-mappings --output json > FILE` makes it")
    require(() if given.write_accepted else [given.accepted], "--write-accepted makes it")
    known = read_accepted(given.accepted, may_be_missing=given.write_accepted) if given.accepted is not None else {}
    meant = accepted(given.accept, known)
    deployed = read_deployed(given.live) if given.live is not None else None
    old, new = read_sides(given.old, given.new, chosen_pairs(given.stack))
    difference = compare(
        old, new, agreed=agreed(given.allow_unjudged), threshold=given.fail_on, accepted=meant, deployed=deployed
    )
    if given.write_accepted:
        return _write(given.accepted, difference)
    say(FORMATS[given.format](difference), given.format)
    return UNREADABLE if difference.unreadable else FOUND if difference.fails else CLEAN


def _write(file: str, difference: Difference) -> int:
    """Write the changes that are accepted; nothing else gets into the file by itself."""
    count = write_accepted(file, difference.changes, difference.accepted)
    say(f"wrote {file} with {count} accepted change{'' if count == 1 else 's'}")
    for one in difference.counted:
        say(f"not accepted, and not in it: {one.kind.name}:{one.place.path}")
    return UNREADABLE if difference.unreadable else CLEAN
