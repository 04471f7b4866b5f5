"""What is legal brings no finding: templates of every source from a seed, and only advice that nobody can avoid.

A sample runs by default; with ``CDK_ESM_THOROUGH=1`` in the environment each source meets 10,000 templates.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any, Final

import pytest

import cdk_esm as esm
from cdk_esm.sources import SOURCES
from tests.core.generated.legal import legal

TEMPLATES: Final = 10_000 if os.environ.get("CDK_ESM_THOROUGH") else 150

UNAVOIDABLE: Final = {
    "ESM320": "a queue or a topic gets only a pointer, and a legal age may leave little time to follow it",
    "ESM535": "with replicas, only one Region tells that Time to Live deleted an item",
    "ESM332": "a share group keeps no order: that is what queue mode is, whoever wants it",
    "ESM333": "Amazon MQ and Amazon DocumentDB offer no on-failure destination",
    "ESM353": "a table with replicas has the writes of every Region in its stream",
    "ESM516": "Amazon MQ offers no metric that counts what a filter drops",
}
"""Advice that a legal template may get, and why no template of that kind could do without."""


@pytest.mark.parametrize("kind", SOURCES)
def test_a_legal_template_has_no_finding(kind: str) -> None:
    said: Counter[str] = Counter()
    for seed in range(TEMPLATES):
        plans = esm.read_template(legal(kind, seed).template())
        assert {plan.path for plan in plans} == {"template/Orders"}, (kind, seed)
        assert {plan.source for plan in plans} == {kind}, (kind, seed)
        findings = esm.check(plans)
        assert not [one for one in findings if one.severity is not esm.Severity.ADVICE], (kind, seed)
        said.update({one.rule.id for one in findings})

    assert said.keys() <= UNAVOIDABLE.keys()


@pytest.mark.parametrize("kind", SOURCES)
def test_a_seed_gives_the_same_template_again(kind: str) -> None:
    assert legal(kind, 7).template() == legal(kind, 7).template()


def _leaves(value: Any) -> int:
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(_leaves(one) for one in members) or 1


def test_the_generated_templates_vary_in_settings_and_resources() -> None:
    made = [legal(kind, seed).template() for kind in SOURCES for seed in range(60)]
    properties = {name for document in made for name in document["Resources"]["Orders"]["Properties"]}
    sheets = {name.partition(".")[0] for sheet in SOURCES.values() for name in sheet.by_name}
    kinds = {one["Type"] for document in made for one in document["Resources"].values()}

    assert properties == sheets
    assert len(kinds) >= 20
    assert sum("Parameters" in document for document in made) > len(made) / 4
    assert sum("Conditions" in document for document in made) > len(made) / 20
    assert max(map(_leaves, made)) > 2 * min(map(_leaves, made))
