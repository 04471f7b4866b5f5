"""The alarms of brokers and document clusters: what they watch, at which threshold, and what they say."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_docdb as docdb

import cdk_esm as esm
from tests.cdk.brokers.variants import WHY, a_broker, a_cluster, build
from tests.cdk.templates import properties, ref


def dimensions(metric: dict[str, Any]) -> dict[str, Any]:
    return {one["Name"]: one["Value"] for one in metric["Dimensions"]}


def test_the_backlog_of_rabbitmq_is_that_of_one_queue_on_one_virtual_host(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    said = properties(build("rabbitmq", stack, function, virtual_host="erp").alarms["backlog"])

    assert (said["Namespace"], said["MetricName"], said["Statistic"]) == ("AWS/AmazonMQ", "MessageCount", "Maximum")
    assert dimensions(said) == {"Broker": "shop", "VirtualHost": "erp", "Queue": "orders"}
    assert (said["Threshold"], said["EvaluationPeriods"], said["DatapointsToAlarm"]) == (1_000, 15, 15)
    assert "1000 messages or more" in said["AlarmDescription"]


@pytest.mark.parametrize(
    ("mode", "instances"),
    [
        pytest.param("SINGLE_INSTANCE", ["shop-1"], id="one instance"),
        pytest.param("ACTIVE_STANDBY_MULTI_AZ", ["shop-1", "shop-2"], id="with a standby"),
        pytest.param(None, ["shop-1", "shop-2"], id="nobody knows"),
    ],
)
def test_the_backlog_of_activemq_is_that_of_whichever_instance_is_active(
    mode: str | None, instances: list[str], stack: cdk.Stack, function: esm.NewFunction
) -> None:
    broker: dict[str, Any] = {} if mode is None else {"broker": a_broker(stack, "activemq", deployment_mode=mode)}
    said = properties(build("activemq", stack, function, **broker).alarms["backlog"])
    if "Metrics" not in said:
        assert (said["MetricName"], dimensions(said)) == ("QueueSize", {"Broker": "shop-1", "Queue": "orders"})
        assert instances == ["shop-1"]
        return
    expression, *metrics = said["Metrics"]

    assert expression["Expression"] == "MAX(METRICS())"
    assert [dimensions(one["MetricStat"]["Metric"])["Broker"] for one in metrics] == instances


def test_the_name_of_a_broker_that_is_a_token_is_taken_out_of_its_arn(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    broker = cdk.CfnParameter(stack, "Broker").value_as_string
    said = properties(build("rabbitmq", stack, function, broker=broker).alarms["backlog"])

    assert dimensions(said)["Broker"] == {"Fn::Select": [6, {"Fn::Split": [":", {"Ref": "Broker"}]}]}


def test_a_declined_backlog_is_in_the_plan_with_its_reason(stack: cdk.Stack, function: esm.NewFunction) -> None:
    bundle = build("activemq", stack, function, alarms=esm.Alarms(off={"backlog": WHY}))

    assert set(bundle.alarms) == {"errors", "throttles"}
    assert bundle.plan.choices["alarms.off"] == {"backlog": WHY}


def test_a_document_cluster_is_watched_by_the_age_and_the_size_of_its_events(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    bundle = build("documentdb", stack, function)
    age, size = (properties(bundle.alarms[key]) for key in ("iterator_age", "oversized"))

    assert list(bundle.alarms) == ["iterator_age", "oversized", "errors", "throttles"]
    # The lesser of an hour and half of the three hours that a change stream keeps an event, if nobody said otherwise.
    assert (age["MetricName"], age["Threshold"]) == ("IteratorAge", 3_600_000)
    assert (size["MetricName"], size["Threshold"]) == ("OversizedRecordCount", 1)
    assert dimensions(age) == dimensions(size) == {"FunctionName": ref(bundle.function)}
    assert "parallelization" not in age["AlarmDescription"]


def test_the_age_of_events_follows_no_setting_that_the_source_lacks(stack: cdk.Stack, function: Any) -> None:
    group = docdb.ClusterParameterGroup(
        stack, "Group", family="docdb5.0", parameters={"change_stream_log_retention_duration": "86400"}
    )
    bundle = build("documentdb", stack, function, cluster=a_cluster(stack, parameter_group=group))

    # What the group says is read from the template: here it is the least that can be said.
    assert properties(bundle.alarms["iterator_age"])["Threshold"] == 3_600_000
