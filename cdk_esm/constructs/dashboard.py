"""A dashboard with a row for each mapping, and a composite alarm over their alarms; both are filled at synthesis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import aws_cdk as cdk
import jsii
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct, IConstruct, IValidation

from cdk_esm.alarms.dashboard_body import body, longest_name, rules, too_much
from cdk_esm.constructs.app.acknowledged import NAMESPACE
from cdk_esm.constructs.app.app_memory import Made, memory_of
from cdk_esm.constructs.app.surroundings import surroundings_of
from cdk_esm.constructs.bundle import MappingBundle
from cdk_esm.constructs.guard import refuse_place
from cdk_esm.constructs.intake.calls import SignatureOfCall, explains_keywords, findings_of_call, malformed_plan
from cdk_esm.constructs.intake.keywords import Intake
from cdk_esm.constructs.resources.shown import alarms_of, is_hidden, is_in_tree, is_own, longest, placed, stage_of
from cdk_esm.errors import EsmError, EsmTypeError
from cdk_esm.sources import pages
from cdk_esm.sources.cloudwatch import DASHBOARD_NAME

_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")
_WHY_NEVER: Final = (
    "its alarm is never in alarm, for the mappings that it shows have no alarms in this stack; composite_alarm=False "
    "leaves it out"
)
_LATE: Final = 1000
"""CDK's priority for aspects that only look: by then all others have made what they make."""


@explains_keywords
class MappingDashboard(Construct):
    """A dashboard that somebody on call can read: a row for each mapping.

    A row has the states of the mapping's alarms, and five graphs: what arrives, how long it waits, what fails, how
    often the function runs at once, and what was given up. Thresholds and bounds are lines in them. All of it is made
    from the recipes that the alarms are made from, when the app is synthesized, so mappings that come later are in it.

    A dashboard shows the mappings of its own stack, and of stacks that are nested in it. Of another stack it shows
    those whose function, source and alarms have names that were chosen, in the same account and Region, because all
    others would need an export.
    """

    __signature__ = SignatureOfCall()

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        mappings: Sequence[MappingBundle] | None = None,
        dashboard_name: str | None = None,
        composite_alarm: bool = True,
    ) -> None:
        """A dashboard that somebody on call can read: a row for each mapping.

        Args:
            scope: the stack, or a construct in it.
            id: the id in it.
            mappings: the constructs of this library that it shows, in this order. By default all mappings of the app,
                or of the stage that the stack is in, because stages are deployed by themselves; one of another stack
                that it cannot show, and that no other dashboard shows, is an error at synthesis.
            dashboard_name: its name, of letters, digits, hyphens and underscores. By default CloudFormation makes one
                up.
            composite_alarm: whether there is an alarm that is in alarm if one of the shown alarms of this stack is. By
                default there is. It tells nobody until you say ``dashboard.alarm.add_alarm_action(…)``.

        Raises:
            EsmTypeError: a keyword that cannot be taken (ESM0xx).
            EsmError: a mapping of another stack that cannot be shown without an export: one dashboard per stack.
        """
        refuse_place(scope, id, "")
        where = surroundings_of(scope)
        path = f"{where.path}/{id}".strip("/")
        _check(path, mappings, dashboard_name, composite_alarm)
        self._where, self._path = where, path
        self._too_much: list[str] = []
        self._advised: set[str] = set()
        self._chosen = None if mappings is None else [_made(one) for one in dict.fromkeys(mappings)]
        for made in self._chosen or ():
            if is_hidden(made, where):
                raise EsmError(_one_per_stack(path, made))
        super().__init__(scope, id)
        self._l1 = cloudwatch.CfnDashboard(self, "Resource", dashboard_body="{}", dashboard_name=dashboard_name)
        self._alarm = _composite(self, "Alarm") if composite_alarm else None
        where.memory.on_dashboards[path] = frozenset()
        cdk.Aspects.of(self._l1).add(_Fill(self), priority=_LATE)
        self.node.add_validation(_Complaints(self))

    @property
    def dashboard_name(self) -> str:
        """The name of the dashboard."""
        return self._l1.ref

    @property
    def alarm(self) -> cloudwatch.CompositeAlarm | None:
        """The alarm that is in alarm if one of the shown alarms of this stack is; ``None`` if it was not wanted."""
        return self._alarm

    def fill(self) -> None:
        """Write the body and the rule; called at synthesis."""
        where = self._where
        shown = [made for made in self._wanted() if not is_hidden(made, where)]
        if not shown:
            self._advise("empty-dashboard", self._why_empty())
        where.memory.on_dashboards[self._path] = frozenset(made.plan.path for made in shown)
        widgets = body([placed(made, where) for made in shown])
        self._too_much = too_much(widgets)
        self._l1.dashboard_body = where.stack.to_json_string(widgets)
        if self._alarm is not None:
            own = [made for made in shown if is_own(made, where)]
            alarms = {alarm.node.path: alarm for made in own for alarm in alarms_of(made)}
            if shown and not alarms:
                self._advise("alarm-of-none", _WHY_NEVER)
            _rule(self, self._alarm, [(one.ref, longest(one, where)) for one in alarms.values()])
            l1: Any = self._alarm.node.default_child
            if where.stack.resolve(l1.alarm_actions):
                where.memory.heard.update(made.plan.path for made in own)

    def _advise(self, id: str, text: str) -> None:
        """Warn at synthesis, once, however often the app is synthesized."""
        if id not in self._advised:
            self._advised.add(id)
            cdk.Validations.of(self).add_warning(NAMESPACE + id, f"{self._path}: {text}")

    def _why_empty(self) -> str:
        if self._chosen is not None:
            return "it shows no mapping: mappings=[...] names none that is still there; leave mappings out for all"
        others = sorted({str(stage.node.path) for stage in map(stage_of, self._where.memory.bundles.values()) if stage})
        if others:
            return (
                f"it shows no mapping, for those of this app are in the stages {', '.join(others)}; write a dashboard "
                "into each of their stacks"
            )
        return (
            "it shows no mapping, for no construct of cdk_esm made one in this app; the mappings of other constructs "
            "have no rows"
        )

    def complaints(self) -> list[str]:
        """What keeps it from showing all that it should, in words."""
        memory = self._where.memory
        elsewhere = frozenset().union(*memory.on_dashboards.values())
        missing = [made for made in self._wanted() if made.plan.path not in elsewhere]
        return [*(_one_per_stack(self._path, made) for made in missing), *self._too_much]

    def _wanted(self) -> Iterable[Made]:
        """The mappings that it is for."""
        if self._chosen is not None:
            return [made for made in self._chosen if is_in_tree(made.mapping)]
        stage = cdk.Stage.of(self)
        found = [made for made in self._where.memory.bundles.values() if cdk.Stage.of(made.where) is stage]
        return [made for made in found if is_in_tree(made.mapping)]


@jsii.implements(cdk.IAspect)
class _Fill:
    """Fills a dashboard when CDK comes by."""

    def __init__(self, dashboard: MappingDashboard) -> None:
        self._dashboard = dashboard

    def visit(self, node: IConstruct) -> None:
        """Fill it."""
        del node
        self._dashboard.fill()


@jsii.implements(IValidation)
class _Complaints:
    """Tells CDK what a dashboard cannot show, before any template is written."""

    def __init__(self, dashboard: MappingDashboard) -> None:
        self._dashboard = dashboard

    def validate(self) -> list[str]:
        """Tell it."""
        return self._dashboard.complaints()


def _check(path: str, mappings: Any, name: Any, composite_alarm: Any) -> None:
    intake = Intake()
    intake.members("mappings", mappings, "a construct of cdk_esm", lambda one: isinstance(one, MappingBundle))
    known = intake.text("dashboard_name", name)
    if isinstance(known, str) and not (_NAME.fullmatch(known) and len(known) <= DASHBOARD_NAME.value):
        most = DASHBOARD_NAME.value
        intake.refuse("dashboard_name", name, f"letters, digits, hyphens and underscores, at most {most} of them")
    intake.boolean("composite_alarm", composite_alarm, now=True)
    if composite_alarm is None:
        intake.refuse("composite_alarm", None, "True or False")
    if intake.malformed:
        raise EsmTypeError(findings_of_call(malformed_plan("", path, intake.malformed)))


def _one_per_stack(path: str, made: Made) -> str:
    stack = made.where.node.path
    return (
        f"{path}: {made.plan.path} is in another stack ({stack}), and the names of its metrics would need an export: "
        f"one dashboard per stack\n"
        f'  fix: write esm.MappingDashboard(self, "Dashboard", mappings=[...]) in {stack}, and name here those of this '
        f"stack alone\n"
        f"  see: {pages.EXPORTS}"
    )


def _made(bundle: MappingBundle) -> Made:
    """What the app remembers of a mapping."""
    return memory_of(bundle.node.root).bundles[bundle.plan.path]


def _composite(scope: Construct, id: str) -> cloudwatch.CompositeAlarm:
    # FALSE is what the rule of no alarm at all comes to.
    return cloudwatch.CompositeAlarm(scope, id, alarm_rule=cloudwatch.AlarmRule.from_boolean(False))  # noqa: FBT003


def _rule(scope: Construct, top: cloudwatch.CompositeAlarm, alarms: Sequence[tuple[str, int]]) -> None:
    """Write the rule of a composite alarm; if it names too many, of composite alarms below it."""
    texts = rules(alarms)
    number = 0
    while len(texts) > 1:
        parts = []
        for text in texts:
            number += 1
            id_ = f"Alarm{number}"
            part = scope.node.try_find_child(id_) or _composite(scope, id_)
            l1: Any = part.node.default_child
            l1.alarm_rule = text
            parts.append((l1.ref, longest_name(None, id_)))
        texts = rules(parts)
    l1 = top.node.default_child
    l1.alarm_rule = texts[0] if texts else "FALSE"
