"""Texts that people read, as they were reviewed: ``UPDATE_SNAPSHOTS=1`` writes them anew."""

import os
from pathlib import Path


def reviewed(file: Path, text: str) -> str:
    """The text that was reviewed, to compare with the text of today."""
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return file.read_text(encoding="utf-8")
