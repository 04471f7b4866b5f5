"""The alarms around a stream: each reads a metric that exists, fires on a derived threshold, and says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_sns as sns
from constructs import IConstruct

from cdk_esm import Alarms, DynamoDbToLambda, KinesisToLambda, NewFunction, NewStream, NewTable, OnFailure, SqsToLambda
from tests.cdk.existing import a_function
from tests.cdk.streams.existing import KEY, a_stream
from tests.cdk.streams.variants import FROM_THE_START, WHY, Bundle, Variant, every_source
from tests.cdk.templates import logical_id, properties, ref, resources

ALARM = "AWS::CloudWatch::Alarm"
FILTERS: dict[str, Any] = {
    "shared": [{"data": {"type": ["click"]}}],
    "fan-out": [{"data": {"type": ["click"]}}],
    "dynamodb": [{"eventName": ["INSERT"]}],
}
AT_LEAST = {"ComparisonOperator": "GreaterThanOrEqualToThreshold", "TreatMissingData": "notBreaching"}
THREE_OF_FIVE = {"EvaluationPeriods": 5, "DatapointsToAlarm": 3, "Period": 60}
AT_ONCE = {"EvaluationPeriods": 1, "DatapointsToAlarm": 1, "Period": 60, "Threshold": 1, "Statistic": "Sum"}
OF_LAMBDA = {"Namespace": "AWS/Lambda"} | AT_LEAST
OF_KINESIS = {"Namespace": "AWS/Kinesis"} | AT_LEAST
EXPECTED: Mapping[str, dict[str, Any]] = {
    "iterator_age": OF_LAMBDA | THREE_OF_FIVE | {"MetricName": "IteratorAge", "Statistic": "Maximum"},
    "consumer_lag": OF_KINESIS
    | THREE_OF_FIVE
    | {"MetricName": "SubscribeToShardEvent.MillisBehindLatest", "Statistic": "Maximum"},
    "read_throttles": OF_KINESIS
    | THREE_OF_FIVE
    | {"MetricName": "ReadProvisionedThroughputExceeded", "Statistic": "Sum", "Threshold": 1},
    "dropped": OF_LAMBDA | AT_ONCE | {"MetricName": "DroppedEventCount"},
    "deliveries": OF_LAMBDA | AT_ONCE | {"MetricName": "OnFailureDestinationDeliveredEventCount"},
    "delivery_failures": OF_LAMBDA | AT_ONCE | {"MetricName": "DestinationDeliveryFailures"},
    "errors": OF_LAMBDA | AT_ONCE | {"MetricName": "Errors", "Period": 300},
    "throttles": OF_LAMBDA | AT_ONCE | {"MetricName": "Throttles", "EvaluationPeriods": 5, "DatapointsToAlarm": 5},
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
RATIOS = {"failures": 5, "filtered": 100}
OF_THE_SOURCE = {
    "shared": {"iterator_age", "read_throttles"},
    "fan-out": {"iterator_age", "consumer_lag"},
    "dynamodb": {"iterator_age"},
}
OF_ALL = {"dropped", "deliveries", "delivery_failures", "errors", "throttles", "stopped", *RATIOS}
AN_HOUR = 3600 * 1000


def alarm(bundle: Bundle, key: str) -> dict[str, Any]:
    return properties(bundle.alarms[key])


def dimensions_of(bundle: Bundle) -> dict[str, dict[str, Any]]:
    """What each alarm must look at."""
    function, mapping = {"FunctionName": ref(bundle.function)}, {"EventSourceMappingUUID": ref(bundle.mapping)}
    expected: dict[str, dict[str, Any]] = dict.fromkeys(
        ("iterator_age", "delivery_failures", "errors", "throttles"), function
    )
    expected |= dict.fromkeys(("dropped", "deliveries", "stopped"), mapping)
    if isinstance(bundle, KinesisToLambda):
        stream = {"StreamName": ref(bundle.stream)}
        expected["read_throttles"] = stream
        if bundle.consumer is not None:
            expected["consumer_lag"] = {**stream, "ConsumerName": attribute(bundle.consumer, "ConsumerName")}
    return expected


def attribute(of: IConstruct, name: str) -> dict[str, list[str]]:
    return {"Fn::GetAtt": [logical_id(of), name]}


@every_source
def test_every_alarm_of_a_stream_reads_what_it_says(variant: Variant, stack: cdk.Stack, function: NewFunction) -> None:
    bundle = variant.build(stack, function, filters=FILTERS[variant.source])
    dimensions = dimensions_of(bundle)

    assert set(bundle.alarms) == OF_ALL | OF_THE_SOURCE[variant.source]
    for key in set(bundle.alarms) - set(RATIOS):
        found = alarm(bundle, key)
        found_dimensions = {one["Name"]: one["Value"] for one in found.pop("Dimensions")}
        assert found_dimensions == dimensions[key], key
        assert found.pop("AlarmDescription").startswith("Shop/Clicks: ")
        assert found == {"Threshold": AN_HOUR} | EXPECTED[key], key


@pytest.mark.parametrize("key", RATIOS)
def test_a_streams_ratio_is_made_of_two_sums_of_its_mapping(key: str, stack: cdk.Stack, function: NewFunction) -> None:
    bundle = KinesisToLambda(stack, "Clicks", function=function, filters=FILTERS["shared"])
    found = alarm(bundle, key)
    _, *measures = found["Metrics"]

    assert found["Threshold"] == RATIOS[key]
    for one in measures:
        assert one["MetricStat"]["Metric"]["Dimensions"] == [
            {"Name": "EventSourceMappingUUID", "Value": ref(bundle.mapping)}
        ]


@pytest.mark.parametrize(
    ("keywords", "minutes"),
    [
        pytest.param({}, 60, id="an-hour-of-the-default-age"),
        pytest.param({"max_record_age": cdk.Duration.hours(2)}, 60, id="half-of-two-hours"),
        pytest.param({"max_record_age": cdk.Duration.minutes(118)}, 59, id="half-of-a-little-less"),
        pytest.param({"max_record_age": cdk.Duration.minutes(10)}, 5, id="half-of-ten-minutes"),
        pytest.param({"stream": NewStream(retention_period=cdk.Duration.days(1))}, 60, id="an-hour-of-half-a-day"),
        pytest.param({"stream": NewStream(retention_period=cdk.Duration.days(365))}, 60, id="an-hour-of-a-week"),
    ],
)
@pytest.mark.parametrize("fan_out", [False, True], ids=["shared", "fan-out"])
def test_the_lag_that_alarms_leaves_time_before_records_are_given_up(
    keywords: dict[str, Any], minutes: int, stack: cdk.Stack, function: NewFunction, *, fan_out: bool
) -> None:
    bundle = KinesisToLambda(stack, "Clicks", function=function, enhanced_fan_out=fan_out, **keywords)

    for key in ("iterator_age", "consumer_lag") if fan_out else ("iterator_age",):
        assert alarm(bundle, key)["Threshold"] == minutes * 60_000
        assert f" {minutes * 60} seconds" in alarm(bundle, key)["AlarmDescription"]


@every_source
def test_every_description_of_a_streams_alarm_says_what_to_do(
    variant: Variant, stack: cdk.Stack, function: NewFunction
) -> None:
    bundle = variant.build(stack, function, filters=FILTERS[variant.source])
    to_do = {
        "iterator_age": "raise parallelization_factor or the batch, or mend the handler",
        "consumer_lag": "look at the mapping's state",
        "read_throttles": "enhanced_fan_out=True",
        "dropped": "Read the function's log",
        "deliveries": "mend its cause, and run `cdk-esm replay`",
        "delivery_failures": "Look at the role's permissions",
        "errors": "Read the function's log",
        "throttles": "lower parallelization_factor",
        "failures": "Read its log",
        "filtered": "disable the mapping first, then mend the pattern",
        "stopped": "Look at its State and LastProcessingResult",
    }

    for key in bundle.alarms:
        assert to_do[key] in alarm(bundle, key)["AlarmDescription"]


def test_without_a_destination_there_are_no_alarms_on_deliveries(stack: cdk.Stack, function: NewFunction) -> None:
    bundle = KinesisToLambda(stack, "Clicks", function=function, on_failure=OnFailure.discard(reason=WHY))

    assert {"dropped", "iterator_age"} <= set(bundle.alarms)
    assert {"deliveries", "delivery_failures"}.isdisjoint(bundle.alarms)


def test_mappings_of_one_function_share_its_alarms_whatever_they_read(stack: cdk.Stack, function: NewFunction) -> None:
    first = KinesisToLambda(stack, "Clicks", function=function)
    second = KinesisToLambda(stack, "Views", function=first.function)

    assert len(first.alarms) == 9
    assert set(second.alarms) == {"read_throttles", "dropped", "deliveries", "failures", "stopped"}


def test_a_stream_brings_its_alarms_to_a_function_that_a_queue_has_brought_others(
    stack: cdk.Stack, function: NewFunction
) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)
    clicks = KinesisToLambda(stack, "Clicks", function=orders.function)

    assert {"iterator_age", "delivery_failures"} <= set(clicks.alarms)
    assert {"errors", "throttles"}.isdisjoint(clicks.alarms)


def test_a_destination_is_watched_though_an_earlier_mapping_of_the_function_had_none(
    stack: cdk.Stack, function: NewFunction
) -> None:
    first = KinesisToLambda(stack, "Clicks", function=function, on_failure=OnFailure.discard(reason=WHY))
    second = KinesisToLambda(stack, "Views", function=first.function)

    assert "delivery_failures" in second.alarms
    assert "iterator_age" not in second.alarms


@pytest.mark.parametrize("table_first", [False, True])
def test_the_stricter_of_two_streams_is_watched(stack: cdk.Stack, function: NewFunction, *, table_first: bool) -> None:
    soon = cdk.Duration.minutes(30)
    table: DynamoDbToLambda
    if table_first:
        table = DynamoDbToLambda(stack, "Products", function=function, table=NewTable(KEY), max_record_age=soon)
        other: Bundle = KinesisToLambda(stack, "Clicks", function=table.function)
    else:
        stream = KinesisToLambda(stack, "Clicks", function=function)
        other = table = DynamoDbToLambda(
            stack, "Products", function=stream.function, table=NewTable(KEY), max_record_age=soon
        )

    assert alarm(table, "iterator_age")["Threshold"] == AN_HOUR / 4
    assert ("iterator_age" in other.alarms) is not table_first


def test_an_alarm_that_is_off_for_a_function_is_off_for_all_its_mappings(
    stack: cdk.Stack, function: NewFunction
) -> None:
    off = Alarms(off={"errors": "watched by the platform team"})
    first = KinesisToLambda(stack, "Clicks", function=function, alarms=off)
    second = KinesisToLambda(stack, "Views", function=first.function)

    assert "errors" not in {*first.alarms, *second.alarms}


def test_an_existing_stream_and_its_consumer_are_watched_by_their_names(stack: cdk.Stack) -> None:
    arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
    stream = kinesis.Stream.from_stream_arn(stack, "Stream", arn)
    shared = KinesisToLambda(
        stack, "Clicks", function=a_function(stack), stream=stream, starting_position=FROM_THE_START
    )
    consumer = kinesis.StreamConsumer.from_stream_consumer_arn(stack, "Consumer", f"{arn}/consumer/mine:1700000000")
    fan_out = KinesisToLambda(
        stack,
        "Views",
        function=shared.function,
        stream=stream,
        enhanced_fan_out=consumer,
        starting_position=FROM_THE_START,
    )

    assert alarm(shared, "read_throttles")["Dimensions"] == [{"Name": "StreamName", "Value": "clicks"}]
    assert {one["Name"]: one["Value"] for one in alarm(fan_out, "consumer_lag")["Dimensions"]} == {
        "StreamName": "clicks",
        "ConsumerName": "mine",
    }


def test_a_stream_of_another_region_or_account_is_out_of_the_alarms_reach(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Shop", env=cdk.Environment(account="111122223333", region="eu-west-1"))
    stream = kinesis.Stream.from_stream_arn(stack, "Stream", "arn:aws:kinesis:eu-west-1:444455556666:stream/clicks")
    bundle = KinesisToLambda(
        stack, "Clicks", function=a_function(stack), stream=stream, starting_position=FROM_THE_START
    )

    assert "read_throttles" not in bundle.alarms
    assert "iterator_age" in bundle.alarms, "the function's own metric stands where the function stands"


def test_whoever_is_to_be_told_of_a_stream_is_told_by_every_alarm(stack: cdk.Stack, function: NewFunction) -> None:
    topic = sns.Topic(stack, "OnCall")
    bundle = KinesisToLambda(stack, "Clicks", function=function, enhanced_fan_out=True, alarms=Alarms(notify=[topic]))

    assert len(bundle.alarms) == len(resources(stack, ALARM)) == 9
    assert all(alarm(bundle, key)["AlarmActions"] == [ref(topic)] for key in bundle.alarms)


def test_the_alarm_of_an_existing_stream_reads_it_as_cdk_would(stack: cdk.Stack, function: NewFunction) -> None:
    stream = a_stream(stack)
    bundle = KinesisToLambda(stack, "Clicks", function=function, stream=stream, starting_position=FROM_THE_START)

    assert alarm(bundle, "read_throttles")["Dimensions"] == [{"Name": "StreamName", "Value": ref(stream)}]
