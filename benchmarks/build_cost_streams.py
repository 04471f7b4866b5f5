"""What a default stream bundle costs to build, beside what somebody writes by hand with CDK's L2, in one run.

Run ``python -m benchmarks.build_cost_streams``, or ``make bench``.
"""

from __future__ import annotations

from benchmarks._beside import ALARM, FUNCTION, KEEP, compare  # isort: skip - it sets the validator aside

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_s3 as s3

import cdk_esm as esm
from benchmarks.build_cost import alarm, function_by_hand

SAID = (
    "KinesisToLambda with its defaults, beside plain CDK: a stream, a bucket for failed records that the stack shares, "
    "a log group, a function with tracing and the role that CDK makes for it, KinesisEventSource, and the same nine "
    "alarms. By hand nothing is checked, and the function's grants and the poller's share one policy; ours has one for "
    "each."
)
COMPARED = {
    "AWS::Kinesis::Stream": ("RetentionPeriodHours", "StreamEncryption", "StreamModeDetails"),
    "AWS::S3::Bucket": (
        "BucketEncryption",
        "LifecycleConfiguration",
        "OwnershipControls",
        "PublicAccessBlockConfiguration",
    ),
    "AWS::Lambda::Function": FUNCTION,
    "AWS::Lambda::EventSourceMapping": (
        "BisectBatchOnFunctionError",
        "FunctionResponseTypes",
        "MaximumRecordAgeInSeconds",
        "MaximumRetryAttempts",
        "MetricsConfig",
        "ParallelizationFactor",
        "StartingPosition",
        "TumblingWindowInSeconds",
    ),
    "AWS::Logs::LogGroup": ("RetentionInDays",),
    "AWS::CloudWatch::Alarm": ALARM,
}


def failures_by_hand(stack: cdk.Stack) -> s3.Bucket:
    """The stack's one bucket for failed records."""
    found = stack.node.try_find_child("Failures")
    if isinstance(found, s3.Bucket):
        return found
    return s3.Bucket(
        stack,
        "Failures",
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        encryption=s3.BucketEncryption.S3_MANAGED,
        enforce_ssl=True,
        minimum_tls_version=1.2,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        lifecycle_rules=[
            s3.LifecycleRule(
                expiration=cdk.Duration.days(90), abort_incomplete_multipart_upload_after=cdk.Duration.days(7)
            )
        ],
        removal_policy=KEEP,
    )


def by_hand(stack: cdk.Stack, id: str, code: str) -> None:
    """A stream, a function, an event source, a bucket for failures and nine alarms, as a careful user writes them."""
    stream = kinesis.Stream(
        stack,
        f"{id}Stream",
        stream_mode=kinesis.StreamMode.ON_DEMAND,
        retention_period=cdk.Duration.days(3),
        encryption=kinesis.StreamEncryption.MANAGED,
        removal_policy=KEEP,
    )
    function = function_by_hand(stack, id, code)
    source = event_sources.KinesisEventSource(
        stream,
        starting_position=lambda_.StartingPosition.TRIM_HORIZON,
        bisect_batch_on_error=True,
        retry_attempts=10,
        max_record_age=cdk.Duration.hours(36),
        report_batch_item_failures=True,
        on_failure=event_sources.S3OnFailureDestination(failures_by_hand(stack)),
        metrics_config=lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT]),
    )
    function.add_event_source(source)
    alarms_by_hand(stack, id, stream, function, source.event_source_mapping_id)


def alarms_by_hand(stack: cdk.Stack, id: str, stream: kinesis.Stream, function: lambda_.Function, uuid: str) -> None:
    """The nine alarms, each with the L2."""
    minute, five = cdk.Duration.minutes(1), cdk.Duration.minutes(5)

    def counted(name: str, statistic: str, period: cdk.Duration) -> cloudwatch.Metric:
        return cloudwatch.Metric(
            namespace="AWS/Lambda",
            metric_name=name,
            dimensions_map={"EventSourceMappingUUID": uuid},
            statistic=statistic,
            period=period,
        )

    failed = cloudwatch.MathExpression(
        expression="IF(invoked > 0, 100 * failed / invoked, 0)",
        using_metrics={
            "failed": counted("FailedInvokeEventCount", "Sum", five),
            "invoked": counted("InvokedEventCount", "Sum", five),
        },
        period=five,
    )
    throttled = stream.metric_read_provisioned_throughput_exceeded(statistic="Sum", period=minute)
    undelivered = function.metric("DestinationDeliveryFailures", statistic="Sum", period=minute)
    age = function.metric("IteratorAge", statistic="Maximum", period=minute)
    alarm(stack, f"{id}Age", age, 3_600_000, 5, 3)
    alarm(stack, f"{id}Reads", throttled, 1, 5, 3)
    alarm(stack, f"{id}Dropped", counted("DroppedEventCount", "Sum", minute), 1, 1, 1)
    alarm(stack, f"{id}Delivered", counted("OnFailureDestinationDeliveredEventCount", "Sum", minute), 1, 1, 1)
    alarm(stack, f"{id}Undelivered", undelivered, 1, 1, 1)
    alarm(stack, f"{id}Errors", function.metric_errors(), 1, 1, 1)
    alarm(stack, f"{id}Throttles", function.metric_throttles(period=minute), 1, 5, 5)
    alarm(stack, f"{id}Failed", failed, 5, 3, 3)
    cloudwatch.Alarm(
        stack,
        f"{id}StoppedAlarm",
        metric=counted("PolledEventCount", "SampleCount", five),
        threshold=1,
        evaluation_periods=3,
        datapoints_to_alarm=3,
        comparison_operator=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        treat_missing_data=cloudwatch.TreatMissingData.BREACHING,
        alarm_description=f"{id}: look at it",
    )


def bundle(stack: cdk.Stack, id: str, code: str) -> None:
    """The same in one statement."""
    esm.KinesisToLambda(stack, id, function=esm.NewFunction(code=code, handler="app.handler"))


if __name__ == "__main__":
    raise SystemExit(compare(bundle, by_hand, COMPARED, SAID))
