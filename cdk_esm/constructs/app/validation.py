"""The whole-app check: a policy validation plugin that runs at every synth, for what one construct cannot see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Final

import aws_cdk as cdk
import jsii

from cdk_esm.constructs.app.whole_app import Verdict, stacks_of, verdict_on
from cdk_esm.errors import TemplateError
from cdk_esm.judge.result import Reported
from cdk_esm.rules.engine import rules
from cdk_esm.rules.rule import Rule, Severity
from cdk_esm.template.unread import Skipped

Report = cdk.PolicyValidationPluginReport
NOT_JUDGED: Final = "not-judged"
"""What the report calls something that was not judged, and an acknowledgement names it by."""
_CDK_SEVERITY: Final = {Severity.ERROR: "error", Severity.DANGER: "error", Severity.ADVICE: "warning"}


@jsii.implements(cdk.IPolicyValidationPlugin)
class MappingValidation:
    """Checks every event source mapping of an app when it is synthesized, whoever made it.

    ``Validations.of(app).add_plugins(MappingValidation())`` is all: the synthesized templates are read, so plain CDK
    constructs, aspects and grants are seen too. It costs no further synth and starts no process. An ``error`` or a
    ``danger`` fails the synth; an ``advice`` is reported, and so is, as a warning, what could not be judged. A finding
    is acknowledged through CDK, and stays in the report:
    ``Validations.of(scope).acknowledge(Acknowledgment(id="cdk-esm::ESM304", reason="…"))``.

    The first construct of ours in an app registers the check by itself, for the constructs of ours and for what other
    mappings do to them. Nothing is reported twice where it is registered by hand as well.

    Args:
        everyone: judge all mappings; otherwise only those of our constructs.
    """

    def __init__(self, *, everyone: bool = True) -> None:
        self._everyone = everyone

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
        return [*rules(), NOT_JUDGED]

    def validate(self, context: cdk.IPolicyValidationContext) -> cdk.PolicyValidationPluginReport:
        """Run the rules over every mapping in the synthesized templates."""
        stacks = stacks_of(context)
        return as_report(lambda: verdict_on(context.app_construct, stacks, everyone=self._everyone, plugin=id(self)))


def as_report(judge: Callable[[], Verdict], name: Callable[[Rule], str] = attrgetter("id")) -> Report:
    """Judge an app, in the form in which CDK wants to hear of it.

    Args:
        judge: answers with what was found.
        name: what a rule is called in the report.
    """
    try:
        verdict = judge()
    except TemplateError as error:  # the form in which CDK says that a plugin could not do its work
        return Report(success=False, violations=[], metadata={"error": str(error)})
    return Report(
        success=all(one.finding.severity is Severity.ADVICE for one in verdict.open),
        violations=[
            *(_violation(one, name(one.finding.rule)) for one in verdict.open),
            *map(_not_judged, verdict.not_judged),
        ],
        metadata=_metadata(verdict) or None,
    )


def _violation(one: Reported, name: str) -> cdk.PolicyViolation:
    finding = one.finding
    in_cdk = "" if one.in_cdk is None else f"; in CDK: {one.in_cdk}"
    return cdk.PolicyViolation(
        rule_name=name,
        description=f"{finding.message} [{finding.rule.id} {finding.rule.name}]",
        fix=f"{finding.fix}{in_cdk}; see {finding.page}",
        severity=_severity(one),
        violating_resources=[_resource(one)],
    )


def _not_judged(one: Skipped) -> cdk.PolicyViolation:
    """A warning: nobody has looked at it, so nobody can say that it is right."""
    place = cdk.PolicyViolatingResource(construct_path=one.path, locations=[])
    if one.template is not None and one.logical_id is not None:
        place = cdk.PolicyViolatingResource(
            template_path=one.template, resource_logical_id=one.logical_id, locations=[]
        )
    return cdk.PolicyViolation(
        rule_name=NOT_JUDGED,
        description=f"{one.path} is not judged, because {one.reason}",
        fix=one.fix,
        severity="warning",
        violating_resources=[place],
    )


def _severity(one: Reported) -> str:
    """CDK's word for it: what is ``fatal``, CDK lets nobody acknowledge."""
    return _CDK_SEVERITY[one.finding.severity] if one.finding.rule.can_be_acknowledged else "fatal"


def _resource(one: Reported) -> cdk.PolicyViolatingResource:
    """The mapping: by its place in the template CDK finds the construct, and the code that made it where it knows."""
    plan, setting = one.plan, one.finding.setting
    locations = [f"Properties.{setting}"] if setting in plan.facts.by_name else []  # others have their own resource
    if plan.template is None or plan.logical_id is None:
        return cdk.PolicyViolatingResource(construct_path=one.finding.path, locations=locations)
    return cdk.PolicyViolatingResource(
        template_path=plan.template, resource_logical_id=plan.logical_id, locations=locations
    )


def _metadata(verdict: Verdict) -> Mapping[str, str]:
    """What is settled: it stays in the report."""
    return {
        f"{one.finding.rule.id} {one.finding.path} {one.finding.setting}": f"acknowledged: {one.finding.acknowledged}"
        for one in verdict.acknowledged
    }
