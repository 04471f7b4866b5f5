"""The page of alarms tells what default bundles have."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.templates import properties
from tests.cdk.test_rollback import BUILD
from tools.alarms_doc import alarm_rows

ROWS = {row["key"].strip("`"): row for row in alarm_rows()}
THEIRS = {"backlog", "offset_lag"}
"""The thresholds that nobody can derive."""


@pytest.mark.parametrize("source", BUILD)
def test_a_default_bundle_has_the_alarms_of_the_page(source: str, stack: cdk.Stack, function: esm.NewFunction) -> None:
    bundle = BUILD[source](stack, function)

    for key, alarm in bundle.alarms.items():
        row, made = ROWS[key], properties(alarm)
        metrics: list[Any] = (
            [made]
            if "MetricName" in made
            else [
                {**one["MetricStat"], "MetricName": one["MetricStat"]["Metric"]["MetricName"]}
                for one in made["Metrics"]
                if "MetricStat" in one
            ]
        )
        assert f"`{source}`" in row["sources"]
        assert all(any(f"`{one['MetricName']}`" in text for text in row["metric"]) for one in metrics)
        minutes = metrics[0]["Period"] // 60
        assert (
            f"{made['DatapointsToAlarm']} of {made['EvaluationPeriods']}, each of {minutes} min" in row["fires_after"]
        )
        default = f"{made['Threshold']:,}"
        assert key in THEIRS or any(one.removeprefix("below ") == default for one in row["default"])


def test_every_key_tells_all_that_a_user_has_to_know() -> None:
    assert set(ROWS) == {key for sheet in esm.SOURCES.values() for key in sheet.alarms}
    for key, row in ROWS.items():
        assert all(row.values()), key
        assert (row["default"] == ["you give it"]) is (key in THEIRS)
