"""The alarms of a bundle: each reads a metric that exists, fires on a derived threshold, and says what to do."""

from dataclasses import replace
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import IConstruct

from cdk_esm import Alarms, NewFunction, NewQueue, SqsFifoToLambda, SqsToLambda
from tests.cdk.existing import a_function, a_queue
from tests.cdk.templates import logical_id, properties, ref, resources

Bundle = SqsToLambda | SqsFifoToLambda
ALARM = "AWS::CloudWatch::Alarm"
OF_THE_QUEUE, OF_THE_MAPPING = ("age", "dead_letters"), ("failures", "stopped")
FILTERS = [{"body": {"type": ["created"]}}]
OF_A_QUEUE = {"Namespace": "AWS/SQS", "Statistic": "Maximum", "Period": 60}
OF_A_FUNCTION = {"Namespace": "AWS/Lambda", "Statistic": "Sum"}
AT_LEAST = {"ComparisonOperator": "GreaterThanOrEqualToThreshold", "TreatMissingData": "notBreaching"}
EXPECTED: dict[str, dict[str, Any]] = {
    "age": OF_A_QUEUE
    | AT_LEAST
    | {
        "MetricName": "ApproximateAgeOfOldestMessage",
        "Threshold": 900,
        "EvaluationPeriods": 5,
        "DatapointsToAlarm": 3,
    },
    "dead_letters": OF_A_QUEUE
    | AT_LEAST
    | {
        "MetricName": "ApproximateNumberOfMessagesVisible",
        "Threshold": 1,
        "EvaluationPeriods": 1,
        "DatapointsToAlarm": 1,
    },
    "errors": OF_A_FUNCTION
    | AT_LEAST
    | {"MetricName": "Errors", "Period": 300, "Threshold": 1, "EvaluationPeriods": 1, "DatapointsToAlarm": 1},
    "throttles": OF_A_FUNCTION
    | AT_LEAST
    | {"MetricName": "Throttles", "Period": 60, "Threshold": 1, "EvaluationPeriods": 5, "DatapointsToAlarm": 5},
    "failures": AT_LEAST | {"Threshold": 5, "EvaluationPeriods": 3, "DatapointsToAlarm": 2},
    "filtered": AT_LEAST | {"Threshold": 100, "EvaluationPeriods": 6, "DatapointsToAlarm": 6},
    "stopped": {
        "Namespace": "AWS/Lambda",
        "MetricName": "PolledEventCount",
        "Statistic": "SampleCount",
        "Period": 300,
        "ComparisonOperator": "LessThanThreshold",
        "Threshold": 1,
        "EvaluationPeriods": 3,
        "DatapointsToAlarm": 3,
        "TreatMissingData": "breaching",
    },
}
RATIOS = {
    "failures": ("IF(invoked > 0, 100 * failed / invoked, 0)", {"FailedInvokeEventCount", "InvokedEventCount"}),
    "filtered": ("IF(polled > 0, 100 * filtered / polled, 0)", {"FilteredOutEventCount", "PolledEventCount"}),
}


def alarm(bundle: Bundle, key: str) -> dict[str, Any]:
    return properties(bundle.alarms[key])


def dimension(name: str, of: IConstruct, attribute: str | None = None) -> list[dict[str, Any]]:
    value = {"Fn::GetAtt": [logical_id(of), attribute]} if attribute else ref(of)
    return [{"Name": name, "Value": value}]


@pytest.mark.parametrize("construct", [SqsToLambda, SqsFifoToLambda], ids=["standard", "fifo"])
def test_every_alarm_reads_what_it_says(construct: type[Bundle], stack: cdk.Stack, function: NewFunction) -> None:
    orders = construct(stack, "Orders", function=function, filters=FILTERS)
    assert orders.dead_letter_queue is not None
    dimensions = {
        "age": dimension("QueueName", orders.queue, "QueueName"),
        "dead_letters": dimension("QueueName", orders.dead_letter_queue, "QueueName"),
        "errors": dimension("FunctionName", orders.function),
        "throttles": dimension("FunctionName", orders.function),
        "stopped": dimension("EventSourceMappingUUID", orders.mapping),
    }

    assert list(orders.alarms) == list(EXPECTED)
    for key, expected in EXPECTED.items():
        found = alarm(orders, key)
        assert found.pop("Dimensions", None) == dimensions.get(key)
        assert {name: value for name, value in found.items() if name not in ("AlarmDescription", "Metrics")} == expected


@pytest.mark.parametrize("key", RATIOS)
def test_a_ratio_is_made_of_two_sums_of_the_mapping(key: str, stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, filters=FILTERS)
    ratio, *measures = alarm(orders, key)["Metrics"]
    expression, names = RATIOS[key]

    assert (ratio["Expression"], ratio["ReturnData"]) == (expression, True)
    assert {one["MetricStat"]["Metric"].pop("MetricName") for one in measures} == names
    for one in measures:
        assert one["ReturnData"] is False
        assert one["MetricStat"] == {
            "Metric": {
                "Namespace": "AWS/Lambda",
                "Dimensions": dimension("EventSourceMappingUUID", orders.mapping),
            },
            "Period": 300,
            "Stat": "Sum",
        }


def test_every_description_says_what_to_do(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, filters=FILTERS)
    to_do = {
        "age": "raise its concurrency or mend the handler",
        "dead_letters": "start a redrive",
        "errors": "Read the function's log",
        "throttles": "Raise the reserved concurrency",
        "failures": "Read its log",
        "filtered": "disable the mapping first, then mend the pattern",
        "stopped": "Look at its State and LastProcessingResult",
    }

    assert set(to_do) == set(orders.alarms)
    for key, words in to_do.items():
        description = alarm(orders, key)["AlarmDescription"]
        assert description.startswith("Shop/Orders: ")
        assert words in description


@pytest.mark.parametrize(
    ("timeout", "queue", "threshold"),
    [
        pytest.param(60, {}, 5 * 360, id="five-visibility-timeouts"),
        pytest.param(1, {}, 300, id="at-least-five-minutes"),
        pytest.param(30, {"retention": cdk.Duration.minutes(30)}, 450, id="at-most-a-quarter-of-the-retention"),
    ],
)
def test_the_age_that_alarms_is_derived(
    timeout: int, queue: dict[str, Any], threshold: int, stack: cdk.Stack, function: NewFunction
) -> None:
    orders = SqsToLambda(
        stack,
        "Orders",
        function=replace(function, timeout=cdk.Duration.seconds(timeout)),
        queue=NewQueue(**queue),
    )

    assert alarm(orders, "age")["Threshold"] == threshold
    assert f" {threshold} seconds or more" in alarm(orders, "age")["AlarmDescription"]


def test_every_alarm_notifies_every_given_topic_and_action(stack: cdk.Stack, function: NewFunction) -> None:
    mine = sns.Topic(stack, "Mine")
    theirs = sns.Topic.from_topic_arn(stack, "Theirs", "arn:aws:sns:eu-west-1:111122223333:on-call")
    orders = SqsToLambda(
        stack, "Orders", function=function, alarms=Alarms(notify=[mine, theirs, actions.SnsAction(mine)])
    )

    for key in orders.alarms:
        assert alarm(orders, key)["AlarmActions"] == [ref(mine), theirs.topic_arn, ref(mine)]


def test_a_threshold_of_ones_own_replaces_the_derived_one(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, alarms=Alarms(thresholds={"age": 60, "errors": 2.5}))

    assert {key: alarm(orders, key)["Threshold"] for key in orders.alarms} == {
        "age": 60,
        "dead_letters": 1,
        "errors": 2.5,
        "throttles": 1,
        "failures": 5,
        "stopped": 1,
    }


def test_an_alarm_is_left_out_with_a_reason(stack: cdk.Stack, function: NewFunction) -> None:
    reasons = {"throttles": "the function is throttled on purpose"}
    orders = SqsToLambda(stack, "Orders", function=function, alarms=Alarms(off=reasons))

    assert list(orders.alarms) == ["age", "dead_letters", "errors", "failures", "stopped"]
    assert len(resources(stack, ALARM)) == 5
    assert orders.plan.choices["alarms.off"] == reasons


def test_mappings_of_one_function_share_its_alarms(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)
    returns = SqsToLambda(stack, "Returns", function=orders.function)
    version = lambda_.Version(stack, "Version", lambda_=orders.function)
    refunds = SqsToLambda(stack, "Refunds", function=version)

    assert list(orders.alarms) == [*OF_THE_QUEUE, "errors", "throttles", *OF_THE_MAPPING]
    assert list(returns.alarms) == list(refunds.alarms) == [*OF_THE_QUEUE, *OF_THE_MAPPING]


def test_an_alias_that_a_bundle_makes_shares_its_functions_alarms(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=replace(function, alias="live"))
    returns = SqsToLambda(stack, "Returns", function=orders.function)

    assert alarm(orders, "errors")["Dimensions"] == dimension("FunctionName", orders.function)
    assert list(returns.alarms) == [*OF_THE_QUEUE, *OF_THE_MAPPING]


def test_a_bundle_that_failed_keeps_nobody_from_the_functions_alarms(stack: cdk.Stack) -> None:
    fulfil = a_function(stack)
    with pytest.raises(ValueError, match="ESM101"):
        SqsToLambda(stack, "Orders", function=fulfil, batch_size=0)

    orders = SqsToLambda(stack, "Orders", function=fulfil)

    assert list(orders.alarms) == [*OF_THE_QUEUE, "errors", "throttles", *OF_THE_MAPPING]


def test_a_mapping_that_is_switched_off_is_not_watched_for_having_stopped(
    stack: cdk.Stack, function: NewFunction
) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, filters=FILTERS, enabled=False)

    assert "stopped" not in orders.alarms


def test_filters_without_metrics_leave_the_mappings_own_alarms_out(stack: cdk.Stack, function: NewFunction) -> None:
    none = lambda_.MetricsConfig(metrics=[])
    orders = SqsToLambda(stack, "Orders", function=function, filters=FILTERS, metrics_config=none)

    assert list(orders.alarms) == ["age", "dead_letters", "errors", "throttles"]
    assert "MetricsConfig" not in properties(orders.mapping)
    assert [finding.rule.id for finding in orders.findings] == ["ESM508"]


def test_a_pinned_mapping_is_watched_under_its_pinned_id(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, filters=FILTERS, logical_id="OldOrders")

    assert alarm(orders, "stopped")["Dimensions"][0]["Value"] == {"Ref": "OldOrders"}


def test_an_imported_queue_is_watched_by_its_name(stack: cdk.Stack) -> None:
    queue = sqs.Queue.from_queue_arn(stack, "Queue", "arn:aws:sqs:eu-west-1:111122223333:orders")
    orders = SqsToLambda(stack, "Orders", function=a_function(stack), queue=queue)

    assert list(orders.alarms) == ["age", "errors", "throttles", *OF_THE_MAPPING], "its dead-letter queue is hidden"
    assert alarm(orders, "age")["Dimensions"] == [{"Name": "QueueName", "Value": "orders"}]


def test_a_queue_of_another_account_is_out_of_the_alarms_reach(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Shop", env=cdk.Environment(account="111122223333", region="eu-west-1"))
    queue = sqs.Queue.from_queue_arn(stack, "Queue", "arn:aws:sqs:eu-west-1:444455556666:orders")
    orders = SqsToLambda(stack, "Orders", function=a_function(stack), queue=queue)

    assert list(orders.alarms) == ["errors", "throttles", *OF_THE_MAPPING]


def test_an_existing_queue_brings_its_dead_letter_queue_along(stack: cdk.Stack) -> None:
    queue = a_queue(stack)
    orders = SqsToLambda(stack, "Orders", function=a_function(stack), queue=queue)
    assert orders.dead_letter_queue is not None

    assert alarm(orders, "dead_letters")["Dimensions"] == dimension("QueueName", orders.dead_letter_queue, "QueueName")


def test_the_alarms_are_cdks_own(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)

    assert all(isinstance(one, cloudwatch.Alarm) for one in orders.alarms.values())


def test_the_description_tells_the_threshold_that_the_user_set(stack: cdk.Stack, function: NewFunction) -> None:
    SqsToLambda(stack, "Orders", function=function, alarms=Alarms(thresholds={"age": 60}))

    described = [one["Properties"]["AlarmDescription"] for one in resources(stack, ALARM).values()]

    assert any("waited for 60 seconds" in text for text in described)
