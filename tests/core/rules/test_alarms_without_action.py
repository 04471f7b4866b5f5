from dataclasses import replace

from cdk_esm.plan import AlarmState, MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping


def alarmed(path: str, stack: str, without_action: str | None) -> MappingPlan:
    return replace(mapping(), path=path, alarms=AlarmState(stack=stack, without_action=without_action))


def test_each_stack_with_a_silent_alarm_is_told_once_on_its_first_mapping() -> None:
    plans = [
        alarmed("A", "Shop", None),
        alarmed("B", "Shop", "B/Age"),
        alarmed("C", "Shop", "C/Age"),
        alarmed("D", "Bank", "D/Age"),
    ]
    found = check(plans, select=["ESM314"])

    assert [(finding.rule.id, finding.path) for finding in found] == [("ESM314", "B"), ("ESM314", "D")]
    assert "B/Age" in found[0].message
    assert found[0].fix == (
        "pass alarms=Alarms(notify=[topic]), or Defaults.of(app).set(notify=[topic]) for every mapping, "
        "or add an action to the alarm"
    )


def test_alarms_with_actions_are_fine() -> None:
    assert ids(alarmed("A", "Shop", None)) == []


def test_alarms_that_nobody_looked_at_are_not_judged() -> None:
    assert ids(replace(mapping(), alarms=None)) == []
