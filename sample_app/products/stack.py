"""The stack of products: the table that the back office keeps, and the function that shows what is for sale."""

from __future__ import annotations

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

import cdk_esm as esm
from sample_app.shared import alarm_topic, new_function, new_table


class ProductsStack(Stack):
    """Products change in one table, and what the shop shows of them in another, in the order of their changes."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        """Build the table of products, the function and the table of offers."""
        super().__init__(scope, construct_id)
        offers = new_table(self, "Offers", "product_id", expiry="expires_at")

        self.projection = esm.DynamoDbToLambda(
            self,
            "Projection",
            table=esm.NewTable(dynamodb.Attribute(name="product_id", type=dynamodb.AttributeType.STRING)),
            function=new_function(self, service="products", environment={"OFFER_TABLE": offers.table_name}),
            alarms=esm.Alarms(notify=[alarm_topic(self)]),
        )

        offers.grant(self.projection.function, "dynamodb:PutItem")
        CfnOutput(self, "ProductTableName", value=self.projection.table.table_name)
        CfnOutput(self, "OfferTableName", value=offers.table_name)
