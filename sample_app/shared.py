"""What the stacks of the shop have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_ssm as ssm
from constructs import Construct

import cdk_esm as esm
from sample_app.powertools import LAYER_PARAMETER

_PYTHON: Final = lambda_.Runtime.PYTHON_3_14  # the one that LAYER_PARAMETER is for


def new_function(scope: Construct, *, service: str, environment: dict[str, str]) -> esm.NewFunction:
    """The function of one part of the shop: its handler's folder, with Powertools as a layer.

    Args:
        scope: the stack.
        service: the name of the part, of its folder, of its handler's package, and in its logs.
        environment: what the handler reads beside the settings of Powertools.
    """
    layer_arn = ssm.StringParameter.value_for_string_parameter(scope, LAYER_PARAMETER)
    return esm.NewFunction(
        code=str(Path(__file__).parent / service / "handler"),
        handler=f"{service}.app.handler",
        runtime=_PYTHON,
        timeout=Duration.seconds(30),
        layers=[lambda_.LayerVersion.from_layer_version_arn(scope, "Powertools", layer_arn)],
        environment={"POWERTOOLS_SERVICE_NAME": service, "POWERTOOLS_LOG_LEVEL": "INFO", **environment},
    )


def new_table(
    scope: Construct, construct_id: str, partition_key: str, *, sort_key: str | None = None, expiry: str | None = None
) -> dynamodb.TableV2:
    """A table on demand that can be restored to any second of the last 35 days, and that outlives its stack.

    Args:
        scope: the stack.
        construct_id: the table's id in it.
        partition_key: the attribute that items are spread by; a string.
        sort_key: the attribute that items of one partition are ordered by; a string; none by default.
        expiry: the attribute that holds the second after which DynamoDB deletes an item; by default none is deleted.
    """
    return dynamodb.TableV2(
        scope,
        construct_id,
        partition_key=dynamodb.Attribute(name=partition_key, type=dynamodb.AttributeType.STRING),
        sort_key=dynamodb.Attribute(name=sort_key, type=dynamodb.AttributeType.STRING) if sort_key else None,
        time_to_live_attribute=expiry,
        point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
            point_in_time_recovery_enabled=True
        ),
        removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    )


def alarm_topic(stack: Stack) -> sns.Topic:
    """The topic that tells the people on duty of the stack; they subscribe to it outside of this app."""
    topic = sns.Topic(stack, "AlarmTopic", display_name=f"Alarms of {stack.stack_name}", enforce_ssl=True)
    # Enforcing TLS gives the topic a policy, which takes the place of the one that lets the account's own alarms in.
    topic.add_to_resource_policy(
        iam.PolicyStatement(
            sid="AllowAlarmsOfThisAccount",
            actions=["sns:Publish"],
            resources=[topic.topic_arn],
            principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
            conditions={"StringEquals": {"aws:SourceAccount": stack.account}},
        )
    )
    return topic
