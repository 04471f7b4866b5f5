"""Legal mappings from seeds, with settings of every kind: each is taken over with its id and with all of them.

A sample runs by default; with ``CDK_ESM_THOROUGH=1`` in the environment each source meets a hundred templates.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import pytest

from cdk_esm import read_template
from cdk_esm.sources import SOURCES
from tests.cdk.adopt.included import UnboundError, taken_over
from tests.cdk.adopt.pasted import REPLACED, compared, kept, printed
from tests.core.generated.legal import legal

TEMPLATES: Final = 100 if os.environ.get("CDK_ESM_THOROUGH") else 2
MAPPING: Final = "Orders"
LONGEST_DIMENSION: Final = 255
"""Characters of a queue's name that CloudWatch takes: CDK makes no alarm on a longer one."""


def move(kind: str, seed: int, folder: Path) -> tuple[Path, Path] | None:
    """The template before and after; ``None`` if only a condition of the template knows a value."""
    document = legal(kind, seed).template()
    if len(str(document["Resources"][MAPPING]["Properties"].get("Queues"))) > LONGEST_DIMENSION:
        return None
    old = folder / "old" / "Shop.template.json"
    old.parent.mkdir(parents=True)
    old.write_text(json.dumps(document), encoding="utf-8")
    code, names = printed(old)
    try:
        return old, taken_over(
            document, code["Shop"], names, folder, mapping=MAPPING, construct=str(SOURCES[kind].construct)
        )
    except UnboundError:
        return None


def differing(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (old.get(name), new.get(name)) for name in {*old, *new} if old.get(name) != new.get(name)}


@pytest.mark.parametrize("kind", SOURCES)
def test_a_mapping_is_taken_over_with_its_id_and_its_settings(kind: str, tmp_path: Path) -> None:
    moved = 0
    for seed in range(10 * TEMPLATES):
        sides = move(kind, seed, tmp_path / str(seed))
        if sides is None:
            continue
        old, new = (kept(read_template(json.loads(side.read_text(encoding="utf-8")))) for side in sides)
        assert [*old] == [*new], seed
        assert {seed: differing(*old.values(), *new.values())} == {seed: {}}
        changes = compared(*sides)
        assert not REPLACED & {change["change"] for change in changes}, seed
        grave = {one["change"] for one in changes if one["severity"] in ("error", "danger")}
        # CDK sorts tags, so that an update of a mapping that Lambda lets nobody update cannot be avoided.
        sorted_by_cdk = {"update-refused"} if '"Tags"' in sides[0].read_text(encoding="utf-8") else set()
        assert grave <= sorted_by_cdk, seed
        moved += 1
        if moved == TEMPLATES:
            break

    assert moved == TEMPLATES
