"""``cdk-esm check``: the rules on templates, folders of them, and cloud assemblies."""

from __future__ import annotations

import argparse
import gc
from difflib import get_close_matches
from typing import Final

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
from cdk_esm.errors import TemplateError
from cdk_esm.judge.agreed import agreed
from cdk_esm.judge.baseline import Baseline, read_baseline, write_baseline
from cdk_esm.judge.formats import FORMATS
from cdk_esm.judge.inputs import read_inputs
from cdk_esm.judge.result import Result, judge
from cdk_esm.judge.stated import read_stated
from cdk_esm.printed import one_line
from cdk_esm.rules.engine import rules

FAMILIES: Final = {"call": "ESM0", "ranges": "ESM1", "combined": "ESM2", "delivery": "ESM3", "access": "ESM4"} | {
    "filters": "ESM5"
}


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    command.description = "Check every event source mapping in CloudFormation templates, in JSON or YAML."
    command.epilog = (
        f"The families of rules: {', '.join(FAMILIES)}; `cdk-esm rules` lists them. "
        f"RULES are ids, beginnings of ids, names or families, with commas between them. {STATUS}"
    )
    command.add_argument("paths", nargs="+", metavar="PATH", help="a template, a folder, or a cloud assembly")
    add_format(command, *(name for name in FORMATS if name != "text"))
    add_threshold(command)
    add_allow_unjudged(command)
    command.add_argument("--select", action="append", metavar="RULES", help="only these: ESM201,filters")
    command.add_argument("--ignore", action="append", metavar="RULES", help="not these rules, in the same words")
    command.add_argument(
        "--facts",
        action="append",
        metavar="FILE",
        help="what a queue or a function outside the templates has: the output of `aws sqs get-queue-attributes "
        "--attribute-names All` or of `aws lambda get-function-configuration`",
    )
    command.add_argument("--templates-only", action="store_true", help="pass over named files that are no templates")
    command.add_argument(
        "--baseline", metavar="FILE", help="a file with findings that were there before, and do not count"
    )
    command.add_argument(
        "--write-baseline", action="store_true", help="write what is found now into that file, and stop"
    )


def run(given: argparse.Namespace) -> int:
    """Check the given paths, and print the result in the given format.

    Returns:
        0 if nothing counts and everything was looked at, 1 if something counts or was not judged, 2 if something cannot
        be read.
    """
    gc.disable()  # what is read lives until the end of the process: looking for garbage would double the time
    try:
        return _run(given)
    except TemplateError as error:
        return complain(str(error))
    finally:
        gc.enable()


def _run(given: argparse.Namespace) -> int:
    if given.write_baseline and given.baseline is None:
        raise TemplateError("--write-baseline needs --baseline FILE, to know where to write")
    select, ignore = _ids(given.select, "--select"), _ids(given.ignore, "--ignore")
    if not any(one.startswith(tuple(select or ("",))) and not one.startswith(tuple(ignore)) for one in rules()):
        raise TemplateError("--select and --ignore leave no rule: nothing would be looked at; leave one of them out")
    reads_baseline = given.baseline is not None and not given.write_baseline
    require(given.paths, A_TEMPLATE)
    require([given.baseline] if reads_baseline else (), "--write-baseline makes it")
    require(given.facts or (), "save there what the command that `cdk-esm check --help` names prints")
    known = read_baseline(given.baseline) if reads_baseline else Baseline()
    stated = read_stated(given.facts or ())
    inputs = read_inputs(given.paths, templates_only=given.templates_only)
    inputs.plans = stated.fill(inputs.plans)
    if not given.templates_only:  # which may leave out the template that a file is about
        inputs.skipped += stated.unused(inputs.plans)
    result = judge(
        inputs,
        select=select,
        ignore=ignore,
        baseline=known.findings,
        agreed=agreed(given.allow_unjudged, known.unjudged),
        threshold=given.fail_on,
    )
    if given.write_baseline:
        return _write(given.baseline, result)
    say(FORMATS[given.format](result), given.format)
    return status(result)


def status(result: Result) -> int:
    """What the process should end with."""
    return UNREADABLE if result.unreadable else FOUND if result.fails else CLEAN


def _write(file: str, result: Result) -> int:
    """Write a baseline; what is not judged is not in it, unless somebody agrees to it by name."""
    count = write_baseline(file, result)
    say(one_line(f"wrote {file} with {count} finding{'' if count == 1 else 's'}"))
    for one in result.unjudged:
        say(one_line(f"not judged, and not in it: {one.path}, because {one.reason}; {one.fix}"))
    return UNREADABLE if result.unreadable else CLEAN


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
            hint = f"did you mean {known.get(close[0], close[0].upper())}? " if close else ""
            families = f"the families are {', '.join(FAMILIES)}, and `cdk-esm rules` lists the rules"
            raise TemplateError(f"{keyword} {word}: there is no such rule or family; {hint}{families}")
        found.append(beginning)
    return found
