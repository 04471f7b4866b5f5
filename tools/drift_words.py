"""Keeps a digest of what AWS's service model says, in words, of the members that our facts are about.

The limit of a number is often in its documentation alone: when a function may run for longer, the shape may allow it
already, and only the sentence changes. ``drift_words.json`` holds the digests that somebody has looked at;
``python -m tools.drift_words --write`` writes it anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from cdk_esm.sources import SOURCES
from cdk_esm.sources.lambda_function import FUNCTION
from tools.drift_models import service_model

LOOKED_AT: Final = Path(__file__).with_name("drift_words.json")
_DIGITS: Final = 16
_MARKUP: Final = re.compile(r"<[^>]+>|\s+")


def members() -> frozenset[tuple[str, str]]:
    """Each member that a fact sheet is about: the operation and its path, by the names of the API."""
    mappings = {name for sheet in SOURCES.values() for name in sheet.by_name}
    return frozenset(
        {("CreateEventSourceMapping", name) for name in mappings}
        | {("CreateFunction", name) for name in FUNCTION.by_name}
    )


def documentation(model: Mapping[str, Any]) -> dict[str, str]:
    """What a service model says of each of those members, without its markup; those that it has."""
    wanted = members()
    found: dict[str, str] = {}
    for operation in sorted({operation for operation, _ in wanted}):
        shape = model["operations"][operation]["input"]["shape"]
        for path, text in _texts(model["shapes"], shape, ""):
            if (operation, path) in wanted and text:
                found[f"{operation}.{path}"] = " ".join(_MARKUP.sub(" ", text).split())
    return dict(sorted(found.items()))


def _texts(shapes: Mapping[str, Any], name: str, above: str, depth: int = 4) -> Iterator[tuple[str, str]]:
    """The path and the documentation of each member of a structure; lists are looked into."""
    shape = shapes[name]
    if shape["type"] == "list":
        yield from _texts(shapes, shape["member"]["shape"], above, depth)
    for member, target in shape.get("members", {}).items() if depth else ():
        path = f"{above}{member}"
        yield path, target.get("documentation", "") or shapes[target["shape"]].get("documentation", "")
        yield from _texts(shapes, target["shape"], f"{path}.", depth - 1)


def digest(text: str) -> str:
    """A short sign of a text, which is another one for another text."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def differences(looked_at: Mapping[str, str], today: Mapping[str, str]) -> Iterator[str]:
    """Say of each member whether AWS documents it otherwise than when somebody last looked."""
    for name, text in today.items():
        if name not in looked_at:
            yield f"{name} is documented now: {text}"
        elif looked_at[name] != digest(text):
            yield f"{name} is documented otherwise: {text}"
    yield from (f"{name} is documented no longer" for name in looked_at if name not in today)


def report() -> tuple[list[str], int]:
    """The differences from the installed model as lines, and how many there are; none without a model."""
    model = service_model()
    if model is None:
        return [], 0
    kept = json.loads(LOOKED_AT.read_text(encoding="utf-8"))
    found = list(differences(kept, documentation(model)))
    return [
        *(f"botocore: {one}" for one in found),
        f"botocore: {len(kept)} texts compared, {len(found)} differences",
    ], len(found)


def write() -> int:
    """Write the digests of today."""
    model = service_model()
    if model is None:
        sys.stderr.write("botocore is not installed here\n")
        return 2
    digests = {name: digest(text) for name, text in documentation(model).items()}
    LOOKED_AT.write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(write() if sys.argv[1:] == ["--write"] else report()[1] > 0)
