"""Writes the documentation that is generated from the code: ``python -m cdk_esm.report.generate docs``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from cdk_esm.report.changes_doc import changes_markdown
from cdk_esm.report.facts_doc import facts_markdown
from cdk_esm.report.rules_doc import rules_markdown
from cdk_esm.report.sources_doc import sources_markdown


def documents() -> Mapping[str, str]:
    """Every generated document: its name in the folder, and its text."""
    return {
        "changes.md": changes_markdown(),
        "facts.md": facts_markdown(),
        "rules.md": rules_markdown(),
        "sources.md": sources_markdown(),
    }


def main(folder: str) -> None:
    """Write every document into a folder."""
    for name, text in documents().items():
        path = Path(folder, name)
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main(*sys.argv[1:])
