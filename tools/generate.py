"""Writes the documentation that is generated from the code: ``python -m tools.generate docs``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from cdk_esm.report.rules import rules_markdown
from cdk_esm.report.sources import sources_markdown
from tools.alarms_doc import alarms_markdown
from tools.architecture_doc import architecture_markdown
from tools.cdk_doc import cdk_markdown
from tools.changes_doc import changes_markdown
from tools.dashboard_picture import dashboard_picture
from tools.facts_doc import facts_markdown
from tools.fidelity_doc import fidelity_markdown
from tools.picture import picture
from tools.rule_pages import rule_pages


@cache
def documents() -> Mapping[str, Callable[[], str]]:
    """Every generated document: its name below docs, and what writes its text."""
    reference = {
        "alarms.md": alarms_markdown,
        "changes.md": changes_markdown,
        "dashboard.svg": dashboard_picture,
        "facts.md": facts_markdown,
        "fidelity.md": fidelity_markdown,
        "rules.md": rules_markdown,
        **rule_pages(),
        "sources.md": sources_markdown,
    }
    return {
        "architecture.md": architecture_markdown,
        "architecture.svg": picture,
        **{f"reference/{name}": write for name, write in reference.items()},
    }


WITH_CDK: Mapping[str, Callable[[], str]] = {"reference/cdk.md": cdk_markdown}
"""The documents that only the installed aws-cdk-lib can tell, and that start Node."""


def stale(folder: Path) -> list[Path]:
    """What was generated once and is no longer."""
    generated = (path for path in folder.glob("reference/**/*") if path.is_file())
    return sorted(path for path in generated if path.relative_to(folder).as_posix() not in {**documents(), **WITH_CDK})


def main(folder: str) -> None:
    """Write every document into a folder, and remove the pages that are no longer generated."""
    everything = {**documents(), **WITH_CDK}
    for name, write in everything.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write(), encoding="utf-8")
    for path in stale(Path(folder)):
        path.unlink()
        print(f"removed {path}: add {path.stem} to RETIRED in tools/new_rule.py, so that no other rule gets its id")
    print(f"wrote {len(everything)} documents into {folder}")


if __name__ == "__main__":
    main(*sys.argv[1:])
