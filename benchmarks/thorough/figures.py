"""The committed figures of the thorough run, each with the commit that it belongs to."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "figures"


def commit() -> str:
    """The commit that is measured: to be asked before, for a measurement takes long enough to work on."""
    changed = " and changes" if _git("status", "--porcelain", "--", "cdk_esm", "tests") else ""
    return _git("rev-parse", "--short", "HEAD") + changed


def keep(measured: str, name: str, figures: dict[str, Any], *, of: str) -> None:
    """Write figures beside those of others that were measured in the same way.

    Args:
        measured: how, which names the file.
        name: of what.
        figures: what came out.
        of: the commit.
    """
    file = FOLDER / f"{measured}.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    known[name] = {**figures, "commit": of}
    FOLDER.mkdir(exist_ok=True)
    file.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _git(*words: str) -> str:
    """What git answers; nothing where there is no repository."""
    command = ["git", *words]
    return subprocess.run(command, cwd=FOLDER.parents[1], check=False, capture_output=True, text=True).stdout.strip()
