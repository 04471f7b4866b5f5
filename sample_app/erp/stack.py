"""The stack of stock: a queue of the old ERP system's broker, the function that counts, and what it set aside."""

from __future__ import annotations

from typing import Final

import aws_cdk as cdk
from aws_cdk import CfnOutput, CfnParameter, Duration, RemovalPolicy, Stack
from aws_cdk import aws_sqs as sqs
from constructs import Construct

import cdk_esm as esm
from sample_app.shared import alarm_topic, new_function, new_table

_READ_BY_PEOPLE: Final = (
    "People read and empty this queue, and a further queue behind it would hide messages from them."
)


class ErpStack(Stack):
    """The ERP system is older than the shop: its RabbitMQ broker is there, and this stack is told its ARN."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        """Build the function, the table of stock and the queue of messages that nobody can read."""
        super().__init__(scope, construct_id)
        broker = CfnParameter(self, "BrokerArn", description="The ARN of the ERP system's RabbitMQ broker")
        user = CfnParameter(self, "UserArn", description="The complete ARN of the secret with a user of the broker")
        key = CfnParameter(self, "UserKeyArn", description="The ARN of the KMS key of that secret")
        stock = new_table(self, "Stock", "sku")
        moved = new_table(self, "Moved", "movement_id", expiry="expires_at")
        aside = sqs.Queue(
            self,
            "Aside",
            retention_period=Duration.days(14),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )
        for rule in ("AwsSolutions::AwsSolutions-SQS3", "Serverless::Serverless-SQSRedrivePolicy"):
            cdk.Validations.of(aside).acknowledge(cdk.Acknowledgment(id=rule, reason=_READ_BY_PEOPLE))
        environment = {
            "STOCK_TABLE": stock.table_name,
            "MOVED_TABLE": moved.table_name,
            "ASIDE_QUEUE_URL": aside.queue_url,
        }

        self.movements = esm.RabbitMqToLambda(
            self,
            "Movements",
            broker=broker.value_as_string,
            queue_name="stock-movements",
            credentials=esm.SecretArn(user.value_as_string, key.value_as_string),
            function=new_function(self, service="erp", environment=environment),
            batch_size=50,
            # A night's delivery is some thousands of movements, and is counted within the hour.
            alarms=esm.Alarms(notify=[alarm_topic(self)], thresholds={"backlog": 5_000}),
            acknowledge={
                "ESM333": "the handler sets aside what it cannot read, and an alarm watches the broker's queue"
            },
        )

        stock.grant(self.movements.function, "dynamodb:UpdateItem")
        moved.grant(self.movements.function, "dynamodb:PutItem")
        aside.grant_send_messages(self.movements.function)
        CfnOutput(self, "StockTableName", value=stock.table_name)
        CfnOutput(self, "AsideQueueUrl", value=aside.queue_url)
