"""``cdk-esm rules``: every rule with its severity."""

from __future__ import annotations

import argparse
import json
import sys

from cdk_esm.cli.common import CLEAN, add_format, write
from cdk_esm.report.rules import rule_rows, rules_text


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    command.description = "List every rule with its severity."
    add_format(command, "json")


def run(given: argparse.Namespace) -> int:
    """List the rules.

    Returns:
        0.
    """
    text = json.dumps(rule_rows(), indent=2) if given.format == "json" else rules_text()
    write(f"{text}\n", sys.stdout, given.format)
    return CLEAN
