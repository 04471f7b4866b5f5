"""What a further default bundle asks Node, call by call: each is about a millisecond, and each has its reason here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from jsii._kernel.providers.process import _NodeProcess

from cdk_esm import (
    Alarms,
    DynamoDbToLambda,
    KafkaAuthentication,
    KinesisToLambda,
    MskAuthentication,
    MskToLambda,
    NewFunction,
    NewTable,
    PublicEndpoint,
    SecretArn,
    SelfManagedKafkaToLambda,
    SqsFifoToLambda,
    SqsToLambda,
)
from tests.cdk.brokers.variants import build

Make = Callable[[cdk.Stack, str, NewFunction], object]
KEY = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)

FUNCTION: Final = [
    "new aws_iam.Role",
    "new aws_logs.LogGroup",
    "grantWrite",  # the role's own policy, which tracing adds to
    "new aws_lambda.Function",
]
ALARM: Final = ["metric", "createAlarm"]  # of what has an L2, which knows its dimensions
MAPPING_ALARM: Final = ["new aws_cloudwatch.Metric", "createAlarm"]
SHARE_ALARM: Final = [
    "new aws_cloudwatch.Metric",
    "new aws_cloudwatch.Metric",
    "new aws_cloudwatch.MathExpression",
    "createAlarm",
]
POLICY: Final = [
    "roleName",  # the L1 takes texts only, and the L2 has another logical id
    "new aws_iam.CfnPolicy",
    "addResourceDependency",  # the mapping waits for it
]

QUEUE: Final = [
    "new constructs.Construct",
    "new aws_sqs.Queue",
    "new aws_sqs.Queue",
    "queueArn",  # for the policy and the mapping
    *FUNCTION,
    "new aws_lambda.CfnEventSourceMapping",
    *ALARM * 4,
    "ref",  # the mapping's UUID, for two alarms
    "new aws_cloudwatch.CfnAlarm",  # failures: an L1 until somebody asks for it
    *MAPPING_ALARM,
    *POLICY,
]
STREAM: Final = [
    "new constructs.Construct",
    "new aws_kinesis.Stream",
    "streamArn",
    *FUNCTION,
    "new aws_lambda.CfnEventSourceMapping",
    *ALARM * 2,
    "ref",  # the mapping's UUID, for five metrics
    *MAPPING_ALARM * 2,
    *ALARM * 3,
    *SHARE_ALARM,
    *MAPPING_ALARM,
    *POLICY,
]
TABLE: Final = [
    "new constructs.Construct",
    "new aws_dynamodb.TableV2",
    "tableStreamArn",
    *FUNCTION,
    "new aws_lambda.CfnEventSourceMapping",
    *ALARM,
    "ref",
    *MAPPING_ALARM * 2,
    *ALARM * 3,
    *SHARE_ALARM,
    *MAPPING_ALARM,
    "tableArn",  # for the streams that the table has had
    *POLICY,
]

ACKNOWLEDGED: Final = [  # what the service does not offer is an advice: was it acknowledged on the app or the stack?
    "metadata",
    "metadata",
    "data",
    "type",
    "trace",
]
OTHER_ID: Final = ["node", "defaultChild"]  # CDK looks for the mapping under another id
ADVICE: Final = ["of", "addWarning"]
BROKER: Final = [
    *ACKNOWLEDGED,
    "new constructs.Construct",
    *FUNCTION,
    "new aws_lambda.CfnEventSourceMapping",
    *OTHER_ID,
    *MAPPING_ALARM,  # the backlog, whose metric CDK has no L2 for
    *ALARM * 2,
    *POLICY,
    *ADVICE,
]
WITH_STANDBY: Final = [
    *ACKNOWLEDGED,
    "new constructs.Construct",
    *FUNCTION,
    "new aws_lambda.CfnEventSourceMapping",
    *OTHER_ID,
    *SHARE_ALARM,  # the backlog of either instance
    *ALARM * 2,
    *POLICY,
    *ADVICE,
]
DOCUMENTS: Final = [
    *ACKNOWLEDGED,
    "new constructs.Construct",
    *FUNCTION,
    "new aws_lambda.CfnEventSourceMapping",
    *OTHER_ID,
    *ALARM * 4,
    *POLICY,
    *ADVICE,
]


KAFKA: Final = [
    "new constructs.Construct",
    *FUNCTION,
    "new aws_lambda.CfnEventSourceMapping",
    "node",
    "defaultChild",  # its id holds the topic, so CDK does not find it by itself
    "ref",  # the mapping's UUID, for eight metrics
    *MAPPING_ALARM * 5,
    *ALARM * 3,
    *SHARE_ALARM,
    *MAPPING_ALARM,
    *POLICY,
]


def sqs(stack: cdk.Stack, name: str, function: NewFunction) -> object:
    return SqsToLambda(stack, name, function=function)


def fifo(stack: cdk.Stack, name: str, function: NewFunction) -> object:
    return SqsFifoToLambda(stack, name, function=function)


def kinesis(stack: cdk.Stack, name: str, function: NewFunction) -> object:
    return KinesisToLambda(stack, name, function=function)


def table(stack: cdk.Stack, name: str, function: NewFunction) -> object:
    return DynamoDbToLambda(stack, name, function=function, table=NewTable(KEY))


def rabbitmq(stack: cdk.Stack, name: str, function: NewFunction) -> object:
    return build("rabbitmq", stack, function, name)


def activemq(stack: cdk.Stack, name: str, function: NewFunction) -> object:
    return build("activemq", stack, function, name)


def documents(stack: cdk.Stack, name: str, function: NewFunction) -> object:
    return build("documentdb", stack, function, name)


SERVERLESS: Final = "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/11111111-2222-3333-4444-555555555555-s1"
KAFKA_ALWAYS: Final[dict[str, Any]] = {
    "topic": "orders",
    "starting_position": lambda_.StartingPosition.TRIM_HORIZON,
    "alarms": Alarms(thresholds={"offset_lag": 10_000}),
}


def cluster(stack: cdk.Stack, name: str, function: NewFunction) -> object:
    iam = MskAuthentication.iam()
    return MskToLambda(stack, name, function=function, cluster=SERVERLESS, authentication=iam, **KAFKA_ALWAYS)


def own_cluster(stack: cdk.Stack, name: str, function: NewFunction) -> object:
    secret = SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf")
    return SelfManagedKafkaToLambda(
        stack,
        name,
        function=function,
        bootstrap_servers=["kafka.example.com:9096"],
        authentication=KafkaAuthentication.scram_512(secret),
        network=PublicEndpoint(),
        **KAFKA_ALWAYS,
    )


def asked(request: Any) -> str:
    """A request in a few letters: what is made, or else the property or method."""
    if type(request).__name__ == "CreateRequest":
        return f"new {request.fqn.removeprefix('aws-cdk-lib.')}"
    return str(getattr(request, "property", None) or request.method)


@pytest.mark.parametrize(
    ("make", "calls", "number"),
    [
        pytest.param(sqs, QUEUE, 24, id="sqs"),
        pytest.param(fifo, QUEUE, 24, id="sqs-fifo"),
        pytest.param(kinesis, STREAM, 32, id="kinesis"),
        pytest.param(table, TABLE, 31, id="dynamodb"),
        pytest.param(rabbitmq, BROKER, 24, id="rabbitmq"),
        pytest.param(activemq, WITH_STANDBY, 26, id="activemq"),
        pytest.param(documents, DOCUMENTS, 26, id="documentdb"),
        pytest.param(cluster, KAFKA, 34, id="msk"),
        pytest.param(own_cluster, KAFKA, 34, id="self-managed-kafka"),
    ],
)
def test_a_further_default_bundle_makes_these_calls_to_node_and_no_other(  # noqa: PLR0917 - a table's columns
    make: Make, calls: list[str], number: int, stack: cdk.Stack, function: NewFunction, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(stack, "First", function)
    requests: list[str] = []
    send = _NodeProcess.send

    def noted(self: Any, request: Any, response: Any) -> Any:
        requests.append(asked(request))
        return send(self, request, response)

    with monkeypatch.context() as patch:
        patch.setattr(_NodeProcess, "send", noted)
        make(stack, "Second", function)
    assert requests == calls
    assert len(requests) == number
