"""A verdict on an app, in the form in which CDK wants to hear of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Final

import aws_cdk as cdk

from cdk_esm.constructs.app.acknowledged import NOT_JUDGED
from cdk_esm.constructs.app.whole_app import Verdict
from cdk_esm.errors import TemplateError
from cdk_esm.judge.result import Reported
from cdk_esm.rules.rule import Rule, Severity
from cdk_esm.template.unread import Skipped

Report = cdk.PolicyValidationPluginReport
_CDK_SEVERITY: Final = {Severity.ERROR: "error", Severity.DANGER: "error", Severity.ADVICE: "warning"}


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
    """The mapping: by its place in the template CDK finds the construct, and the code that made it if it knows."""
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
