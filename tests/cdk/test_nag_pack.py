"""Our rules as a pack of cdk-nag, beside the packs that come with it."""

import aws_cdk as cdk
import pytest

from cdk_esm import MappingValidation, NewFunction, SqsToLambda
from cdk_esm.rules.engine import rules
from tests.cdk.plain import plain_mapping
from tests.cdk.reports import acknowledge, heard, report, violations

nag = pytest.importorskip("cdk_esm.constructs.nag", reason="cdk-nag is an extra", exc_type=ImportError)


def test_the_pack_finds_what_the_rules_find(app: cdk.App, stack: cdk.Stack) -> None:
    plain_mapping(stack, visibility_seconds=4)
    cdk.Validations.of(app).add_plugins(nag.EventSourceMappingChecks(app))
    ((rule, severity, path),) = violations(app, "CdkEsm")

    assert (rule, severity) == ("CdkEsm-ESM301", "fatal")
    assert path.startswith("Shop/Handler/SqsEventSource")


@pytest.mark.parametrize("rule", ["CdkEsm::CdkEsm-ESM305", "cdk-esm::ESM305"])
def test_a_finding_is_acknowledged_by_either_name(rule: str, app: cdk.App, stack: cdk.Stack) -> None:
    plain_mapping(stack, visibility_seconds=20)
    cdk.Validations.of(app).add_plugins(nag.EventSourceMappingChecks(app))
    assert [one for one, _, _ in violations(app, "CdkEsm")] == ["CdkEsm-ESM305"]
    cdk.Validations.of(stack).acknowledge(cdk.Acknowledgment(id=rule, reason="drained at night"))

    assert violations(app, "CdkEsm") == []


def test_what_aws_refuses_is_not_acknowledged(app: cdk.App, stack: cdk.Stack) -> None:
    plain_mapping(stack, visibility_seconds=4)
    cdk.Validations.of(app).add_plugins(nag.EventSourceMappingChecks(app))
    acknowledge(stack, "ESM301")

    assert [one for one, _, _ in violations(app, "CdkEsm")] == ["CdkEsm-ESM301"]


def test_the_pack_and_the_plugin_together_report_each_finding_once(app: cdk.App, stack: cdk.Stack) -> None:
    plain_mapping(stack, visibility_seconds=4)
    cdk.Validations.of(app).add_plugins(MappingValidation(), nag.EventSourceMappingChecks(app))

    assert [one for one, _, _ in violations(app)] == ["ESM301"]
    assert violations(app, "CdkEsm") == []


def test_default_bundles_leave_the_pack_nothing_to_say(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    cdk.Validations.of(app).add_plugins(nag.EventSourceMappingChecks(app))
    SqsToLambda(stack, "Orders", function=function, alarms=heard(stack))

    assert report(app, "CdkEsm") == []


def test_the_pack_judges_a_scope_without_being_registered(app: cdk.App, stack: cdk.Stack) -> None:
    plain_mapping(stack, visibility_seconds=4)
    plain_mapping(cdk.Stack(app, "Other"), visibility_seconds=4)
    said = nag.EventSourceMappingChecks().validate_scope(stack)

    assert not said.success
    assert [one.rule_name for one in said.violations] == ["CdkEsm-ESM301"]
    assert len(nag.EventSourceMappingChecks().validate_scope(app).violations) == 2


def test_the_pack_names_every_rule() -> None:
    assert nag.EventSourceMappingChecks().rule_ids == [f"CdkEsm-{rule}" for rule in rules()]
