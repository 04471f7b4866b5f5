"""Writes the skeletons of a rule, its tests and its corruption: ``make rule FAMILY=delivery NAME=slow-drain``."""

from __future__ import annotations

import keyword
import pkgutil
import re
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from string import Template
from typing import Final

import cdk_esm.rules
from cdk_esm.rules.engine import rules
from tools.skeletons import CORRUPTION, RULE, TESTS

ROOT: Final = Path(__file__).parents[1]

RETIRED: Final[tuple[str, ...]] = ()
"""Ids of rules that are gone: no other rule ever gets one. The gaps between today's ids were never given to a rule."""

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*|[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LAST: Final = 99

_NEXT: Final = """\
{id} {name} is written, and its tests fail until it is filled in:
{files}
1. Replace whatever says "write here". Take known facts from docs/reference/facts.md, or write a new one beside RULE.
2. make docs
3. UPDATE_SNAPSHOTS=1 .venv/bin/python -m pytest tests/core -k words, and read what it adds to tests/core/rules/texts
4. .venv/bin/python -m pytest tests/core"""


class RefusedError(Exception):
    """The skeleton cannot be written; the text says why."""


def families() -> Mapping[str, str]:
    """The folder of each family, and how its ids begin."""
    found = {}
    for entry in pkgutil.iter_modules(cdk_esm.rules.__path__, "cdk_esm.rules."):
        said = re.match(r"(ESM\d)xx: ", import_module(entry.name).__doc__ or "") if entry.ispkg else None
        if said:
            found[entry.name.rpartition(".")[2]] = said[1]
    return found


def next_id(family: str) -> str:
    """The id after the greatest that any rule of a family has or had.

    Raises:
        RefusedError: the family has no id left.
    """
    begin = families()[family]
    number = max(int(each[4:]) for each in (f"{begin}00", *rules(), *RETIRED) if each.startswith(begin)) + 1
    if number > _LAST:
        raise RefusedError(f"the family {family} has no id left after {begin}{_LAST}")
    return f"{begin}{number:02}"


def new_rule(root: Path, family: str, name: str) -> tuple[str, list[Path]]:
    """Write the skeleton.

    Args:
        root: the folder of the repository.
        family: the folder of the family, such as ``delivery``.
        name: what the rule is about, in kebab case or in snake case.

    Returns:
        The id of the rule, and the files that were written.

    Raises:
        RefusedError: the family or the name cannot be used.
    """
    if family not in families():
        raise RefusedError(f"FAMILY is one of {', '.join(families())}, got {family!r}")
    if not _NAME.fullmatch(name):
        raise RefusedError(f"NAME is in kebab case, such as slow-drain, or in snake case, got {name!r}")
    snake, kebab = name.replace("-", "_"), name.replace("_", "-")
    if keyword.iskeyword(snake):
        raise RefusedError(f"NAME cannot be {name!r}, which is a word of Python's own")
    same = next((rule for rule in rules().values() if rule.name == kebab), None)
    if same is not None:
        raise RefusedError(f"there is a rule {kebab} already: {same.id}")
    texts = {
        root / "cdk_esm" / "rules" / family / f"{snake}.py": RULE,
        root / "tests" / "core" / "rules" / f"test_{snake}.py": TESTS,
        root / "tests" / "core" / "generated" / f"corrupt_{snake}.py": CORRUPTION,
    }
    there = [path for path in texts if path.exists()]
    if there:
        raise RefusedError(f"NAME is taken: there is {' and '.join(str(path.relative_to(root)) for path in there)}")
    identity = next_id(family)
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(text).substitute(id=identity, name=kebab, snake=snake), encoding="utf-8")
    return identity, list(texts)


def main(family: str = "", name: str = "", *, root: Path = ROOT) -> int:
    """Write the skeleton, and say what to do next, or why it was not written.

    Returns:
        The exit status: 0, or 2 if nothing was written.
    """
    try:
        identity, paths = new_rule(root, family, name)
    except RefusedError as error:
        print(f"make rule FAMILY=delivery NAME=slow-drain: {error}", file=sys.stderr)
        return 2
    files = "\n".join(f"   {path.relative_to(root)}" for path in paths)
    print(_NEXT.format(id=identity, name=name.replace("_", "-"), files=files))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
