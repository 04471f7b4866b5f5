"""The whole-app check: a policy validation plugin that runs at every synth, for what one construct cannot see."""

from __future__ import annotations

from collections.abc import Sequence

import aws_cdk as cdk
import jsii

from cdk_esm.constructs.app_memory import AppMemory
from cdk_esm.rules.engine import check, whole_app_rules
from cdk_esm.rules.rule import Finding, Severity

SETTLED_LATE = ("ESM312",)
"""Rules about what users still change after a construct is made: grants to its function."""

_CDK_SEVERITY = {Severity.ERROR: "error", Severity.DANGER: "error", Severity.ADVICE: "warning"}


@jsii.implements(cdk.IPolicyValidationPlugin)
class MappingValidation:
    """Checks the mappings of an app against each other when it is synthesized.

    The first construct of an app registers it, so there is nothing to do for it to run. It costs no further synth and
    starts no process. An ``error`` or a ``danger`` fails the synth; an ``advice`` is reported. A finding is
    acknowledged through CDK: ``Validations.of(scope).acknowledge(Acknowledgment(id="cdk-esm::ESM304", reason="…"))``.
    """

    def __init__(self, memory: AppMemory | None = None) -> None:
        self._memory = memory or AppMemory()

    @property
    def name(self) -> str:
        """The plugin's name, and the namespace of its rules in acknowledgements."""
        return "cdk-esm"

    @property
    def version(self) -> str | None:
        """The version in the report."""
        return None

    @property
    def rule_ids(self) -> list[str] | None:
        """The rules that it runs."""
        return [*whole_app_rules(), *SETTLED_LATE]

    def validate(self, context: cdk.IPolicyValidationContext) -> cdk.PolicyValidationPluginReport:
        """Run the rules over the plans of every construct in the app."""
        del context  # the plans know more than the templates: they hold tokens and choices
        plans = [plan() for plan in self._memory.plans]
        findings = [one for one in check(plans, select=(*whole_app_rules(), *SETTLED_LATE)) if one.acknowledged is None]
        return cdk.PolicyValidationPluginReport(
            success=all(one.severity is Severity.ADVICE for one in findings),
            violations=[_violation(finding) for finding in findings],
        )


def _violation(finding: Finding) -> cdk.PolicyViolation:
    return cdk.PolicyViolation(
        rule_name=finding.rule.id,
        description=f"{finding.message} [{finding.rule.id} {finding.rule.name}]",
        fix=f"{finding.fix}; see {finding.rule.page}",
        severity=_severity(finding),
        violating_resources=[
            cdk.PolicyViolatingResource(construct_path=finding.path, locations=_locations(finding.setting))
        ],
    )


def _severity(finding: Finding) -> str:
    """CDK's word for it: what is ``fatal``, CDK lets nobody acknowledge."""
    return _CDK_SEVERITY[finding.severity] if finding.rule.can_be_acknowledged else "fatal"


def _locations(setting: str) -> Sequence[str]:
    return [f"Properties.{setting}"]
