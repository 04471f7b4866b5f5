"""What a sheet says of its source agrees with itself, with the pages that are made of it, and with AWS's models."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import pytest

import cdk_esm as esm
from cdk_esm.facts import Form, Neighbour, Setting, SourceFacts
from cdk_esm.plan import MappingPlan
from cdk_esm.report.sources import source_text, sources_markdown
from cdk_esm.sources import SOURCES, pages
from cdk_esm.sources.destinations import DESTINATIONS
from tests.core.generated.legal import legal
from tools import drift, drift_models
from tools.drift_replacement import create_only_of_sheets

every_source = pytest.mark.parametrize("sheet", SOURCES.values(), ids=SOURCES)
UNITS: Final = {"message", "record", "event"}
INVENTED: Final = Setting("Invented", Form.INTEGER, pages.MAPPING_API, minimum=1, create_only=True)
TEMPLATES: Final = 40
with_models = pytest.mark.skipif(not list(drift.installed_models()), reason="no model of AWS is installed here")


def changed(sheet: SourceFacts) -> dict[str, SourceFacts]:
    """All sheets, with a setting in one of them that AWS does not know."""
    return {**SOURCES, sheet.kind: replace(sheet, settings=(*sheet.settings, INVENTED))}


@every_source
def test_the_words_of_a_sheet_are_there(sheet: SourceFacts) -> None:
    named = {part.split("}")[0] for part in sheet.concurrency_words.split("{")[1:]}

    assert sheet.unit in UNITS
    assert sheet.concurrency_words
    assert named <= set(sheet.by_name)
    assert sheet.concurrency is None or str(sheet.concurrency.value) in sheet.concurrency_words


@every_source
def test_a_source_without_an_arn_has_no_setting_for_one(sheet: SourceFacts) -> None:
    assert (sheet.arn_service is not None) is ("EventSourceArn" in sheet.by_name)


@every_source
def test_an_id_holds_what_an_update_cannot_change_and_a_replacement_can(sheet: SourceFacts) -> None:
    """CloudFormation replaces a mapping for what is create-only; a group does not tell one mapping from another."""
    held = [sheet.by_name[name] for name in sheet.id_holds]
    named_twice = {"ConsumerGroupId", "ConsumptionMode"}

    assert not [one.name for one in held if one.create_only]
    assert {one.name for one in sheet.settings if one.fixed and one.name.rpartition(".")[2] not in named_twice} <= set(
        sheet.id_holds
    )
    assert set(sheet.id_holds) <= set(sheet.reads)


def test_the_ids_of_queues_and_streams_hold_nothing_more() -> None:
    """Their logical ids are out there: a hash in them would replace every mapping."""
    assert {sheet.kind for sheet in SOURCES.values() if sheet.id_holds} == {
        "msk",
        "msk-serverless",
        "self-managed-kafka",
        "activemq",
        "rabbitmq",
        "documentdb",
    }


@every_source
def test_what_an_update_cannot_change_is_known(sheet: SourceFacts) -> None:
    """What the API takes for a new mapping only is create-only or fixed; tags have calls of their own."""
    updated = set(updatable())
    top = [one for one in sheet.settings if "." not in one.name and one.name != "Tags"]

    assert {one.name for one in top if one.create_only or one.fixed} == {one.name for one in top} - updated


def updatable() -> Iterator[str]:
    model = drift_models.service_model()
    if model is None:
        pytest.skip("botocore is not installed here")
    shape = model["operations"]["UpdateEventSourceMapping"]["input"]["shape"]
    for name in model["shapes"][shape]["members"]:
        yield drift.SPELT_OTHERWISE.get(name, name)


@every_source
def test_the_page_of_sources_says_all_of_a_sheet(sheet: SourceFacts) -> None:
    page = sources_markdown()
    section = page.split(f"## {sheet.label} (`{sheet.kind}`)")[1].split("\n## ")[0]

    for text in (section, source_text(sheet)):
        assert all(one.name in text for one in sheet.settings)
        assert all(key in text for key in sheet.alarms)
        assert all(name in text for name in sheet.records.event_sources)
        assert sheet.concurrency_words in text
        assert sheet.failure_path in text
        assert sheet.read.isoformat() in text
        assert all(action in text for grant in sheet.grants for action in grant.actions)
        assert (sheet.unmatched in text) is (sheet.filter_key is not None)


@every_source
@with_models
def test_drift_looks_at_every_sheet(sheet: SourceFacts) -> None:
    ours = drift.shapes_of_sheets(changed(sheet))

    for _, theirs in drift.installed_models():
        assert (INVENTED.name, "is gone: only the sheets have it") in drift.differences(ours, theirs)
    assert INVENTED.name in create_only_of_sheets(changed(sheet))


@every_source
def test_no_grant_that_every_mapping_needs_is_dropped(sheet: SourceFacts) -> None:
    """And what is asked for is named by the sheet or by the facts of a destination. A key may be the service's own."""
    always = {
        action
        for one in sheet.grants
        if one.when is None and one.on is not Neighbour.SOURCE_KEY
        for action in one.actions
    }
    asked: set[str] = set()
    for seed in range(TEMPLATES):
        (plan,) = _in_one_way(legal(sheet.kind, seed).template())
        assert plan.role.access is not None
        asked |= {one.action for one in plan.role.access.permissions}

    assert always <= asked <= _named(sheet)


def _in_one_way(template: dict[str, Any]) -> list[MappingPlan]:
    """The mapping of a template as it is in one of the ways in which its conditions can turn out."""
    return esm.read_template(template)[:1]


def _named(sheet: SourceFacts) -> set[str]:
    """Every action that a mapping on a source can need, with those that do as well."""
    facts = [DESTINATIONS[kind] for kind in sheet.destinations]
    grants = [*sheet.grants, *(grant for one in facts for grant in one.grants)]
    return {
        *(choice for grant in grants for action in grant.actions for choice in grant.choices(action)),
    }
