"""What a finding says of the default of a parameter that it rests on."""

from typing import Any

import pytest

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.defaults import without
from cdk_esm.rules import resting
from cdk_esm.rules.engine import check
from cdk_esm.rules.rule import Finding
from cdk_esm.testing.templates import get, mapping, plans, ref, resource

NUMBERS = {"Hide": 10, "Time": 60, "Batch": 20_000, "Reserved": 50}
PARAMETERS = {name: {"Type": "Number", "Default": default} for name, default in NUMBERS.items()}


def app(*, queue: Any = None, function: Any = None, mappings: int = 1, **settings: Any) -> dict[str, Any]:
    """Mappings of one queue to one function."""
    found = {
        "Queue": resource("SQS::Queue", queue or {}),
        "Function": resource(
            "Lambda::Function", {"Handler": "app.handler", "Runtime": "python3.13", **(function or {})}
        ),
    }
    for number in range(mappings):
        found[f"Mapping{number}"] = mapping(get("Queue"), FunctionName=ref("Function"), **settings)
    return found


def found(resources: dict[str, Any], rule: str, given: dict[str, Any] | None = None) -> list[Finding]:
    """The findings of one rule."""
    return check(plans(resources, given, Parameters=PARAMETERS), select=(rule,))


def the_one(resources: dict[str, Any], rule: str, given: dict[str, Any] | None = None) -> str:
    """The message of the only finding of a rule."""
    [finding] = found(resources, rule, given)
    return finding.message


@pytest.mark.parametrize(
    ("resources", "rule", "end"),
    [
        pytest.param(app(BatchSize=ref("Batch")), "ESM101", "(the default of parameter Batch)", id="setting"),
        pytest.param(
            app(BatchSize=ref("Batch")), "ESM201", "(the default of parameter Batch)", id="of-another-setting"
        ),
        pytest.param(
            app(queue={"VisibilityTimeout": ref("Hide")}, function={"Timeout": 60}),
            "ESM301",
            "(the default of parameter Hide)",
            id="queue",
        ),
        pytest.param(
            app(queue={"VisibilityTimeout": 10}, function={"Timeout": ref("Time")}),
            "ESM301",
            "(the default of parameter Time)",
            id="function",
        ),
        pytest.param(
            app(queue={"VisibilityTimeout": ref("Hide")}, function={"Timeout": ref("Time")}),
            "ESM301",
            "(the defaults of parameters Hide, Time)",
            id="both",
        ),
        pytest.param(
            app(BatchSize={"Fn::Sub": "${Batch}"}), "ESM101", "(the default of parameter Batch)", id="within-a-text"
        ),
    ],
)
def test_default_is_named_by_whatever_rests_on_it(resources: dict[str, Any], rule: str, end: str) -> None:
    assert the_one(resources, rule).endswith(end)


@pytest.mark.parametrize(
    ("resources", "rule", "given"),
    [
        pytest.param(app(BatchSize=ref("Batch")), "ESM101", {"Batch": 30_000}, id="a-value-is-given"),
        pytest.param(app(BatchSize=20_000, MaximumRetryAttempts=ref("Time")), "ESM101", None, id="of-another-setting"),
        pytest.param(
            app(queue={"VisibilityTimeout": 10, "MessageRetentionPeriod": ref("Time")}, function={"Timeout": 60}),
            "ESM301",
            None,
            id="of-another-attribute",
        ),
    ],
)
def test_default_is_not_named_by_what_holds_without_it(
    resources: dict[str, Any], rule: str, given: dict[str, Any] | None
) -> None:
    assert "default" not in the_one(resources, rule, given)


def test_rule_over_several_mappings_names_the_default_too() -> None:
    resources = app(
        mappings=2, function={"ReservedConcurrentExecutions": ref("Reserved")}, ScalingConfig={"MaximumConcurrency": 30}
    )
    findings = found(resources, "ESM304")
    assert findings
    assert all(finding.message.endswith("(the default of parameter Reserved)") for finding in findings)


def test_no_rule_is_asked_again_where_nothing_rests_on_a_parameter(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(plan: MappingPlan, parameter: str) -> MappingPlan:
        asked.append(parameter)
        return without(plan, parameter)

    monkeypatch.setattr(resting, "without", noted)
    found(app(BatchSize=20_000), "ESM101")
    assert not asked
    found(app(BatchSize=ref("Batch")), "ESM101")
    assert asked == ["Batch"]
