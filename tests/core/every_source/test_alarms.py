"""The alarms that the sheet of a source names are those that its mappings can have."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import pytest

from cdk_esm.alarms.select import KEYS, function_level, keys_for, select
from cdk_esm.facts import SourceFacts
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.sources import SOURCES
from cdk_esm.testing.legal import mapping

every_source = pytest.mark.parametrize("sheet", SOURCES.values(), ids=SOURCES)
OF_THE_FUNCTION: Final = ("errors", "throttles")
COUNTED: Final[dict[str, Any]] = {"MetricsConfig": {"Metrics": ["EventCount", "ErrorCount", "KafkaMetrics"]}}
URI: Final = "SchemaRegistryConfig.SchemaRegistryURI"


def legal_plans(kind: str) -> Iterator[MappingPlan]:
    """Legal mappings on a source: plain, with filters, with metrics, with both, as far as it takes them."""
    sheet = SOURCES[kind]
    counts = ({}, COUNTED) if "MetricsConfig.Metrics" in sheet.by_name else ({},)
    filters = ((), ("{}",)) if "FilterCriteria" in sheet.by_name else ((),)
    for settings in counts:
        for texts in filters:
            yield replace(mapping(kind, **settings, **registry(sheet)), filters=texts)


def registry(sheet: SourceFacts) -> dict[str, Any]:
    """A schema registry, if the source takes one."""
    records = (name.partition(".")[0] for name in sheet.by_name if name.endswith(f".{URI}"))
    return {name: {"SchemaRegistryConfig": {"SchemaRegistryURI": "https://schemas.example.com"}} for name in records}


@every_source
def test_a_sheet_names_each_alarm_that_its_mappings_have_and_no_other(sheet: SourceFacts) -> None:
    made = {recipe.key for plan in legal_plans(sheet.kind) for recipe in select(plan)}

    assert set(sheet.alarms) == made
    assert keys_for(sheet.kind) == sheet.alarms


@every_source
def test_a_setting_that_the_source_does_not_take_brings_no_alarm(sheet: SourceFacts) -> None:
    plan = replace(mapping(sheet.kind, **COUNTED), filters=("{}",))

    assert {recipe.key for recipe in select(plan)} <= set(sheet.alarms)


@every_source
def test_the_keys_of_a_sheet_are_in_the_order_of_the_documentation(sheet: SourceFacts) -> None:
    assert list(sheet.alarms) == [key for key in KEYS if key in sheet.alarms]


def test_every_alarm_that_there_is_belongs_to_a_source() -> None:
    assert {key for sheet in SOURCES.values() for key in sheet.alarms} == set(KEYS)


@every_source
def test_the_alarms_of_the_function_hold_for_every_source(sheet: SourceFacts) -> None:
    made = {recipe.key: recipe for recipe in select(mapping(sheet.kind))}

    assert set(OF_THE_FUNCTION) <= set(sheet.alarms)
    assert all(function_level(made[key]) for key in OF_THE_FUNCTION)


@every_source
@pytest.mark.parametrize("door", ["construct", "template"])
def test_an_alarm_speaks_the_words_of_its_door(sheet: SourceFacts, door: str) -> None:
    text = "\n".join(
        recipe.said for plan in legal_plans(sheet.kind) for recipe in select(replace(plan, door=Door(door)))
    )
    known = {word for other in SOURCES.values() for word in (*other.by_name, *_keywords(other)) if word in text}

    # A stream on shared throughput can have a consumer as well.
    offered = (sheet, SOURCES["kinesis-efo"]) if sheet.kind == "kinesis" else (sheet,)
    assert known <= {word for one in offered for word in (_keywords(one) if door == "construct" else one.by_name)}


def _keywords(sheet: SourceFacts) -> set[str]:
    """The keywords that nobody takes for a plain English word."""
    return {one.keyword for one in sheet.settings if one.keyword is not None and "_" in one.keyword}


@every_source
def test_what_throttles_do_is_said_of_this_source(sheet: SourceFacts) -> None:
    (throttles,) = (recipe for recipe in select(mapping(sheet.kind)) if recipe.key == "throttles")

    assert ("dead-letter queue" in throttles.said) is ("ScalingConfig.MaximumConcurrency" in sheet.by_name)
    assert ("shards" in throttles.said) is ("ParallelizationFactor" in sheet.by_name)
