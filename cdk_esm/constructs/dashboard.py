"""A dashboard with a row for each mapping, and a composite alarm over their alarms; both are filled at synthesis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import aws_cdk as cdk
import jsii
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct, IConstruct, IValidation

from cdk_esm.alarms.dashboard import row
from cdk_esm.alarms.dashboard_body import Placed, body, longest_name, rules, too_much
from cdk_esm.constructs.app.app_memory import Made, memory_of
from cdk_esm.constructs.app.surroundings import Surroundings, surroundings_of
from cdk_esm.constructs.bundle import MappingBundle
from cdk_esm.constructs.guard import refuse_place
from cdk_esm.constructs.intake.calls import SignatureOfCall, explains_keywords, findings_of_call, malformed_plan
from cdk_esm.constructs.intake.keywords import Intake
from cdk_esm.constructs.intake.tokens import is_token
from cdk_esm.constructs.resources.dimensions import fixed_alarm_arn, fixed_values_of, values_of
from cdk_esm.constructs.resources.lean_alarms import LeanAlarm
from cdk_esm.errors import EsmError, EsmTypeError
from cdk_esm.sources import pages
from cdk_esm.sources.cloudwatch import DASHBOARD_NAME

_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")
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
        self._chosen = None if mappings is None else [_made(one) for one in dict.fromkeys(mappings)]
        for made in self._chosen or ():
            if _hidden(made, where):
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
        shown = [made for made in self._wanted() if not _hidden(made, where)]
        where.memory.on_dashboards[self._path] = frozenset(made.plan.path for made in shown)
        widgets = body([_placed(made, where) for made in shown])
        self._too_much = too_much(widgets)
        self._l1.dashboard_body = where.stack.to_json_string(widgets)
        if self._alarm is not None:
            own = [made for made in shown if _is_own(made, where)]
            alarms = {alarm.node.path: alarm for made in own for alarm in _l1s(made)}
            _rule(self, self._alarm, [(one.ref, _longest(one, where)) for one in alarms.values()])
            l1: Any = self._alarm.node.default_child
            if where.stack.resolve(l1.alarm_actions):
                where.memory.heard.update(made.plan.path for made in own)

    def complaints(self) -> list[str]:
        """What keeps it from showing all that it should, in words."""
        memory = self._where.memory
        elsewhere = frozenset().union(*memory.on_dashboards.values())
        missing = [made for made in self._wanted() if made.plan.path not in elsewhere]
        return [*(_one_per_stack(self._path, made) for made in missing), *self._too_much]

    def _wanted(self) -> Iterable[Made]:
        """The mappings that it is for."""
        if self._chosen is not None:
            return self._chosen
        stage = cdk.Stage.of(self)
        return [made for made in self._where.memory.bundles.values() if cdk.Stage.of(made.where) is stage]


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


def _is_own(made: Made, where: Surroundings) -> bool:
    """Whether a mapping is deployed with the dashboard: between a stack and those nested in it nothing is exported."""
    return _deployed(made.where) is _deployed(where.stack)


def _deployed(stack: cdk.Stack) -> cdk.Stack:
    """The stack that is deployed by itself."""
    while stack.nested_stack_parent is not None:
        stack = stack.nested_stack_parent
    return stack


def _hidden(made: Made, where: Surroundings) -> bool:
    """Whether a dashboard cannot show a mapping without an export."""
    other = made.where
    if _is_own(made, where) or where.weakly_refers_to(other):
        return False
    if (other.account, other.region) != (where.account_text, where.region_text):
        return True
    if cdk.Stage.of(other) is not cdk.Stage.of(where.stack):
        return True
    watching = made.watching
    values = (
        fixed_values_of(recipe.watched, watching.watched[recipe.watched], measure)
        for recipe in watching.recipes
        for measure in recipe.measures
    )
    return any(one is None for one in values) or any(fixed_alarm_arn(one, where.stack) is None for one in _l1s(made))


def _placed(made: Made, where: Surroundings) -> Placed:
    """The row of a mapping, with the names that its stack, or another one, can write."""
    watching, own = made.watching, _is_own(made, where) or where.weakly_refers_to(made.where)
    name = values_of if own else fixed_values_of
    arns = [one.attr_arn if own else fixed_alarm_arn(one, where.stack) for one in _l1s(made)]
    return Placed(
        row=row(made.plan, watching.recipes, watching.off),
        values=lambda watched, measure: name(watched, watching.watched[watched], measure) or (),
        alarms=[arn for arn in arns if arn is not None],
        region=where.region_text,
    )


def _l1s(made: Made) -> list[Any]:
    """The alarms of a mapping, as CloudFormation knows them."""
    alarms = made.watching.made.values()
    return [one.l1 if isinstance(one, LeanAlarm) else one.node.default_child for one in alarms]


def _longest(alarm: Any, where: Surroundings) -> int:
    """How long the name of an alarm can be."""
    chosen = alarm.alarm_name
    if isinstance(chosen, str) and not is_token(chosen):
        return len(chosen)
    name = None if is_token(where.stack_name) else where.stack_name
    return longest_name(name, str(where.stack.resolve(alarm.logical_id)))


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
