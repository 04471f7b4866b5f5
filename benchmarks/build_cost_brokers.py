"""What a bundle on a RabbitMQ broker costs to build, beside what somebody writes by hand, in one run.

CDK has no event source for Amazon MQ, so by hand it is an L1. Run ``python -m benchmarks.build_cost_brokers``, or
``make bench``.
"""

from __future__ import annotations

from benchmarks._beside import ALARM, FUNCTION, compare  # isort: skip - it sets the validator aside

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_

import cdk_esm as esm
from benchmarks.build_cost import alarm, function_by_hand

SAID = (
    "RabbitMqToLambda on a broker by its ARN, beside plain CDK: a log group, a function with tracing and the role "
    "that CDK makes for it, CfnEventSourceMapping, the statements that AWS lists for the role, and the same three "
    "alarms. By hand nothing is checked, and the function's grants and the poller's share one policy; ours has one "
    "for each."
)
COMPARED = {
    "AWS::Lambda::Function": FUNCTION,
    "AWS::Lambda::EventSourceMapping": ("EventSourceArn", "Queues", "SourceAccessConfigurations"),
    "AWS::Logs::LogGroup": ("RetentionInDays",),
    "AWS::CloudWatch::Alarm": ALARM,
}
BROKER = "arn:aws:mq:eu-west-1:111122223333:broker:shop:b-11111111-2222-3333-4444-555555555555"
SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/erp-AbCdEf"  # noqa: S105 - its ARN
NETWORK = [
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
]


def bundle(stack: cdk.Stack, id: str, code: str) -> None:
    """The same with our construct."""
    esm.RabbitMqToLambda(
        stack,
        id,
        function=esm.NewFunction(code, "app.handler"),
        broker=BROKER,
        queue_name="orders",
        credentials=esm.SecretArn(SECRET),
        alarms=esm.Alarms(thresholds={"backlog": 1_000}),
    )


def by_hand(stack: cdk.Stack, id: str, code: str) -> None:
    """A function, a mapping as CloudFormation has it, permissions and three alarms, as a careful user writes them."""
    function = function_by_hand(stack, id, code)
    for actions, resource in (
        (["mq:DescribeBroker"], BROKER),
        (["secretsmanager:GetSecretValue"], SECRET),
        (NETWORK, "*"),
    ):
        function.add_to_role_policy(iam.PolicyStatement(actions=actions, resources=[resource]))
    mapping = lambda_.CfnEventSourceMapping(
        stack,
        f"{id}Mapping",
        function_name=function.function_arn,
        event_source_arn=BROKER,
        queues=["orders"],
        source_access_configurations=[
            lambda_.CfnEventSourceMapping.SourceAccessConfigurationProperty(type="BASIC_AUTH", uri=SECRET)
        ],
    )
    if function.role is not None:
        mapping.node.add_dependency(function.role)
    minute = cdk.Duration.minutes(1)
    backlog = cloudwatch.Metric(
        namespace="AWS/AmazonMQ",
        metric_name="MessageCount",
        dimensions_map={"Broker": "shop", "VirtualHost": "/", "Queue": "orders"},
        statistic="Maximum",
        period=minute,
    )
    alarm(stack, f"{id}Backlog", backlog, 1_000, 15, 15)
    alarm(stack, f"{id}Errors", function.metric_errors(), 1, 1, 1)
    alarm(stack, f"{id}Throttles", function.metric_throttles(period=minute), 1, 5, 5)


if __name__ == "__main__":
    raise SystemExit(compare(bundle, by_hand, COMPARED, SAID))
