"""What is read of a SAM source is what is read of the transform's output, mapping for mapping and word for word.

Sources from the sheets, over all seven types of events, Globals, policies and aliases; ``CDK_ESM_THOROUGH=1`` compares
more than five hundred of them.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

import cdk_esm as esm
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import whole_app_rules
from cdk_esm.rules.permissions import access_of
from cdk_esm.sources.sam_events import PULL_EVENTS
from cdk_esm.template.reader import Reading
from tests.core.template.sam.own_sources import OWN_SOURCES
from tests.core.template.sam.sources_from_sheets import source_of
from tests.core.template.sam.transform import REFUSED, reading_of, transformed

SEEDS: Final = 660 if os.environ.get("CDK_ESM_THOROUGH") else 66
LEAST_COMPARED: Final = 500 if os.environ.get("CDK_ESM_THOROUGH") else 40

DIFFERENCES: Final = {
    "kind by type": "the type of an event says what it reads, also where its ARN is a value that only the deployment "
    "knows or names another service: the transform leaves that out of the mapping",
    "length": "of the inline policies of a role that SAM makes, those that concern no mapping may not be counted",
    "order": "of two mappings that are wrong together one is named: the first of the source, where SAM appends its own "
    "and sorts the events of a function by name",
}
"""All that may differ, and why."""


def by_logical_id(reading: Reading) -> Mapping[str, list[MappingPlan]]:
    """The plans by the logical ids that the transform gives to mappings, without what the source alone tells."""
    found: dict[str, list[MappingPlan]] = {}
    for plan, resource in zip(reading.plans, reading.resources, strict=True):
        access = replace(access_of(plan), managed=tuple(sorted(access_of(plan).managed)), inline=None)
        bare = replace(plan, path="", logical_id=None, within=(), wording=None, role=replace(plan.role, access=access))
        found.setdefault(resource.logical_id, []).append(bare)
    return found


def not_counted_as_made(own: Reading, made: Reading) -> list[str]:
    """The mappings of whose role more characters of inline policies are counted than the transform makes.

    It writes a place alone, without the brackets of a list, so some characters for each policy are passed over.
    """
    whole = {
        (resource.logical_id, plan.when): access_of(plan).inline
        for plan, resource in zip(made.plans, made.resources, strict=True)
    }
    found = []
    for plan, resource in zip(own.plans, own.resources, strict=True):
        one, other = access_of(plan).inline, whole[resource.logical_id, plan.when]
        if one is not None and (other is None or one.at_least - 4 * one.count > other.at_least):
            found.append(resource.logical_id)
    return found


def spoken(reading: Reading) -> Counter[tuple[str, str]]:
    """The rules that speak of each mapping; of those that look at several, how often they speak at all."""
    made = {plan.path: resource.logical_id for plan, resource in zip(reading.plans, reading.resources, strict=True)}
    in_order = whole_app_rules()
    return Counter(
        ("" if finding.rule.id in in_order else made[finding.path], finding.rule.id)
        for finding in esm.check(reading.plans)
    )


def told_by_type(own: Reading, made: Reading) -> bool:
    """Whether the event's type alone tells the kind of a source."""
    kinds = [{plan.logical_id or "": plan.source for plan in reading.plans} for reading in (own, made)]
    return bool(made.skipped) or list(kinds[0].values()) != list(kinds[1].values())


def assert_same(own: Reading, made: Reading) -> None:
    assert own.skipped == made.skipped == []
    assert by_logical_id(own) == by_logical_id(made)
    assert spoken(own) == spoken(made)
    assert not_counted_as_made(own, made) == []


def test_sources_from_the_sheets_are_read_like_the_output_of_the_transform() -> None:
    compared: Counter[str] = Counter()
    by_type = 0
    for seed in range(SEEDS):
        source = source_of(seed)
        try:
            made = reading_of(transformed(source))
        except REFUSED:
            continue
        own = reading_of(source)
        if told_by_type(own, made):
            by_type += 1
            continue
        assert_same(own, made)
        compared[source["Resources"]["Function"]["Properties"]["Events"]["Orders"]["Type"]] += 1

    assert compared.keys() == PULL_EVENTS.keys()
    assert compared.total() >= LEAST_COMPARED
    assert by_type <= SEEDS / 20


def test_fixture_of_the_transform_is_what_it_makes_today() -> None:
    fixtures = Path(__file__).parents[3] / "fixtures" / "sam"
    source, made = (
        json.loads((fixtures / name).read_text(encoding="utf-8")) for name in ("source.json", "transformed.json")
    )

    assert transformed(source) == made
    assert_same(reading_of(source), reading_of(made))


@pytest.mark.parametrize("source", [pytest.param(source, id=name) for name, source in OWN_SOURCES.items()])
def test_own_source_is_read_like_the_output_of_the_transform(source: dict[str, Any]) -> None:
    own, made = reading_of(source), reading_of(transformed(source))

    assert own.plans
    assert_same(own, made)
