"""What AWS answered about Kafka clusters is what our rules and fact sheets say."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.sources.self_managed_kafka import SELF_MANAGED_KAFKA
from cdk_esm.testing.plans import mapping, with_settings

TRUTH = Path(__file__).parents[3] / "shared" / "truth" / "recorded.json"
REFUSED = {"kafka/missing-source-access": "ESM109", "kafka/duplicate": "ESM239"}

pytestmark = pytest.mark.skipif(not TRUTH.exists(), reason="AWS's answers are not part of this project")


def recorded(part: str) -> dict[str, dict[str, Any]]:
    """The cases about Kafka; none where they are not at hand."""
    # Names of the recording's own account stand there as <names>, which no setting takes.
    text = re.sub(r"<([\w:]+)>", r"\1", TRUTH.read_text(encoding="utf-8")) if TRUTH.exists() else "{}"
    cases = json.loads(text).get(part, [])
    return {case["id"]: case for case in cases if case["id"].startswith("kafka/")}


def plan_of(request: dict[str, Any]) -> MappingPlan:
    """The plan of a request, in CloudFormation's words."""
    servers = {"KafkaBootstrapServers": ["kafka:1000"]}
    plan = mapping("self-managed-kafka")
    empty = with_settings(plan, **dict.fromkeys(plan.settings))
    return with_settings(
        empty, **request | {"SelfManagedEventSource": {"Endpoints": servers}, "FunctionName": "fulfil"}
    )


def test_every_recorded_refusal_has_its_rule() -> None:
    assert set(recorded("validation_errors")) == set(REFUSED)


@pytest.mark.parametrize("case", REFUSED)
def test_what_aws_refused_is_an_error_here(case: str) -> None:
    plan = plan_of(recorded("validation_errors")[case]["request"])
    plans = [plan, replace(plan, path="Shop/Again")] if case.endswith("/duplicate") else [plan]

    assert [one.rule.id for one in check(plans) if one.severity == "error"] == [REFUSED[case]]


def test_what_aws_accepted_is_no_error_here() -> None:
    plan = plan_of(recorded("mapping_defaults")["kafka/defaults"]["request"])

    assert [one.rule.id for one in check([plan]) if one.severity == "error"] == []


def test_what_aws_filled_in_is_the_default_of_our_sheet() -> None:
    answered = recorded("mapping_defaults")["kafka/defaults"]["response"]

    for name in ("BatchSize", "StartingPosition"):
        assert SELF_MANAGED_KAFKA.by_name[name].default == answered[name]
