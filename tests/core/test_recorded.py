"""What AWS answered, and what was collected of its documentation, is what our rules and fact sheets say."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.facts import Setting, SourceFacts
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.sources import SOURCES
from cdk_esm.sources.sqs_queue import QUEUE
from cdk_esm.testing.plans import mapping

SHARED = Path(__file__).parents[3] / "shared"
TRUTH, FACTS = SHARED / "truth" / "recorded.json", SHARED / "facts" / "esm_facts.json"

REFUSED = {
    "sqs/batch-over-10-no-window/create": "ESM201",
    "sqs/batch-over-10-no-window/update": "ESM201",
    "sqs/invalid-filter/None": "ESM501",
    "sqs/invalid-filter/simple string": "ESM501",
    "sqs/invalid-filter/invalid_filter2": "ESM501",
    "sqs/invalid-filter/invalid_filter3": "ESM501",
    "dynamodb/invalid-filter/single-string": "ESM501",
    "kinesis/duplicate": "ESM208",
    "dynamodbstreams/duplicate": "ESM208",
    "api/create_no_event_source_arn": "ESM108",
    "api/destination_config_failure": "ESM102",
    "dynamodb/invalid_starting_position": "ESM103",
    "kinesis/invalid_starting_position": "ESM103",
}
"""A recorded refusal, and the rule that says so beforehand."""

NOT_IN_A_PLAN = {
    "sqs/missing-queue",
    "dynamodb/missing-stream",
    "api/get_unknown_uuid",
    "api/delete_unknown_uuid",
    "api/update_unknown_uuid",
}
"""What exists and what does not is AWS's to know."""

NO_SETTING = {
    "EventSourceArn",
    "EventSourceMappingArn",
    "FunctionArn",
    "LastModified",
    "LastProcessingResult",
    "State",
    "StateTransitionReason",
    "UUID",
}
"""Parts of an answer that name things or a moment."""

KINDS = {
    "sqs_standard": "sqs",
    "sqs_fifo": "sqs-fifo",
    "kinesis_shared": "kinesis",
    "kinesis_efo": "kinesis-efo",
    "dynamodb_streams": "dynamodb",
}


def recorded(part: str) -> list[dict[str, Any]]:
    """Cases of AWS's answers; none where they are not at hand."""
    return list(json.loads(TRUTH.read_text(encoding="utf-8"))[part]) if TRUTH.exists() else []


def served(cases: list[dict[str, Any]]) -> list[Any]:
    """Those cases whose source we serve, as parameters."""
    kinds = {"dynamodbstreams": "dynamodb", "api": "sqs"}
    with_kind = [(kinds.get(prefix := case["id"].partition("/")[0], prefix), case) for case in cases]
    return [pytest.param(kind, case, id=case["id"]) for kind, case in with_kind if kind in SOURCES]


def plan_of(kind: str, request: Mapping[str, Any]) -> MappingPlan:
    """The plan of a request: its settings, on a source and a function that a placeholder may stand for."""
    plan = mapping(kind, **dict.fromkeys(mapping(kind).settings))
    named = {"EventSourceArn": plan.event_source.identity, "FunctionName": "fulfil"}
    settings = {
        name: named[name] if name in named and "<" in value else value
        for name, value in request.items()
        if name != "UUID"
    }
    if "UUID" in request:  # an update says only what changes
        settings = named | settings
    patterns = request.get("FilterCriteria", {}).get("Filters", ())
    return replace(plan, settings=settings, filters=tuple(one["Pattern"] for one in patterns))


@pytest.mark.skipif(not TRUTH.exists(), reason="AWS's answers are not part of this project")
def test_every_recorded_refusal_has_its_rule_or_is_beyond_a_plan() -> None:
    refusals = {case["id"] for case in recorded("validation_errors")}
    kafka = {name for name in refusals if name.startswith("kafka/")}  # test_recorded_kafka.py holds them

    assert refusals - set(REFUSED) - NOT_IN_A_PLAN == kafka


@pytest.mark.parametrize(
    ("kind", "case"), served([case for case in recorded("validation_errors") if case["id"] in REFUSED])
)
def test_what_aws_refused_is_an_error_here(kind: str, case: dict[str, Any]) -> None:
    plan = plan_of(kind, case["request"])
    plans = [plan, replace(plan, path="Shop/Again")] if case["id"].endswith("/duplicate") else [plan]
    found = {finding.rule.id: finding for finding in check(plans)}

    assert REFUSED[case["id"]] in found
    assert found[REFUSED[case["id"]]].severity == "error"


@pytest.mark.parametrize(("kind", "case"), served(recorded("mapping_defaults")))
def test_what_aws_filled_in_is_the_default_of_our_sheet(kind: str, case: dict[str, Any]) -> None:
    answered = {
        name: value
        for name, value in case["response"].items()
        if name not in case["request"] and name not in NO_SETTING and value != {"OnFailure": {}}
    }

    assert answered
    assert answered == {name: _plain(SOURCES[kind].by_name[name].default) for name in answered}


@pytest.mark.parametrize(("kind", "case"), served(recorded("mapping_defaults")))
def test_what_aws_accepted_is_no_error_here(kind: str, case: dict[str, Any]) -> None:
    settings = {
        name: value for name, value in case["request"].items() if name not in ("EventSourceArn", "FunctionName")
    }
    plan = mapping(kind, **settings)

    assert [finding.rule.id for finding in check([plan]) if finding.severity == "error"] == []


def facts() -> dict[str, Any]:
    """The collected facts; nothing where they are not at hand."""
    return dict(json.loads(FACTS.read_text(encoding="utf-8"))) if FACTS.exists() else {"sources": {}}


def properties() -> list[Any]:
    """Every property of the sources that we serve, as parameters."""
    return [
        pytest.param(SOURCES[kind], name, fact, id=f"{kind}-{name}")
        for key, kind in KINDS.items()
        for name, fact in facts()["sources"].get(key, {}).get("properties", {}).items()
        if kind in SOURCES
    ]


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _agrees(sheet: SourceFacts, setting: Setting, fact: Mapping[str, Any]) -> None:
    """Hold a setting against a fact; whatever the fact leaves open is not looked at."""
    expected = {
        "minimum": fact.get("min", fact.get("min_length")),
        "maximum": fact.get("max", fact.get("max_length_cfn")),
        "default": fact.get("default"),
    }
    assert {name: _plain(getattr(setting, name)) for name, value in expected.items() if value is not None} == {
        name: value for name, value in expected.items() if value is not None
    }
    choices = sheet.by_name.get(f"{setting.name}.Metrics", setting).choices
    if isinstance(fact.get("values"), list):
        assert sorted(choices) == sorted(fact["values"])


@pytest.mark.parametrize(("sheet", "name", "fact"), properties())
def test_a_sheet_says_what_the_facts_say(sheet: SourceFacts, name: str, fact: dict[str, Any]) -> None:
    setting = sheet.by_name.get(name)
    if fact["status"] == "forbidden":
        assert setting is None or setting.maximum == 0
        return
    assert setting is not None
    assert setting.required is (fact["status"] == "required")
    assert setting.create_only is fact.get("create_only", False)
    _agrees(sheet, setting, fact)
    for part, value in fact.items():
        if isinstance(value, dict) and "min" in value:
            _agrees(sheet, sheet.by_name[f"{name}.{part}"], value)
        elif isinstance(value, str) and value.startswith("forbidden"):
            assert f"{name}.{part}" not in sheet.by_name
    assert fact.get("data_key", sheet.filter_key) == sheet.filter_key
    assert fact.get("arn_service", sheet.arn_service) == sheet.arn_service


@pytest.mark.skipif(not FACTS.exists(), reason="the collected facts are not part of this project")
@pytest.mark.parametrize("key", KINDS)
def test_a_sheet_offers_nothing_that_the_facts_do_not_know(key: str) -> None:
    known = facts()["sources"][key]["properties"]

    assert {name for name in SOURCES[KINDS[key]].by_name if "." not in name} <= set(known)


@pytest.mark.skipif(not FACTS.exists(), reason="the collected facts are not part of this project")
def test_the_queue_beside_a_mapping_is_as_the_facts_say() -> None:
    ranges = re.findall(r"(\w+) (\d+)\.\.(\d+) default (\d+)", facts()["sources"]["sqs_standard"]["limits"])

    assert [name for name, *_ in ranges] == ["VisibilityTimeout", "MessageRetentionPeriod"]
    for name, *numbers in ranges:
        setting = QUEUE.by_name[name]
        assert [setting.minimum, setting.maximum, setting.default] == [int(number) for number in numbers]


@pytest.mark.skipif(not FACTS.exists(), reason="the collected facts are not part of this project")
@pytest.mark.parametrize("kind", ["sqs", "sqs-fifo"])
def test_the_poller_is_granted_what_the_facts_say(kind: str) -> None:
    fact = facts()["iam"]["per_source"]["sqs_standard"]
    wanted = {"source": fact["actions"], "source-key": fact["if_cmk_queue"]}

    assert {grant.on: set(grant.actions) for grant in SOURCES[kind].grants} == {
        on: {action for entry in entries for action in entry["actions"]} for on, entries in wanted.items()
    }
