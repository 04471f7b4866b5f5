"""A stack with filters, of our constructs and the shop's handlers: the shop itself has no use for any."""

from __future__ import annotations

from aws_cdk import Stack
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

import cdk_esm as esm
from cdk_esm.filters import f
from sample_app.shared import new_function, new_table


class FilteredStack(Stack):
    """Sessions of those who look at teapots, and offers of products that are for sale."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        """Build both bundles and their tables."""
        super().__init__(scope, construct_id)
        sessions = new_table(self, "Sessions", "visitor_id", sort_key="entry", expiry="expires_at")
        environment = {"SESSION_TABLE": sessions.table_name}
        clicks = esm.KinesisToLambda(
            self,
            "Clicks",
            function=new_function(Construct(self, "OfClicks"), service="clicks", environment=environment),
            filters=[f.data({"page": f.prefix("/teapots")})],
        )
        sessions.grant(clicks.function, "dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem")

        offers = new_table(self, "Offers", "product_id", expiry="expires_at")
        environment = {"OFFER_TABLE": offers.table_name}
        projection = esm.DynamoDbToLambda(
            self,
            "Projection",
            table=esm.NewTable(dynamodb.Attribute(name="product_id", type=dynamodb.AttributeType.STRING)),
            function=new_function(Construct(self, "OfProjection"), service="products", environment=environment),
            filters=[{"eventName": ["INSERT", "MODIFY"], "dynamodb": {"NewImage": {"for_sale": {"BOOL": [True]}}}}],
        )
        offers.grant(projection.function, "dynamodb:PutItem")
