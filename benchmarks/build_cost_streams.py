"""What a default stream bundle costs to build, beside the same resources written by hand with CDK's L2, in one run.

Run ``python -m benchmarks.build_cost_streams``. It first asserts that both ways give the same resources, then prints
what each costs, the ratio, and the cost per bundle as the number of bundles grows.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk.assertions import Template

import cdk_esm as esm
from benchmarks.build_cost import KEEP, ROUNDS, SIZES, build

AT_LEAST = cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
QUIET = cloudwatch.TreatMissingData.NOT_BREACHING
COMPARED: Mapping[str, Sequence[str]] = {
    "AWS::Kinesis::Stream": ("RetentionPeriodHours", "StreamEncryption", "StreamModeDetails"),
    "AWS::S3::Bucket": (
        "BucketEncryption",
        "LifecycleConfiguration",
        "OwnershipControls",
        "PublicAccessBlockConfiguration",
    ),
    "AWS::Lambda::Function": ("Architectures", "MemorySize", "Runtime", "Timeout", "TracingConfig", "Handler"),
    "AWS::Lambda::EventSourceMapping": (
        "BatchSize",
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
    "AWS::CloudWatch::Alarm": (
        "MetricName",
        "Namespace",
        "Period",
        "Statistic",
        "Threshold",
        "ComparisonOperator",
        "EvaluationPeriods",
        "DatapointsToAlarm",
        "TreatMissingData",
    ),
}
"""What both ways must agree on, by type."""


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
    """A stream, a function, a mapping, a bucket for failures, grants and nine alarms, as a careful user writes them."""
    bucket = failures_by_hand(stack)
    stream = kinesis.Stream(
        stack,
        f"{id}Stream",
        stream_mode=kinesis.StreamMode.ON_DEMAND,
        retention_period=cdk.Duration.hours(72),
        encryption=kinesis.StreamEncryption.MANAGED,
        removal_policy=KEEP,
    )
    log_group = logs.LogGroup(stack, f"{id}Logs", retention=logs.RetentionDays.ONE_MONTH, removal_policy=KEEP)
    role = iam.Role(stack, f"{id}Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    log_group.grant_write(role)
    function = lambda_.Function(
        stack,
        f"{id}Function",
        runtime=lambda_.Runtime.PYTHON_3_14,
        architecture=lambda_.Architecture.ARM_64,
        handler="app.handler",
        code=lambda_.Code.from_asset(code),
        timeout=cdk.Duration.seconds(30),
        memory_size=512,
        tracing=lambda_.Tracing.ACTIVE,
        log_group=log_group,
        role=role,
    )
    policy = iam.Policy(
        stack,
        f"{id}Poller",
        policy_name=f"{id}Poller",
        statements=[
            iam.PolicyStatement(
                actions=[
                    "kinesis:DescribeStream",
                    "kinesis:DescribeStreamSummary",
                    "kinesis:GetRecords",
                    "kinesis:GetShardIterator",
                    "kinesis:ListShards",
                    "kinesis:SubscribeToShard",
                ],
                resources=[stream.stream_arn],
            ),
        ],
        roles=[role],
    )
    mapping = lambda_.EventSourceMapping(
        stack,
        f"{id}Mapping",
        target=function,
        event_source_arn=stream.stream_arn,
        starting_position=lambda_.StartingPosition.TRIM_HORIZON,
        bisect_batch_on_error=True,
        retry_attempts=10,
        max_record_age=cdk.Duration.hours(36),
        report_batch_item_failures=True,
        on_failure=event_sources.S3OnFailureDestination(bucket),
        metrics_config=lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT]),
    )
    mapping.node.add_dependency(policy)
    alarms_by_hand(stack, id, stream, function, mapping)


def alarms_by_hand(
    stack: cdk.Stack,
    id: str,
    stream: kinesis.Stream,
    function: lambda_.Function,
    mapping: lambda_.EventSourceMapping,
) -> None:
    """The nine alarms, each with the L2."""
    minute, five = cdk.Duration.minutes(1), cdk.Duration.minutes(5)

    def counted(name: str, statistic: str, period: cdk.Duration) -> cloudwatch.Metric:
        return cloudwatch.Metric(
            namespace="AWS/Lambda",
            metric_name=name,
            dimensions_map={"EventSourceMappingUUID": mapping.event_source_mapping_id},
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
    for name, metric, threshold, periods, points in (
        ("Age", function.metric("IteratorAge", statistic="Maximum", period=minute), 64_800_000, 5, 3),
        ("Reads", throttled, 1, 5, 3),
        ("Dropped", counted("DroppedEventCount", "Sum", minute), 1, 1, 1),
        ("Delivered", counted("OnFailureDestinationDeliveredEventCount", "Sum", minute), 1, 1, 1),
        ("Undelivered", undelivered, 1, 1, 1),
        ("Errors", function.metric_errors(period=five), 1, 1, 1),
        ("Throttles", function.metric_throttles(period=minute), 1, 5, 5),
        ("Failed", failed, 5, 3, 3),
    ):
        cloudwatch.Alarm(
            stack,
            f"{id}{name}Alarm",
            metric=metric,
            threshold=threshold,
            evaluation_periods=periods,
            datapoints_to_alarm=points,
            comparison_operator=AT_LEAST,
            treat_missing_data=QUIET,
            alarm_description=f"{id}: look at it",
        )
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


def facts_that_matter(stack: cdk.Stack) -> tuple[Counter[str], list[str]]:
    """Resource types with their counts, and the values that both ways must agree on."""
    resources: dict[str, Any] = Template.from_stack(stack).to_json()["Resources"]
    values = [
        json.dumps([one["Type"], {name: one["Properties"].get(name) for name in COMPARED.get(one["Type"], ())}])
        for one in resources.values()
    ]
    return Counter(one["Type"] for one in resources.values()), sorted(values)


def main() -> int:
    """Assert that both ways agree, then time them in turn."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "app.py").write_text("def handler(event, context):\n    return None\n")
        ours, theirs = (facts_that_matter(build(make, 3, folder)[1]) for make in (bundle, by_hand))
        if ours != theirs:
            sys.stderr.write(f"the two ways differ:\n{ours}\n{theirs}\n")
            return 1
        print(
            "three bundles are the same resources both ways:", ", ".join(f"{n} {t}" for t, n in sorted(ours[0].items()))
        )
        print(f"milliseconds a bundle, median of {ROUNDS} rounds in turn")
        print(f"{'bundles':>8} {'cdk_esm':>12} {'by hand':>12} {'ratio':>7}")
        for size in SIZES:
            pairs = [(build(bundle, size, folder)[0], build(by_hand, size, folder)[0]) for _ in range(ROUNDS)]
            mine, hand = (statistics.median(pair[side] for pair in pairs) * 1000 / size for side in (0, 1))
            ratio = statistics.median(a / b for a, b in pairs)
            print(f"{size:>8} {mine:>12.2f} {hand:>12.2f} {ratio:>7.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
