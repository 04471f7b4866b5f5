"""The stack of orders: a standard queue, the function that takes orders in, and where they are kept."""

from __future__ import annotations

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_sns as sns
from constructs import Construct

import cdk_esm as esm
from sample_app.shared import alarm_topic, new_function, new_table


class OrdersStack(Stack):
    """Orders wait in a standard queue; each is stored and announced once, however often it is delivered."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        """Build the queue, the function and the tables."""
        super().__init__(scope, construct_id)
        placed = sns.Topic(self, "OrderPlaced", enforce_ssl=True)
        table = new_table(self, "OrderTable", "order_id")
        seen = new_table(self, "SeenTable", "id", expiry="expiration")  # the names that Powertools uses

        self.orders = esm.SqsToLambda(
            self,
            "Orders",
            function=new_function(
                self,
                service="orders",
                environment={
                    "ORDER_TABLE": table.table_name,
                    "ORDER_PLACED_TOPIC": placed.topic_arn,
                    "SEEN_TABLE": seen.table_name,
                },
            ),
            max_concurrency=20,  # a sale must not take the whole account's concurrency
            alarms=esm.Alarms(notify=[alarm_topic(self)]),
        )

        function = self.orders.function
        table.grant(function, "dynamodb:PutItem")
        seen.grant(function, "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem")
        placed.grant_publish(function)
        CfnOutput(self, "OrderQueueUrl", value=self.orders.queue.queue_url)
