"""The rules of event source mappings as a pack of cdk-nag: ``pip install 'cdk-esm[nag]'``.

Teams that collect their findings through cdk-nag add it beside the packs that they have::

    Validations.of(app).add_plugins(AwsSolutionsChecks(app), EventSourceMappingChecks(app))
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import aws_cdk as cdk
import cdk_nag
from constructs import IConstruct

from cdk_esm.constructs.app.acknowledged import acknowledged_in_cdk
from cdk_esm.constructs.app.report import as_report
from cdk_esm.constructs.app.whole_app import Verdict, stacks_of, verdict_on
from cdk_esm.rules.engine import rules
from cdk_esm.rules.rule import Rule

PACK: Final = "CdkEsm"


class EventSourceMappingChecks(cdk_nag.NagPack):
    """Every rule about event source mappings, under the names that cdk-nag's reports are sorted by.

    A finding of ESM305 is ``CdkEsm-ESM305``, acknowledged as ``CdkEsm::CdkEsm-ESM305`` through CDK, and settled as well
    if ``cdk-esm::ESM305`` is. The pack reads the synthesized templates once for all mappings, instead of asking
    each resource, because most of what can be wrong lies between resources. It takes the place of
    ``MappingValidation``; an app that registers both hears each finding once.

    Args:
        scope: the app.
        write_suppressions_to_cloud_formation: write acknowledgements into the template, as cdk-nag 2 did.
    """

    def __init__(
        self, scope: IConstruct | None = None, *, write_suppressions_to_cloud_formation: bool | None = None
    ) -> None:
        super().__init__(scope, write_suppressions_to_cloud_formation=write_suppressions_to_cloud_formation)
        self._pack_name = PACK

    @property
    def name(self) -> str:
        """The name of the pack, and the namespace of its acknowledgements."""
        return PACK

    @property
    def rule_ids(self) -> list[str] | None:
        """The rules that it runs."""
        return [_name(rule) for rule in rules().values()]

    def validate(self, context: cdk.IPolicyValidationContext) -> cdk.PolicyValidationPluginReport:
        """Run the rules over every mapping in the synthesized templates."""
        return _report(context.app_construct, stacks_of(context), id(self))

    def validate_scope(self, scope: IConstruct) -> cdk.PolicyValidationPluginReport:
        """Run the rules over the mappings below a scope, as a test does; the app is synthesized for it."""
        app: cdk.App = scope.node.root  # type: ignore[assignment]
        app.synth()
        return _report(app, (f"{scope.node.path}/" if scope.node.path else "",))

    def _check_resource(self, node: cdk.CfnResource) -> None:
        """Nothing is asked of a single resource: ``validate`` looks at all of them together."""


def _report(root: IConstruct, stacks: tuple[str, ...], plugin: int | None = None) -> cdk.PolicyValidationPluginReport:
    return as_report(lambda: _settled(verdict_on(root, stacks, everyone=True, plugin=plugin), root), _name)


def _name(rule: Rule) -> str:
    return f"{PACK}-{rule.id}"


def _settled(verdict: Verdict, root: IConstruct) -> Verdict:
    """The verdict without what is acknowledged under our own namespace, of which cdk-nag knows nothing."""
    still_open, settled = [], list(verdict.acknowledged)
    for one in verdict.open:
        construct = _construct(root, one.finding.path)
        reasons = (
            {} if construct is None or not one.finding.rule.can_be_acknowledged else acknowledged_in_cdk(construct)
        )
        reason = reasons.get(one.finding.rule.id)
        if reason is None:
            still_open.append(one)
        else:
            settled.append(replace(one, finding=replace(one.finding, acknowledged=reason)))
    return replace(verdict, open=tuple(still_open), acknowledged=tuple(settled))


def _construct(root: IConstruct, path: str) -> IConstruct | None:
    """The construct at a path."""
    found: IConstruct | None = root
    for name in path.split("/"):
        found = found.node.try_find_child(name) if found is not None else None
    return found
