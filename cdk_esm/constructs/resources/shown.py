"""What a dashboard can show of a mapping: its metrics and its alarms, by names that need no export."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk

from cdk_esm.alarms.dashboard import row
from cdk_esm.alarms.dashboard_body import Placed, longest_name
from cdk_esm.constructs.app.app_memory import Made
from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.tokens import is_token
from cdk_esm.constructs.resources.dimensions import fixed_alarm_arn, fixed_values_of, values_of
from cdk_esm.constructs.resources.lean_alarms import LeanAlarm


def is_own(made: Made, where: Surroundings) -> bool:
    """Whether a mapping is deployed with the dashboard: between a stack and those nested in it nothing is exported."""
    return _deployed(made.where) is _deployed(where.stack)


def _deployed(stack: cdk.Stack) -> cdk.Stack:
    """The stack that is deployed by itself."""
    while stack.nested_stack_parent is not None:
        stack = stack.nested_stack_parent
    return stack


def is_hidden(made: Made, where: Surroundings) -> bool:
    """Whether a dashboard cannot show a mapping without an export."""
    other = made.where
    if is_own(made, where) or where.weakly_refers_to(other):
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
    return any(one is None for one in values) or any(
        fixed_alarm_arn(one, where.stack) is None for one in alarms_of(made)
    )


def placed(made: Made, where: Surroundings) -> Placed:
    """The row of a mapping, with the names that its stack, or another one, can write."""
    watching, own = made.watching, is_own(made, where) or where.weakly_refers_to(made.where)
    name = values_of if own else fixed_values_of
    arns = [one.attr_arn if own else fixed_alarm_arn(one, where.stack) for one in alarms_of(made)]
    return Placed(
        row=row(made.plan, watching.recipes, watching.off),
        values=lambda watched, measure: name(watched, watching.watched[watched], measure) or (),
        alarms=[arn for arn in arns if arn is not None],
        region=where.region_text,
    )


def alarms_of(made: Made) -> list[Any]:
    """The alarms of a mapping that are still there, as CloudFormation knows them."""
    alarms = made.watching.made.values()
    l1s = (one.l1 if isinstance(one, LeanAlarm) else one.node.default_child for one in alarms)
    return [one for one in l1s if is_in_tree(one)]


def stage_of(made: Made) -> cdk.Stage | None:
    """The stage of a mapping; ``None`` for the app itself."""
    stage = cdk.Stage.of(made.where)
    return stage if stage is not None and stage.node.path else None


def longest(alarm: Any, where: Surroundings) -> int:
    """How long the name of an alarm can be."""
    chosen = alarm.alarm_name
    if isinstance(chosen, str) and not is_token(chosen):
        return len(chosen)
    name = None if is_token(where.stack_name) else where.stack_name
    return longest_name(name, str(where.stack.resolve(alarm.logical_id)))


def is_in_tree(construct: Any) -> bool:
    """Whether a construct is still in the tree: a user may have taken it out, or what it is in."""
    while (scope := construct.node.scope) is not None:
        if scope.node.try_find_child(construct.node.id) is None:
            return False
        if cdk.Stack.is_stack(construct):
            return True
        construct = scope
    return True
