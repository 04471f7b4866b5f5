"""Which alarms would have fired, and when."""

from typing import Any

import pytest

from cdk_esm.alarms.recipes import Measure, Recipe, Watched
from cdk_esm.simulator import Arrivals, Change, Record, Trace, simulate
from cdk_esm.simulator.alarms import Watch, evaluate, fired
from cdk_esm.simulator.clock import MINUTE
from cdk_esm.simulator.meter import Meter
from cdk_esm.testing.plans import mapping, with_queue, with_settings
from tests.core.simulator.helping import bad, ok, raising, reporting, shows

COUNTED = {"MetricsConfig": {"Metrics": ["EventCount"]}}


def named(trace: Trace, name: str) -> list[float]:
    return [one.at for one in trace.alarms if one.name == name]


def recipe(**about: Any) -> Recipe:
    given = {"period_seconds": 60, "threshold": 1, "evaluation_periods": 5, "datapoints_to_alarm": 3, **about}
    return Recipe(
        key="test",
        watched=Watched.MAPPING,
        namespace="AWS/Lambda",
        dimensions=("EventSourceMappingUUID",),
        measures=(Measure("X", "Sum"),),
        description="",
        reason="",
        **given,
    )


def series(*minutes: float | None) -> Meter:
    meter = Meter()
    for minute, value in enumerate(minutes):
        if value is not None:
            meter.series("m", "X").add(minute * MINUTE, value)
    return meter


@shows(chosen="alarms metric-delay")
@pytest.mark.parametrize(
    ("minutes", "missing", "expected"),
    [
        pytest.param([1, 0, 1, 0, 1], "notBreaching", [(360, None)], id="three of five"),
        pytest.param([1, 0, 1, 0, 0], "notBreaching", [], id="two of five"),
        pytest.param([1, 1, 1, 0, 0, 0, 0], "notBreaching", [(240, 420)], id="well again"),
        pytest.param([1, None, 1, None, 1], "notBreaching", [(360, None)], id="gaps do not breach"),
        pytest.param([None, None, 0, 0, 1], "breaching", [(360, None)], id="gaps breach"),
        pytest.param([0, 0, 0, 0, 0], "breaching", [], id="nothing"),
    ],
)
def test_an_alarm_fires_when_m_of_n_periods_breach(
    minutes: list[float | None], missing: str, expected: list[tuple[int, int | None]]
) -> None:
    watch = Watch("m", recipe(missing=missing), "m")

    assert list(fired(watch, series(*minutes), len(minutes) * MINUTE)) == expected


def test_a_share_is_computed_where_there_is_something_to_share() -> None:
    expression = "IF(invoked > 0, 100 * failed / invoked, 0)"

    assert evaluate(expression, {"invoked": 8, "failed": 2}) == 25
    assert evaluate(expression, {"invoked": 0, "failed": 2}) == 0
    with pytest.raises(ValueError, match="no metric math"):
        evaluate("ANOMALY_DETECTION_BAND(m1)", {"m1": 1})


def test_half_of_the_messages_failing_fires_an_alarm_before_the_first_is_in_the_dead_letter_queue() -> None:
    """Without the metrics of the mapping nothing would see it: the age leaves out what was received three times."""
    payload = lambda number: "bad" if number % 2 else "good"  # noqa: E731 - a payload
    plan = with_queue(mapping("sqs", **COUNTED), visibility_timeout_seconds=180)
    arrivals = Arrivals.steady(1, lasting=3600, payload=payload)
    trace = simulate(plan, reporting(bad), arrivals, keep="summary")
    blind = simulate(with_settings(plan, MetricsConfig=None), reporting(bad), arrivals, keep="summary")

    first = trace.dead_letters[0].at
    assert named(trace, "failures")[0] < first
    assert [one.name for one in blind.alarms if one.at < first] == []


@shows(documented="no-metrics-while-disabled")
def test_a_disabled_mapping_writes_no_metrics_and_the_alarm_for_that_fires() -> None:
    plan = mapping("sqs", **COUNTED)
    trace = simulate(plan, ok, Arrivals.steady(1, lasting=100), changes=[Change.disable(600)], until=3600)
    polled = [at for at, *_ in trace.metrics[plan.path]["PolledEventCount"]]

    assert max(polled) == 540
    assert named(trace, "stopped") == [1560]  # a quarter of an hour from 600 on, and a minute for the data
    assert named(simulate(plan, ok, Arrivals.steady(1, lasting=100), until=3600), "stopped") == []


@shows(documented="failed-count-at-end")
def test_the_failed_count_has_the_time_of_the_invocations_end() -> None:
    trace = simulate(mapping("sqs", **COUNTED), raising(bad, seconds=25), [Record("bad", at=50)], until=80)

    assert [at for at, *_ in trace.metrics["Shop/Orders"]["InvokedEventCount"]] == [0]
    assert [at for at, *_ in trace.metrics["Shop/Orders"]["FailedInvokeEventCount"]] == [60]


def test_a_stream_that_falls_behind_fires_the_alarm_on_its_age() -> None:
    plan = mapping("kinesis", MaximumRecordAgeInSeconds=600, BatchSize=1)
    trace = simulate(plan, ok, Arrivals.steady(2, lasting=1800, keys=1), duration=1, keep="summary")

    assert len(named(trace, "iterator_age")) == 1
    assert trace.summary.ends.keys() == {"processed", "destination"}
    assert named(trace, "errors") == []


def test_the_greatest_of_all_metrics_is_one_value() -> None:
    assert evaluate("MAX(METRICS())", {"active": 3, "standby": 8}) == 8
