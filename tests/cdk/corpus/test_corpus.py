"""The golden corpus: the templates of every variant are as they were, or CHANGELOG.md says what changed.

``templates`` holds the templates of each variant in ``variants.py``, and ``accepted.json`` what was agreed to
(``ledger.py``). An intended change is made like this:

1. Write a line under *Template changes* of CHANGELOG.md: what changes, and what that does on deployment.
2. ``UPDATE_SNAPSHOTS=1 .venv/bin/python -m pytest tests/cdk/corpus`` writes the templates anew and adds the change to
   ``accepted.json``, with every line there that names no change yet. Without such a line it refuses.
3. Read the difference of ``templates/`` before you commit all of it.

A new variant needs no line. A variant is not edited, because its templates would change without a cause: add another.
After a merge in which both sides changed templates, take one side of ``accepted.json`` and update again.
A new version of aws-cdk-lib in requirements.lock that changes templates gets a line too.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.cdk.corpus.differences import differences, told
from tests.cdk.corpus.ledger import NotAccepted, extended, faults, lines_of, read, write
from tests.cdk.corpus.variant import Made, Templates
from tests.cdk.corpus.variants import VARIANTS
from tests.cdk.corpus.writing import condensed, digest, expanded, rendered
from tests.cdk.templates import ASSET_HASH, ROOT, is_locked_cdk

HERE: Final = Path(__file__).parent
KEPT: Final = HERE / "templates"
LEDGER: Final = HERE / "accepted.json"
HOW: Final = f"""\
To change templates on purpose, write a line under "### Template changes" of CHANGELOG.md and run
UPDATE_SNAPSHOTS=1 .venv/bin/python -m pytest {HERE.relative_to(ROOT)}"""


@pytest.fixture(scope="module")
def today(corpus: Mapping[str, Made]) -> dict[str, Templates]:
    """The templates of today by variant; with ``UPDATE_SNAPSHOTS`` they are written first, if they are accepted."""
    if not is_locked_cdk():
        pytest.skip("the corpus belongs to the locked version of aws-cdk-lib")
    templates = {name: one.templates for name, one in corpus.items()}
    if os.environ.get("UPDATE_SNAPSHOTS"):
        update(templates)
    return templates


def texts(templates: Mapping[str, Templates]) -> dict[str, str]:
    """What the files hold."""
    found = {}
    for name, one in templates.items():
        like = VARIANTS[name].like
        found[name] = rendered(condensed(one, templates[like], like) if like else one) + "\n"
    return found


def kept() -> dict[str, str]:
    """The files by the variant that they are of."""
    return {
        file.relative_to(KEPT).with_suffix("").as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(KEPT.rglob("*.json"))
    }


def in_full(files: Mapping[str, str]) -> dict[str, Templates]:
    """The kept templates, read back."""
    found: dict[str, Templates] = {}

    def read_back(name: str) -> Templates:
        if name not in found:
            like = VARIANTS[name].like if name in VARIANTS else ""
            found[name] = expanded(json.loads(files[name]), read_back(like) if like else {})
        return found[name]

    for name in files:
        if name in VARIANTS:
            read_back(name)
    return found


def compared(templates: Mapping[str, Templates]) -> str:
    """What differs from the kept templates, as one text."""
    return told({name: differences(one, templates[name]) for name, one in in_full(kept()).items()})


def changelog() -> list[str]:
    """The lines of CHANGELOG.md about templates."""
    return lines_of((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))


def update(templates: Mapping[str, Templates]) -> None:
    """Write ledger and templates anew; nothing is written where the ledger does not accept it."""
    try:
        ledger = extended(read(LEDGER), {name: digest(one) for name, one in templates.items()}, changelog())
    except NotAccepted as refused:
        reason = f"{compared(templates)}\n\nNothing was written: {refused}"
    else:
        write(LEDGER, ledger)
        shutil.rmtree(KEPT, ignore_errors=True)
        for name, text in texts(templates).items():
            file = KEPT / f"{name}.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        return
    pytest.fail(reason, pytrace=False)


def test_no_template_changes_unnoticed(today: dict[str, Templates]) -> None:
    message = compared(today)
    if message:
        pytest.fail(f"{message}\n\n{HOW}", pytrace=False)
    files, expected = kept(), texts(today)

    assert sorted(files) == sorted(expected), HOW
    assert [name for name, text in expected.items() if files[name] != text] == [], HOW


def test_every_change_of_a_kept_template_has_its_line_in_the_changelog() -> None:
    found = list(faults(read(LEDGER), {name: digest(one) for name, one in in_full(kept()).items()}, changelog()))

    if found:
        pytest.fail("\n".join([*found, "", HOW]), pytrace=False)


def test_no_kept_template_has_a_hash_of_an_asset() -> None:
    assert [name for name, text in kept().items() if ASSET_HASH.search(text)] == []
