"""An alarm on metric math that takes one call to Node instead of four, and becomes an L2 when somebody asks for it.

An L2 alarm on an expression wants an object in Node for every metric, one for the expression, and one for itself. Its
L1 takes all of that as plain values. Most users never touch the alarm, so it is made as an L1; whoever asks the
construct for it gets CDK's own ``Alarm``, under the same logical id.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from cdk_esm.alarms.recipes import Recipe

_Query = cloudwatch.CfnAlarm.MetricDataQueryProperty
_Stat = cloudwatch.CfnAlarm.MetricStatProperty
_Metric = cloudwatch.CfnAlarm.MetricProperty
_Dimension = cloudwatch.CfnAlarm.DimensionProperty


class LeanAlarm:
    """An alarm on an expression over the mapping's own metrics, as an L1 until it is asked for.

    Args:
        scope: the scope that it is made in.
        id: its id there.
        recipe: what it watches.
        values: the values of its dimensions.
        topics: the ARNs of the topics that it tells.
        threshold: when it fires.
        full: makes the same alarm as an L2 under the same id, in a scope.
        ok: whether the topics are told, too, when it is over.
    """

    def __init__(  # noqa: PLR0917 - all of them are given, in one place
        self,
        scope: Construct,
        id: str,
        recipe: Recipe,
        values: Sequence[str],
        topics: Sequence[str],
        threshold: float,
        full: Callable[[Construct], cloudwatch.Alarm],
        *,
        ok: bool = False,
    ) -> None:
        self._scope, self._id, self._full = scope, id, full
        self.l1 = cloudwatch.CfnAlarm(
            scope,
            id,
            alarm_description=recipe.said,
            comparison_operator=recipe.comparison,
            evaluation_periods=recipe.evaluation_periods,
            datapoints_to_alarm=recipe.datapoints_to_alarm,
            threshold=threshold,
            treat_missing_data=recipe.missing,
            alarm_actions=list(topics) or None,
            ok_actions=(list(topics) or None) if ok else None,
            metrics=_queries(recipe, values),
        )

    def as_alarm(self, *, synthesized: bool = False) -> cloudwatch.Alarm:
        """Put CDK's own alarm in its place; its logical id stays.

        Args:
            synthesized: the app has been synthesized. CDK refuses to synthesize a tree again that has changed, so the
                alarm is then made beside the app: all that can be read of it is the same.
        """
        logical_id = cdk.Stack.of(self._scope).get_logical_id(self.l1)
        if not synthesized:
            self._scope.node.try_remove_child(self._id)
        alarm = self._full(cdk.Stack() if synthesized else self._scope)
        child: Any = alarm.node.default_child
        child.override_logical_id(logical_id)
        return alarm


def _queries(recipe: Recipe, values: Sequence[str]) -> list[_Query]:
    """The expression and its metrics, as CDK's L2 writes them."""
    dimensions = [_Dimension(name=name, value=value) for name, value in zip(recipe.dimensions, values, strict=True)]
    measures = [
        _Query(
            id=one.id,
            metric_stat=_Stat(
                metric=_Metric(namespace=recipe.namespace, metric_name=one.metric, dimensions=dimensions),
                period=recipe.period_seconds,
                stat=one.statistic,
            ),
            return_data=False,
        )
        for one in recipe.measures
    ]
    return [_Query(id="expr_1", expression=recipe.expression, return_data=True), *measures]
