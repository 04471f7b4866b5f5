"""A fix of what a mapping keeps says what becomes of a mapping that is deployed, for whatever a sheet marks so."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from cdk_esm.facts import Setting
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.create_only import AS_DEPLOYED, AS_FIXED
from cdk_esm.rules.rule import Rule, Severity
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import mapping

SOURCE = ("EventSourceArn", "SelfManagedEventSource")


def a_rule(severity: Severity, *, negotiable: bool = False) -> Rule:
    return Rule(id="ESM999", name="tried", severity=severity, facts=(), page="page", negotiable=negotiable)


def kept() -> Iterator[tuple[str, Setting]]:
    """What the sheets mark as kept, but the source itself."""
    for kind, sheet in SOURCES.items():
        for one in sheet.settings:
            if (one.create_only or one.fixed or one.fixed_is_reported) and not one.name.startswith(SOURCE):
                yield kind, one


def fix_of(plan: MappingPlan, setting: str, fix: str, severity: Severity = Severity.ADVICE) -> str:
    found = a_rule(severity).finding(plan, setting=setting, got=1, allowed="2", message="it is 1", fix=fix)
    return found.fix


@pytest.mark.parametrize(("kind", "setting"), [pytest.param(*one, id=f"{one[0]} {one[1].name}") for one in kept()])
def test_every_setting_that_a_mapping_keeps_is_told(kind: str, setting: Setting) -> None:
    wanted = AS_DEPLOYED if setting.create_only else AS_FIXED
    for door in Door:
        plan = replace(mapping(kind), door=door)
        fix = f"set {plan.say(setting)} to another value"
        ours = door == Door.CONSTRUCT and setting.name in plan.facts.id_holds and not setting.create_only

        assert fix_of(plan, setting.name, fix) == (fix if ours else f"{fix}; {wanted}")


def test_the_sheets_mark_what_the_diff_refuses() -> None:
    names = {setting.name.rpartition(".")[2] for _, setting in kept()}

    assert {"StartingPosition", "Topics", "Queues", "ConsumerGroupId", "ConsumptionMode", "DatabaseName"} <= names


@pytest.mark.parametrize(
    ("setting", "fix"),
    [
        ("BatchSize", "set BatchSize to 10"),
        ("StartingPosition", "read another stream"),
        ("StartingPosition", "set StartingPositionTimestamp"),
        ("EventSourceArn", "set EventSourceArn to another stream"),
        ("RetentionPeriodHours", "set RetentionPeriodHours to 48"),
    ],
)
def test_a_fix_of_something_else_says_nothing_of_it(setting: str, fix: str) -> None:
    assert fix_of(mapping("kinesis"), setting, fix) == fix


def test_what_aws_refuses_is_not_deployed() -> None:
    assert fix_of(mapping("kinesis"), "StartingPosition", "set StartingPosition", Severity.ERROR).endswith("Position")


def test_each_fix_says_it_once() -> None:
    plan = mapping("kinesis", StartingPosition="LATEST")
    fix = fix_of(plan, "StartingPosition", "set StartingPosition")

    assert fix.count("must not be changed so") == 1
