"""What AWS itself answered about streams, and what was collected about them, against our rules and sheets."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.facts import Form, Setting, SourceFacts
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.rules.rule import Severity
from cdk_esm.sources import SOURCES
from cdk_esm.sources.destinations import DESTINATIONS
from cdk_esm.sources.stream_settings import FOREVER, LEAST_RECORD_AGE
from cdk_esm.testing.plans import mapping

SHARED = Path(__file__).parents[3] / "shared"
RECORDED = SHARED / "truth" / "recorded.json"
FACTS = SHARED / "facts" / "esm_facts.json"

KINDS = {"kinesis": "kinesis_shared", "kinesis-efo": "kinesis_efo", "dynamodb": "dynamodb_streams"}
JUDGED = {
    "dynamodb/invalid-filter/single-string": "ESM501",
    "dynamodb/invalid_starting_position": "ESM103",
    "kinesis/invalid_starting_position": "ESM103",
    "kinesis/duplicate": "ESM208",
    "dynamodbstreams/duplicate": "ESM208",
}
CANNOT_BE_JUDGED = {"dynamodb/missing-stream"}
OF_THE_MOMENT = {"State", "StateTransitionReason", "LastModified", "LastProcessingResult"}
OF_THE_MAPPING = {"UUID", "EventSourceMappingArn", "EventSourceArn", "FunctionArn"}

recorded = pytest.mark.skipif(not RECORDED.exists(), reason="what was recorded is not part of this project")
collected = pytest.mark.skipif(not FACTS.exists(), reason="the collected facts are not part of this project")
every_stream = pytest.mark.parametrize("kind", KINDS)


def cases(what: str) -> dict[str, dict[str, Any]]:
    """The recorded cases of streams, by id."""
    found = {case["id"]: case for case in json.loads(RECORDED.read_text(encoding="utf-8"))[what]}
    return {name: case for name, case in found.items() if name.startswith(("kinesis/", "dynamodb"))}


def properties(kind: str) -> dict[str, dict[str, Any]]:
    """The collected properties of a source, by CloudFormation's name."""
    source = json.loads(FACTS.read_text(encoding="utf-8"))["sources"][KINDS[kind]]
    found: dict[str, dict[str, Any]] = source["properties"]
    return found


def requested(name: str, request: Mapping[str, Any]) -> list[MappingPlan]:
    """What was asked of AWS, as plans: a second mapping of one source comes after the first."""
    plan = mapping("kinesis" if name.startswith("kinesis") else "dynamodb")
    if request["EventSourceArn"] == "<same source>":
        return [plan, replace(plan, path="Shop/Again")]
    own = {key: value for key, value in request.items() if key not in ("EventSourceArn", "FunctionName")}
    filters = own.pop("FilterCriteria", {}).get("Filters", [])
    patterns = tuple(one["Pattern"] for one in filters)
    return [replace(plan, settings={**plan.settings, **own}, filters=patterns)]


@recorded
def test_every_refusal_of_a_stream_is_judged_or_cannot_be() -> None:
    assert set(cases("validation_errors")) == set(JUDGED) | CANNOT_BE_JUDGED


@recorded
@pytest.mark.parametrize("name", JUDGED)
def test_what_aws_refused_is_an_error(name: str) -> None:
    errors = [
        finding.rule.id
        for finding in check(requested(name, cases("validation_errors")[name]["request"]))
        if finding.severity is Severity.ERROR
    ]

    assert errors == [JUDGED[name]]


@recorded
def test_defaults_that_aws_filled_in_are_those_of_the_sheets() -> None:
    seen = set()
    for name, case in cases("mapping_defaults").items():
        sheet = SOURCES["kinesis" if name.startswith("kinesis") else "dynamodb"]
        filled_in = case["response"].keys() - case["request"].keys() - OF_THE_MOMENT - OF_THE_MAPPING
        seen |= filled_in
        for setting in filled_in - {"DestinationConfig"}:
            default = sheet.by_name[setting].default
            answered = case["response"][setting]
            assert (list(default) if isinstance(default, tuple) else default) == answered, (name, setting)
    assert {"BatchSize", "MaximumRetryAttempts", "MaximumRecordAgeInSeconds", "TumblingWindowInSeconds"} <= seen


@collected
@every_stream
def test_sheet_takes_what_the_source_takes_and_nothing_else(kind: str) -> None:
    allowed = {name for name, fact in properties(kind).items() if fact["status"] != "forbidden"}
    listed = {name for name in SOURCES[kind].by_name if "." not in name}

    assert listed == allowed


@collected
@every_stream
def test_sheet_requires_what_the_source_requires(kind: str) -> None:
    facts, sheet = properties(kind), SOURCES[kind]

    assert {name for name, fact in facts.items() if fact["status"] == "required"} == {
        setting.name for setting in sheet.settings if setting.required
    }
    assert {name for name, fact in facts.items() if fact.get("create_only")} == {
        setting.name for setting in sheet.settings if setting.create_only
    }


@collected
@every_stream
def test_ranges_and_choices_are_those_that_were_collected(kind: str) -> None:
    compared = {name for name, fact in properties(kind).items() if _agrees(SOURCES[kind], name, fact)}

    assert {"BatchSize", "ParallelizationFactor", "StartingPosition", "MetricsConfig", "FunctionName"} <= compared


@collected
@every_stream
def test_numbers_with_a_special_value_are_those_that_were_collected(kind: str) -> None:
    facts, sheet = properties(kind), SOURCES[kind].by_name
    retries, age = sheet["MaximumRetryAttempts"], sheet["MaximumRecordAgeInSeconds"]

    assert facts["MaximumRetryAttempts"]["values"] == f"{FOREVER} (infinite) or 0..{retries.maximum}"
    assert (
        facts["MaximumRecordAgeInSeconds"]["values"]
        == f"{FOREVER} (infinite) or {LEAST_RECORD_AGE.value}..{age.maximum}"
    )
    assert retries.minimum == age.minimum == FOREVER


@collected
@every_stream
def test_defaults_are_those_that_were_collected(kind: str) -> None:
    for name, fact in properties(kind).items():
        if "default" in fact:
            default = SOURCES[kind].by_name[name].default
            assert (list(default) if isinstance(default, tuple) else default) == fact["default"], name


@collected
@every_stream
def test_destinations_and_the_key_of_filters_are_those_that_were_collected(kind: str) -> None:
    facts = properties(kind)

    assert facts["FilterCriteria"]["data_key"] == SOURCES[kind].filter_key
    assert facts["EventSourceArn"]["arn_service"] == SOURCES[kind].arn_service
    assert sorted(facts["DestinationConfig"]["kinds"]) == sorted(
        one.label.removeprefix("Amazon ") for one in map(DESTINATIONS.__getitem__, SOURCES[kind].destinations)
    )


def _agrees(sheet: SourceFacts, name: str, fact: Mapping[str, Any]) -> bool:
    """Whether a range or a list of words was collected, and then that it is the sheet's."""
    setting: Setting | None = sheet.by_name.get("MetricsConfig.Metrics" if name == "MetricsConfig" else name)
    words, least = fact.get("values"), fact.get("min", fact.get("min_length"))
    if setting is None or (least is None and not isinstance(words, list)):
        return False
    if isinstance(words, list):
        assert list(setting.choices) == words, name
    else:
        most = fact.get("max_length_cfn") if setting.form is Form.TEXT else fact["max"]
        assert (setting.minimum, setting.maximum) == (least, most), name
    return True
