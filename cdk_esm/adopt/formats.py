"""The statements as they are printed: as Python to paste, or as JSON for other programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final

from cdk_esm.adopt.taking import Adoption
from cdk_esm.printed import one_line

VERSION: Final = 1
_WIDTH: Final = 118


def to_text(adoption: Adoption) -> str:
    """Python to paste, with comments for what has to be known, and a list of the marked names."""
    parts = []
    statements = adoption.statements
    if statements:
        imports = sorted({line for one in statements for line in one.imports}, key=lambda line: (" as " in line, line))
        parts.append("\n".join([*imports, "", "import cdk_esm as esm"]).strip())
    for places in dict.fromkeys(one.places for one in statements):
        there: dict[str, list[str]] = {}
        for one in statements:
            if one.places == places:
                there.setdefault(one.text, []).append(one.path)
        if len(places) == 1:
            parts.append("\n\n".join([f"# In the stack {one_line(places[0])}:", *there]))
            continue
        heading = _wrapped_at("# ", f"In the code that makes the stacks {', '.join(places)}, once:")
        texts = ["\n".join([*(f"# {one_line(path)}" for path in paths), text]) for text, paths in there.items()]
        parts.append("\n\n".join(["\n".join(heading), *texts]))
    if adoption.names:
        lines = ["# Put your own in the place of each of these names:"]
        for name in adoption.names:
            lines += _wrapped(f"{name.name}: {name.what}")
            lines += [] if name.written is None else [f"#       such as {one_line(name.written)}"]
        parts.append("\n".join(lines))
    if adoption.left:
        lines = ["# Not taken over:"]
        for left in adoption.left:
            lines += _wrapped(f"{left.path}: {left.reason}; {left.fix}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) or "# There is no event source mapping in it."


def _wrapped(text: str) -> list[str]:
    return _wrapped_at("#   ", text)


def _wrapped_at(begin: str, text: str) -> list[str]:
    return textwrap.wrap(
        one_line(text),
        _WIDTH,
        initial_indent=begin,
        subsequent_indent=f"{begin}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def to_json(adoption: Adoption) -> str:
    """Everything by its parts, so that nobody has to read the Python."""
    document: dict[str, Any] = {
        "version": VERSION,
        "summary": {"adopted": len(adoption.statements), "not_adopted": len(adoption.left)},
        "statements": [
            {
                **asdict(one),
                "places": list(one.places),
                "names": list(one.names),
                "imports": [*one.imports, "import cdk_esm as esm"],
            }
            for one in adoption.statements
        ],
        "names": [asdict(one) for one in adoption.names],
        "not_adopted": [
            {
                "path": one.path,
                "reason": one.reason,
                "fix": one.fix,
                "template": one.template,
                "logical_id": one.logical_id,
            }
            for one in adoption.left
        ],
    }
    return json.dumps(document, indent=2)


FORMATS: Final[Mapping[str, Callable[[Adoption], str]]] = {"text": to_text, "json": to_json}
