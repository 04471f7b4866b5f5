"""``cdk-esm explain``: why a rule is there."""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches
from typing import Final

from cdk_esm.cli.common import CLEAN, complain, write
from cdk_esm.report.rules import rule_explained
from cdk_esm.rules.engine import rule_modules

_MOST: Final = 10
"""Rules that are named in the place of one that is not there: as many as can begin with the same digits."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    command.description = "Say why a rule is there, with a bad and a good example, the facts behind it and AWS's page."
    command.add_argument(
        "rule", metavar="RULE", help="its id, such as ESM201 or 201, or its name; `cdk-esm rules` lists them"
    )


def run(given: argparse.Namespace) -> int:
    """Explain the given rule.

    Returns:
        0, or 2 if there is no such rule.
    """
    modules = {word: module for module in rule_modules() for word in (module.RULE.id, module.RULE.name)}
    asked = next((word for word in _words(given.rule) if word in modules), given.rule)
    if asked not in modules:
        return complain(f"there is no rule {asked}; {_meant(given.rule, list(modules))}`cdk-esm rules` lists them all")
    write(f"{rule_explained(modules[asked])}\n", sys.stdout)
    return CLEAN


def _meant(asked: str, known: list[str]) -> str:
    """Which rules may be meant: those that begin so, or the one that is written nearly so."""
    begun = [word for start in _words(asked) if len(start) > len("ESM") for word in known if word.startswith(start)]
    close = begun or get_close_matches(asked, known, n=1, cutoff=0.8)
    return f"did you mean {' or '.join(dict.fromkeys(close[:_MOST]))}? " if close else ""


def _words(asked: str) -> tuple[str, ...]:
    """What may be meant: an id in small letters, without its prefix, or with cfn-lint's letter; a name with ``_``."""
    return asked.upper(), f"ESM{asked}", asked.upper()[1:], asked.lower().replace("_", "-")
