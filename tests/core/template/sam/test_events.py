"""Every type of event that Lambda polls for is judged at the user's own property, and in SAM's words."""

from __future__ import annotations

from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.rules.rule import Severity
from cdk_esm.sources.sam_events import PULL_EVENTS
from tests.core.template.sam.building import function, source
from tests.core.template.sam.event_cases import EVENT_CASES, EventCase, Wrong

CLOUDFORMATION_ONLY = (
    "EventSourceArn",
    "SelfManagedEventSource",
    "AmazonManagedKafkaEventSourceConfig",
    "SelfManagedKafkaEventSourceConfig",
    "DocumentDBEventSourceConfig",
)


def with_event(case: EventCase, change: dict[str, Any]) -> dict[str, Any]:
    """A source with the event of a case; ``None`` takes a property away."""
    properties = {**case.right["Properties"], **change}
    event = {**case.right, "Properties": {name: value for name, value in properties.items() if value is not None}}
    return source(case.resources, {"Worker": function({"Pull": event}, Timeout=20)})


def test_every_type_of_events_has_a_case() -> None:
    assert EVENT_CASES.keys() == PULL_EVENTS.keys()


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in EVENT_CASES.items()])
def test_event_that_is_right_is_one_mapping_without_error(case: EventCase) -> None:
    [plan] = esm.read_template(with_event(case, {}), name="shop")

    grave = [str(finding) for finding in esm.check([plan]) if finding.severity is Severity.ERROR]
    assert grave == []
    assert (plan.path, plan.logical_id, plan.within) == ("shop/Worker/Pull", "Worker", ("Events", "Pull"))


@pytest.mark.parametrize(
    ("case", "wrong"),
    [
        pytest.param(case, wrong, id=f"{name}: {wrong.rule} {next(iter(wrong.change))}")
        for name, case in EVENT_CASES.items()
        for wrong in case.wrong
    ],
)
def test_event_that_is_wrong_is_told_at_its_own_property(case: EventCase, wrong: Wrong) -> None:
    right, plans = (esm.read_template(with_event(case, one), name="shop") for one in ({}, wrong.change))
    told = {(one.rule.id, one.setting): one for one in esm.check(plans)}

    finding = told[wrong.rule, f"Events.Pull.Properties.{wrong.setting}"]
    assert finding.path == "shop/Worker/Pull"
    assert wrong.rule not in {one.rule.id for one in esm.check(right)}
    assert not [name for name in CLOUDFORMATION_ONLY if name in f"{finding.message} {finding.fix} {finding.allowed}"]
