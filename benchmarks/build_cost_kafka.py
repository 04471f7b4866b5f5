"""What a default Kafka bundle costs to build, beside what somebody writes by hand with CDK's L2, in one run.

Run ``python -m benchmarks.build_cost_kafka``, or ``make bench``.
"""

from __future__ import annotations

from benchmarks._beside import ALARM, FUNCTION, compare  # isort: skip - it sets the validator aside

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources

import cdk_esm as esm
from benchmarks.build_cost import alarm, function_by_hand
from benchmarks.build_cost_streams import failures_by_hand

SAID = (
    "MskToLambda with what it requires, beside plain CDK: a bucket for failed records that the stack shares, a log "
    "group, a function with tracing and the role that CDK makes for it, ManagedKafkaEventSource, the actions on the "
    "cluster's data that CDK leaves out, and the same ten alarms. By hand nothing is checked, and the policy of AWS "
    "allows its actions on every cluster."
)
COMPARED = {
    "AWS::S3::Bucket": (
        "BucketEncryption",
        "LifecycleConfiguration",
        "OwnershipControls",
        "PublicAccessBlockConfiguration",
    ),
    "AWS::Lambda::Function": FUNCTION,
    "AWS::Lambda::EventSourceMapping": ("EventSourceArn", "MetricsConfig", "StartingPosition", "Topics"),
    "AWS::Logs::LogGroup": ("RetentionInDays",),
    "AWS::CloudWatch::Alarm": ALARM,
}
CLUSTER = "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/11111111-2222-3333-4444-555555555555-s1"
LAG = 10_000


def by_hand(stack: cdk.Stack, id: str, code: str) -> None:
    """A function, an event source, a bucket for failures, what the role lacks, and ten alarms."""
    function = function_by_hand(stack, id, code)
    group = f"{stack.stack_name}-{id}"
    source = event_sources.ManagedKafkaEventSource(
        cluster_arn=CLUSTER,
        topic="orders",
        starting_position=lambda_.StartingPosition.TRIM_HORIZON,
        consumer_group_id=group,
        on_failure=event_sources.S3OnFailureDestination(failures_by_hand(stack)),
        metrics_config=lambda_.MetricsConfig(
            metrics=[lambda_.MetricType.EVENT_COUNT, lambda_.MetricType.ERROR_COUNT, lambda_.MetricType.KAFKA_METRICS]
        ),
    )
    function.add_event_source(source)
    places = {word: CLUSTER.replace(":cluster/", f":{word}/") for word in ("topic", "group")}
    for actions, resource in (
        (("kafka-cluster:Connect",), CLUSTER),
        (("kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"), f"{places['topic']}/orders"),
        (("kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"), f"{places['group']}/{group}"),
    ):
        function.add_to_role_policy(iam.PolicyStatement(actions=list(actions), resources=[resource]))
    found = function.node.find_all()
    (mapping,) = (one for one in found if isinstance(one, lambda_.CfnEventSourceMapping))
    alarms_by_hand(stack, id, function, mapping.ref)


def alarms_by_hand(stack: cdk.Stack, id: str, function: lambda_.Function, uuid: str) -> None:
    """The ten alarms, each with the L2."""
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
    undelivered = function.metric("DestinationDeliveryFailures", statistic="Sum", period=minute)
    alarm(stack, f"{id}Lag", counted("MaxOffsetLag", "Maximum", minute), LAG, 5, 5)
    alarm(stack, f"{id}Polling", counted("PollingErrorCount", "Sum", minute), 1, 5, 3)
    alarm(stack, f"{id}Commit", counted("CommitErrorCount", "Sum", minute), 1, 5, 3)
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
    esm.MskToLambda(
        stack,
        id,
        function=esm.NewFunction(code=code, handler="app.handler"),
        cluster=CLUSTER,
        topic="orders",
        authentication=esm.MskAuthentication.iam(),
        starting_position=lambda_.StartingPosition.TRIM_HORIZON,
        alarms=esm.Alarms(thresholds={"offset_lag": LAG}),
    )


if __name__ == "__main__":
    raise SystemExit(compare(bundle, by_hand, COMPARED, SAID))
