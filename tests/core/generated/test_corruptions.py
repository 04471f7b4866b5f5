"""One thing wrong in a legal template, and the right rule says so.

Each corruption meets a few templates of each source that it is for; with ``CDK_ESM_THOROUGH=1`` in the environment a
hundred of them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

import pytest

import cdk_esm as esm
from cdk_esm.rules.engine import rules
from tests.core.generated.corruption import Corruption
from tests.core.generated.corruptions import EVERY_CORRUPTION
from tests.core.generated.legal import legal

SAMPLES: Final = 100 if os.environ.get("CDK_ESM_THOROUGH") else 2
ATTEMPTS: Final = 400
"""Templates that are looked at for one that has what a corruption changes."""

OUT_OF_REACH: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("ESM002", "ESM003", "ESM004", "ESM005", "ESM006", "ESM007", "ESM008", "ESM009"), "a Python call's affair"
    ),
    "ESM212": "the construct's kind against the queue's: a template has no construct",
    "ESM214": "what the code holds: a template carries its place in a bucket",
    "ESM215": "likewise",
    "ESM247": "likewise, against the broker's engine",
    "ESM255": "likewise",
    "ESM256": "likewise",
    "ESM257": "the platform of an image: an assembly has it, beside its templates",
    "ESM314": "the construct door fills in whether an alarm tells somebody",
    "ESM346": "the construct makes the id of its mapping: a template has one",
    "ESM363": "the Region of an alarm: a template alone does not say it, an assembly does",
    "ESM401": "the construct says that it could attach no policy",
    "ESM407": "the construct says that it could change no key's policy",
    "ESM403": "two queues in two places: a template alone does not say where its own stand, an assembly does",
    "ESM405": "likewise, of the queue's account",
    "ESM425": "likewise, of the Region that a key is not of",
    "ESM426": "likewise, of the bucket's account",
    "ESM442": "likewise, of a destination in a stack of another account",
}
"""Rules that no change of one template can make speak."""


def spoken(corruption: Corruption, kind: str, seed: int) -> set[str] | None:
    """The rules that speak after a corruption; ``None`` where there is nothing to corrupt in the template."""
    case = legal(kind, seed)
    if corruption.change(case) is False:
        return None
    return {finding.rule.id for finding in esm.check(esm.read_template(case.template()))}


@pytest.mark.parametrize(
    ("corruption", "kind"),
    [
        pytest.param(corruption, kind, id=f"{kind}: {corruption.name}")
        for corruption in EVERY_CORRUPTION
        for kind in corruption.kinds
    ],
)
def test_a_corruption_is_found_by_the_right_rule(corruption: Corruption, kind: str) -> None:
    applied = 0
    for seed in range(SAMPLES * ATTEMPTS):
        found = spoken(corruption, kind, seed)
        if found is None:
            continue
        assert found >= set(corruption.rules), (seed, found)
        applied += 1
        if applied == SAMPLES:
            return
    pytest.fail(f"it fits only {applied} of the templates")


@pytest.mark.parametrize("rule", rules())
def test_every_rule_has_its_corruption_or_is_out_of_reach(rule: str) -> None:
    reached = any(rule in corruption.rules for corruption in EVERY_CORRUPTION)

    assert reached is not (rule in OUT_OF_REACH), (
        f"{rule} needs a corruption in a module corrupt_*.py, or a reason in OUT_OF_REACH why no template can break it"
    )


def test_corruptions_are_many_and_about_rules_that_there_are() -> None:
    assert {
        rule for corruption in EVERY_CORRUPTION for rule in corruption.rules
    } | OUT_OF_REACH.keys() <= rules().keys()
    assert sum(len(corruption.kinds) for corruption in EVERY_CORRUPTION) >= 700
