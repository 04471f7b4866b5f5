"""What a default SQS bundle costs to build, beside what somebody writes by hand with CDK's L2, in one run.

Run ``python -m benchmarks.build_cost``, or ``make bench``.
"""

from __future__ import annotations

from benchmarks._beside import ALARM, FUNCTION, KEEP, compare  # isort: skip - it sets the validator aside

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm

SAID = (
    "SqsToLambda with its defaults, beside plain CDK: two queues, encrypted and TLS-only, a log group, a function with "
    "tracing and the role that CDK makes for it, SqsEventSource with its own metrics, and the same six "
    "alarms. By hand nothing is checked, "
    "and the function's grants and the poller's share one policy; ours has one for each."
)
COMPARED = {
    "AWS::SQS::Queue": ("VisibilityTimeout", "MessageRetentionPeriod", "SqsManagedSseEnabled"),
    "AWS::SQS::QueuePolicy": (),
    "AWS::Lambda::Function": FUNCTION,
    "AWS::Lambda::EventSourceMapping": ("FunctionResponseTypes", "BatchSize", "MetricsConfig"),
    "AWS::Logs::LogGroup": ("RetentionInDays",),
    "AWS::CloudWatch::Alarm": ALARM,
}


def by_hand(stack: cdk.Stack, id: str, code: str) -> None:
    """Two queues, a function, an event source and six alarms, as a careful user writes them."""
    dead_letters = sqs.Queue(
        stack,
        f"{id}DeadLetters",
        retention_period=cdk.Duration.days(14),
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        removal_policy=KEEP,
    )
    queue = sqs.Queue(
        stack,
        f"{id}Queue",
        visibility_timeout=cdk.Duration.minutes(3),
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        dead_letter_queue=sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=5),
        removal_policy=KEEP,
    )
    function = function_by_hand(stack, id, code)
    source = event_sources.SqsEventSource(
        queue,
        report_batch_item_failures=True,
        metrics_config=lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT]),
    )
    function.add_event_source(source)
    minute = cdk.Duration.minutes(1)
    alarm(stack, f"{id}Age", queue.metric_approximate_age_of_oldest_message(period=minute), 900, 5, 3)
    alarm(stack, f"{id}Dead", dead_letters.metric_approximate_number_of_messages_visible(period=minute), 1, 1, 1)
    alarm(stack, f"{id}Errors", function.metric_errors(), 1, 1, 1)
    alarm(stack, f"{id}Throttles", function.metric_throttles(period=minute), 1, 5, 5)
    alarms_of_the_mapping(stack, id, source.event_source_mapping_id)


def alarms_of_the_mapping(stack: cdk.Stack, id: str, uuid: str) -> None:
    """Alarms on what the mapping counts: batches that fail, and that nobody polls."""
    measures: dict[str, cloudwatch.IMetric] = {
        name: _counted(uuid, metric, "Sum")
        for name, metric in (("failed", "FailedInvokeEventCount"), ("invoked", "InvokedEventCount"))
    }
    share = cloudwatch.MathExpression(
        expression="IF(invoked > 0, 100 * failed / invoked, 0)",
        using_metrics=measures,
        period=cdk.Duration.minutes(5),
    )
    alarm(stack, f"{id}Failures", share, 5, 3, 2)
    cloudwatch.Alarm(
        stack,
        f"{id}StoppedAlarm",
        metric=_counted(uuid, "PolledEventCount", "SampleCount"),
        threshold=1,
        evaluation_periods=3,
        datapoints_to_alarm=3,
        comparison_operator=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        treat_missing_data=cloudwatch.TreatMissingData.BREACHING,
        alarm_description=f"{id}: look at it",
    )


def _counted(uuid: str, metric: str, statistic: str) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace="AWS/Lambda",
        metric_name=metric,
        dimensions_map={"EventSourceMappingUUID": uuid},
        statistic=statistic,
        period=cdk.Duration.minutes(5),
    )


def function_by_hand(stack: cdk.Stack, id: str, code: str) -> lambda_.Function:
    """A function with its log group; CDK makes its role."""
    return lambda_.Function(
        stack,
        f"{id}Function",
        runtime=lambda_.Runtime.PYTHON_3_14,
        architecture=lambda_.Architecture.ARM_64,
        handler="app.handler",
        code=lambda_.Code.from_asset(code),
        timeout=cdk.Duration.seconds(30),
        memory_size=512,
        tracing=lambda_.Tracing.ACTIVE,
        log_group=logs.LogGroup(stack, f"{id}Logs", retention=logs.RetentionDays.ONE_MONTH, removal_policy=KEEP),
    )


def alarm(  # noqa: PLR0917 - as short as it is written by hand
    stack: cdk.Stack, id: str, metric: cloudwatch.IMetric, threshold: float, periods: int, points: int
) -> None:
    """An alarm at a threshold or above; no data is no news."""
    cloudwatch.Alarm(
        stack,
        f"{id}Alarm",
        metric=metric,
        threshold=threshold,
        evaluation_periods=periods,
        datapoints_to_alarm=points,
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        alarm_description=f"{id}: look at it",
    )


def bundle(stack: cdk.Stack, id: str, code: str) -> None:
    """The same in one statement."""
    esm.SqsToLambda(stack, id, function=esm.NewFunction(code=code, handler="app.handler"))


if __name__ == "__main__":
    raise SystemExit(compare(bundle, by_hand, COMPARED, SAID))
